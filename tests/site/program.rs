//! The program itself, started as a person starts it: from an empty folder, beside itself, on a server without the rights, and
//! ended in the middle of things.

use crate::support::Site;
use sqlx::{Connection as _, PgConnection};
use std::{
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    net::TcpStream,
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// This machine is shared; nothing here takes as long.
const PATIENCE: Duration = Duration::from_secs(180);

/// A DATA_DIR that goes with the test.
pub struct Home(PathBuf);

impl Home {
    pub fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("ct-program-{}-{name}", std::process::id())))
    }

    /// Where its data are.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    fn program(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_common-table"));
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("RUST_LOG", "error");
        command.env("DATA_DIR", &self.0).env("LISTEN", "127.0.0.1:0").envs(settings.iter().copied());
        command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// A command that is soon done: whether it went well, and what it said.
    pub async fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        let Output { status, stdout, stderr } =
            timeout(PATIENCE, self.program(arguments, settings).output()).await.expect("it ends").unwrap();
        (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
    }

    fn serve(&self) -> Running {
        self.start("serve")
    }

    /// A command that goes on until it is told to end.
    fn start(&self, command: &str) -> Running {
        Running::of(self.program(&[command], &[]))
    }

    /// The site with settings of its own, and its log in a file of this folder's neighbour.
    pub fn serve_with(&self, settings: &[(&str, &str)], log: &Path) -> Running {
        let mut program = self.program(&["serve"], settings);
        program.stderr(std::fs::File::create(log).unwrap());
        Running::of(program)
    }

    /// Asks its private database, as its owner, until there is an answer.
    async fn ask(&self, question: &'static str) -> String {
        let host = self.0.join("postgres");
        let url = format!("postgres:///common_table?host={}&user=common_table_owner&sslmode=disable", host.display());
        let once = async || {
            let mut owner = PgConnection::connect(&url).await?;
            sqlx::query_scalar::<_, String>(question).fetch_one(&mut owner).await
        };
        let answered = timeout(PATIENCE, async {
            loop {
                match once().await {
                    Ok(answer) => break answer,
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                }
            }
        });
        answered.await.expect(question)
    }

    fn postgres_runs(&self) -> bool {
        self.0.join("postgres/postmaster.pid").exists()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Ok(text) = std::fs::read_to_string(self.0.join("postgres/postmaster.pid")) {
            let _ = std::process::Command::new("kill").args(["-9", text.lines().next().unwrap_or_default()]).status();
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `common-table serve` or `work`.
pub struct Running {
    pub child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    pub said: Vec<String>,
}

impl Running {
    fn of(mut program: Command) -> Self {
        let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, said: Vec::new() }
    }

    /// Reads on until a line begins so; answers the line.
    pub async fn says(&mut self, begins: &str) -> String {
        loop {
            let line = timeout(PATIENCE, self.lines.next_line()).await.expect(begins).unwrap();
            let line = line.unwrap_or_else(|| panic!("it ended without saying {begins:?}: {:?}", self.said));
            self.said.push(line.clone());
            if line.starts_with(begins) {
                return line;
            }
        }
    }

    /// Tells it to end, as Ctrl-C (`INT`) or the system (`TERM`) does.
    pub async fn ends(mut self, signal: &str) -> ExitStatus {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().await.unwrap().success());
        timeout(Duration::from_secs(60), self.child.wait()).await.expect("it ends soon").unwrap()
    }
}

