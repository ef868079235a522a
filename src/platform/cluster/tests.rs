//! A private cluster through its whole life, on real PostgreSQL in a folder of its own.

use std::{fs, path::PathBuf, process::Command};

use sqlx::{Connection, PgConnection, PgPool};

use super::{Cluster, ClusterError, rights, start, start_or_visit};

/// A folder that is removed, with whatever still runs in it, when the test ends.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("ct-{}-{name}", std::process::id()));
        assert!(!folder.exists(), "{} is left over", folder.display());
        Self(folder)
    }

    async fn start(&self) -> Cluster {
        start(&self.0).await.unwrap()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Ok(text) = fs::read_to_string(self.0.join("postgres/postmaster.pid")) {
            kill(text.lines().next().unwrap_or_default());
        }
        // PostgreSQL's last children may still be writing.
        while self.0.exists() && fs::remove_dir_all(&self.0).is_err() {}
    }
}

fn kill(pid: &str) {
    Command::new("kill").args(["-9", pid]).status().unwrap();
}

fn pid_of(cluster: &Cluster) -> String {
    let text = fs::read_to_string(cluster.folder().join("postmaster.pid")).unwrap();
    text.lines().next().unwrap().to_owned()
}

async fn remember(cluster: &Cluster, word: &str) {
    let mut owner = PgConnection::connect(&cluster.owner_url).await.unwrap();
    sqlx::raw_sql("create table if not exists kept (word text)").execute(&mut owner).await.unwrap();
    sqlx::query("insert into kept values ($1)").bind(word).execute(&mut owner).await.unwrap();
}

async fn remembered(cluster: &Cluster) -> Vec<String> {
    let mut owner = PgConnection::connect(&cluster.owner_url).await.unwrap();
    sqlx::query_scalar("select word from kept order by word").fetch_all(&mut owner).await.unwrap()
}

#[tokio::test]
async fn what_was_kept_survives_a_stop_a_crash_and_a_killed_server() {
    let home = Home::new("life");
    let cluster = home.start().await;
    remember(&cluster, "a").await;
    cluster.stop().await.unwrap();

    let cluster = home.start().await;
    remember(&cluster, "b").await;
    let before = pid_of(&cluster);
    drop(cluster); // as when the program is killed: PostgreSQL goes on

    let cluster = home.start().await;
    assert_eq!(pid_of(&cluster), before, "the running server is used again");
    remember(&cluster, "c").await;
    kill(&before);
    drop(cluster);

    let cluster = home.start().await;
    assert_ne!(pid_of(&cluster), before);
    assert_eq!(remembered(&cluster).await, ["a", "b", "c"]);
    cluster.stop().await.unwrap();

    // After a reboot the old number may be a stranger's; this test stands in for the stranger.
    let pid_file = home.0.join("postgres/postmaster.pid");
    fs::write(&pid_file, format!("{}\n", std::process::id())).unwrap();
    let cluster = home.start().await;
    assert_eq!(remembered(&cluster).await.len(), 3);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_program_on_the_same_folder_is_refused() {
    let home = Home::new("two");
    let cluster = home.start().await;
    let second = start(&home.0).await;
    assert!(matches!(second, Err(ClusterError::InUse { by: Some(pid), .. }) if pid == std::process::id()));
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_visitor_works_in_a_running_cluster_and_leaves_it_running() {
    let home = Home::new("visit");
    let cluster = home.start().await;
    let visit = start_or_visit(&home.0).await.unwrap();
    assert!(visit.is_visited() && !cluster.is_visited());
    remember(&visit, "a").await;
    visit.stop().await.unwrap();
    assert_eq!(remembered(&cluster).await, ["a"], "it goes on after the visit");
    cluster.make_anew().await.unwrap();
    let mut owner = PgConnection::connect(&cluster.owner_url).await.unwrap();
    assert!(sqlx::raw_sql("select 1 from kept").execute(&mut owner).await.is_err(), "empty again");
    owner.close().await.unwrap();
    cluster.stop().await.unwrap();
    // Nobody keeps it any more: the next one starts it.
    let own = start_or_visit(&home.0).await.unwrap();
    assert!(!own.is_visited());
    own.stop().await.unwrap();
}

#[tokio::test]
async fn whoever_leaves_last_stops_it() {
    let home = Home::new("last");
    let cluster = home.start().await;
    let (one, another) = (start_or_visit(&home.0).await.unwrap(), start_or_visit(&home.0).await.unwrap());
    remember(&cluster, "a").await;
    cluster.stop().await.unwrap();
    assert_eq!(remembered(&one).await, ["a"], "it goes on for its visitors");
    // A program that comes now keeps it, and goes before them again.
    let next = start_or_visit(&home.0).await.unwrap();
    assert!(!next.is_visited());
    next.stop().await.unwrap();
    one.stop().await.unwrap();
    assert_eq!(remembered(&another).await, ["a"]);
    another.stop().await.unwrap();
    assert!(!home.0.join("postgres/postmaster.pid").exists(), "nobody is left, and so it has stopped");
}

#[tokio::test]
async fn the_site_has_the_rights_it_needs_and_none_more() {
    let home = Home::new("rights");
    let cluster = home.start().await;
    let site = PgPool::connect(&cluster.login_url).await.unwrap();
    rights::check(&site).await.unwrap();
    assert!(sqlx::raw_sql("create table mine ()").execute(&site).await.is_err());
    let owner = PgPool::connect(&cluster.owner_url).await.unwrap();
    rights::check_owner(&owner).await.unwrap();
    let Err(rights::RightsError::Missing(wrong)) = rights::check(&owner).await else {
        panic!("the owner of the tables must not run the site")
    };
    assert!(wrong.iter().any(|sentence| sentence.contains("owns tables")), "{wrong:?}");
    // A right too many, granted by mistake, is named.
    let superuser = cluster.owner_url.replace("common_table_owner", "postgres");
    let mut superuser = PgConnection::connect(&superuser).await.unwrap();
    sqlx::raw_sql("alter role app_login inherit bypassrls").execute(&mut superuser).await.unwrap();
    let Err(rights::RightsError::Missing(wrong)) = rights::check(&site).await else { panic!("not noticed") };
    assert!(wrong.iter().any(|sentence| sentence.contains("bypass row security")), "{wrong:?}");
    site.close().await;
    owner.close().await;
    cluster.stop().await.unwrap();
}
