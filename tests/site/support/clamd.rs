//! A server that speaks `clamd`'s INSTREAM and knows one thing that is harmful: the test file of the scanners' makers (EICAR), which does
//! nothing. And the real `clamd`, where this machine has it, with a list of its own that knows the same.

use std::{
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    task::JoinHandle,
};

/// The test file, in two pieces: as one it would be found in this very source.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", r"ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// The server; it ends with the test.
pub struct Clamd {
    pub address: String,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Clamd {
    /// One that scans.
    pub async fn start() -> Self {
        Self::answering(None).await
    }

    /// One that says the same to everybody.
    pub async fn that_says(answer: &'static [u8]) -> Self {
        Self::answering(Some(answer)).await
    }

    #[expect(clippy::disallowed_methods, reason = "the one loose task of this server; it is stopped when the server is dropped")]
    async fn answering(always: Option<&'static [u8]>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                let _ = answer(line, always).await;
            }
        });
        Self { address, asked, task }
    }

    /// An address at which nobody listens.
    pub fn gone() -> String {
        std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
    }

    /// How many files it was asked about.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut line: TcpStream, always: Option<&[u8]>) -> std::io::Result<()> {
    let mut command = [0; 10];
    line.read_exact(&mut command).await?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut held = Vec::new();
    loop {
        let length = line.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        let begins = held.len();
        held.resize(begins + length, 0);
        line.read_exact(&mut held[begins..]).await?;
    }
    let harmful = held.windows(68).any(|window| window == eicar());
    let said = if harmful { &b"stream: Eicar-Test-Signature FOUND\0"[..] } else { b"stream: OK\0" };
    line.write_all(always.unwrap_or(said)).await
}

/// The machine's own `clamd`.
pub struct RealClamd {
    /// The path of its socket.
    pub socket: String,
    _folder: tempfile::TempDir,
    _child: Child,
}

impl RealClamd {
    /// None where this machine has none.
    pub async fn start() -> Option<Self> {
        let program = ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists())?;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        std::fs::create_dir(path("list")).unwrap();
        // By the hash of the whole file, so that nobody's list has to be fetched.
        std::fs::write(path("list/own.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n").unwrap();
        let me = Command::new("id").arg("-un").output().await.unwrap().stdout;
        let socket = path("clamd.sock");
        let settings = format!(
            "Foreground yes\nLocalSocket {socket}\nDatabaseDirectory {}\nUser {}\nStreamMaxLength 26M\n",
            path("list"),
            String::from_utf8_lossy(&me).trim()
        );
        std::fs::write(path("clamd.conf"), settings).unwrap();
        let log = std::fs::File::create(path("log")).unwrap();
        let mut command = Command::new(program);
        command.arg("-c").arg(path("clamd.conf")).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).kill_on_drop(true);
        let child = command.spawn().unwrap();
        for _ in 0..300 {
            if tokio::net::UnixStream::connect(&socket).await.is_ok() {
                return Some(Self { socket, _folder: folder, _child: child });
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("clamd does not begin: {}", std::fs::read_to_string(path("log")).unwrap());
    }
}