/// Asks the running site for one page: all that it answers.
pub async fn ask(port: &str, path: &str) -> String {
    send(port, format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n").as_bytes()).await
}

/// Sends the running site these very bytes: all that it answers.
pub async fn send(port: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Answered once somebody of the demonstration is there.
const BEGUN: &str = "select d.begun_at::text from demonstration d, account a limit 1";

#[tokio::test]
async fn ctrl_c_while_the_demonstration_is_made_stops_everything_and_the_next_start_makes_it_anew() {
    let home = Home::new("half");
    let mut serve = home.serve();
    serve.says("Making the demonstration (once").await;
    let first = home.ask(BEGUN).await;
    assert!(serve.ends("INT").await.success());
    assert!(!home.postgres_runs(), "PostgreSQL has stopped too");

    let mut serve = home.serve();
    serve.says("Making the demonstration anew").await;
    while home.ask(BEGUN).await == first {}
    // Nobody founds a real agency into it meanwhile.
    let create = ["agency", "create", "cedar", "Cedar County", "--administrator", "Ana Ruiz", "--email", "ana@cedar.example"];
    let (well, said) = home.run(&create, &[]).await;
    assert!(!well && said.contains("This database holds the demonstration"), "{said}");
    assert!(serve.ends("TERM").await.success());
    assert!(!home.postgres_runs());
}

#[tokio::test]
async fn an_operators_commands_work_beside_the_running_site() {
    let home = Home::new("beside");
    let create = ["agency", "create", "cedar", "Cedar County", "--administrator", "Ana Ruiz", "--email", "ana@cedar.example"];
    let (well, said) = home.run(&create, &[]).await;
    assert!(well, "{said}");
    assert!(!home.postgres_runs(), "it stops what it started");

    let mut serve = home.serve();
    let answers = serve.says("Common Table answers at http://localhost:").await;
    let port = answers.rsplit(':').next().unwrap().to_owned();
    serve.says("Ctrl-C stops it.").await;
    assert!(!serve.said.iter().any(|line| line.contains("demo")), "a real agency has no demonstration: {:?}", serve.said);
    assert!(ask(&port, "/readyz").await.starts_with("HTTP/1.1 200"));
    assert!(!ask(&port, "/sign-in").await.contains("@demo.example"));

    let (well, said) = home.run(&["person", "invite", "cedar", "bo@cedar.example", "--name", "Bo Lindgren"], &[]).await;
    assert!(well, "{said}");
    let token = said.split("/invitations/").nth(1).unwrap().trim();
    let swapped = ask(&port, &format!("/invitations/{token}")).await;
    assert!(swapped.starts_with("HTTP/1.1 303") && swapped.contains(&format!("__Host-invitation={token};")), "{swapped}");
    assert_eq!(home.run(&["verify"], &[]).await, (true, String::new()));
    assert_eq!(home.run(&["migrate"], &[]).await, (true, "The database is up to date.\n".to_owned()));
    let (well, said) = home.run(&["agency", "create", "x1", "", "--administrator", "A", "--email", "nonsense"], &[]).await;
    assert!(!well && said.contains("Enter the agency’s name.") && said.contains("email"), "{said}");
    let (well, said) = home.run(&["demo"], &[]).await;
    assert!(!well && said.contains("There are agencies here already"), "{said}");
    let (well, said) = home.run(&["serve"], &[]).await;
    assert!(!well && said.contains("Another program is using"), "{said}");

    assert!(ask(&port, "/readyz").await.starts_with("HTTP/1.1 200"), "the site goes on");
    assert!(serve.ends("TERM").await.success());
    assert!(!home.postgres_runs());
}

#[tokio::test]
async fn the_private_database_goes_on_until_the_last_command_has_ended() {
    let home = Home::new("last");
    let create = ["agency", "create", "cedar", "Cedar County", "--administrator", "Ana Ruiz", "--email", "ana@cedar.example"];
    assert!(home.run(&create, &[]).await.0);
    let mut first = home.start("work");
    first.says("Working.").await;
    let mut second = home.start("work");
    second.says("Working.").await;
    assert!(first.ends("TERM").await.success());
    assert!(home.postgres_runs(), "the second command still works in it");
    assert_eq!(home.ask("select 'yes'").await, "yes", "and is answered");
    assert_eq!(home.run(&["verify"], &[]).await, (true, String::new()), "a third comes and goes");
    assert!(home.postgres_runs());
    assert!(second.ends("TERM").await.success());
    assert!(!home.postgres_runs(), "nobody is left");
}

#[tokio::test]
async fn a_server_without_the_rights_is_refused_in_plain_words_before_anything_else() {
    let (site, home) = (Site::alone().await, Home::new("rights"));
    let (login, owner) = site.addresses();
    for (arguments, settings, told) in [
        (&["serve"][..], &[("DATABASE_URL", owner.as_str())][..], "owns tables or other things"),
        (&["work"], &[("DATABASE_URL", &owner)], "owns tables or other things"),
        (&["verify"], &[("DATABASE_URL", &owner)], "owns tables or other things"),
        (&["migrate"], &[("DATABASE_URL", &login)], "Set OWNER_DATABASE_URL"),
        (&["migrate"], &[("DATABASE_URL", &login), ("OWNER_DATABASE_URL", &login)], "may not make tables"),
        (&["serve"], &[("OWNER_DATABASE_URL", &owner)], "Set DATABASE_URL"),
        (&["serve"], &[("DATABASE_URL", &login), ("TRUSTED_PROXY", "true")], "Set TRUSTED_PROXY to off or on"),
        (&["demo"], &[("DATABASE_URL", &login)], "only in the program’s own private database"),
    ] {
        let (well, said) = home.run(arguments, settings).await;
        assert!(!well && said.contains(told), "{arguments:?}: {said}");
    }
    // The site of a server of yours never migrates it, even where it could.
    site.force("delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)").await;
    let (well, said) = home.run(&["serve"], &[("DATABASE_URL", &login), ("OWNER_DATABASE_URL", &owner)]).await;
    assert!(!well && said.contains("Run: common-table migrate"), "{said}");
    assert!(!home.0.exists(), "no private database was made");
}
