//! The database that a command works on: the private cluster, or a server of yours.

use super::{Fault, say};
use crate::{
    demo,
    platform::{
        clock::Clock,
        cluster::{self, Cluster, rights},
        db::{self, Db},
        settings::Settings,
    },
};
use sqlx::{Connection as _, PgConnection};

/// An open way to the database.
pub(super) struct Ground {
    login_url: String,
    owner_url: Option<String>,
    cluster: Option<Cluster>,
}

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Nothing,
    /// A demonstration whose year was not lived to its end.
    HalfADemo,
    Demo,
    RealAgencies,
}

impl Ground {
    /// Starts the private cluster and keeps it, or takes the server that the settings name.
    pub(super) async fn keep(settings: &Settings) -> Result<Self, Fault> {
        match &settings.database_url {
            Some(url) => Ok(Self::of_server(settings, url.reveal())),
            None => Ok(Self::of_cluster(cluster::start(&settings.data_dir).await?)),
        }
    }

    /// The same for a command that is soon done: a cluster that a running `serve` keeps is visited.
    pub(super) async fn open(settings: &Settings) -> Result<Self, Fault> {
        match &settings.database_url {
            Some(url) => Ok(Self::of_server(settings, url.reveal())),
            None => Ok(Self::of_cluster(cluster::start_or_visit(&settings.data_dir).await?)),
        }
    }

    fn of_server(settings: &Settings, url: &str) -> Self {
        Self {
            login_url: url.to_owned(),
            owner_url: settings.owner_database_url.as_ref().map(|url| url.reveal().to_owned()),
            cluster: None,
        }
    }

    fn of_cluster(cluster: Cluster) -> Self {
        for note in &cluster.notes {
            say(note);
        }
        Self { login_url: cluster.login_url.clone(), owner_url: Some(cluster.owner_url.clone()), cluster: Some(cluster) }
    }

    /// The program's own cluster, which no other program works in.
    pub(super) fn is_kept(&self) -> bool {
        self.cluster.as_ref().is_some_and(|cluster| !cluster.is_visited())
    }

    /// A connection as the owner of the tables, who has the rights to be that.
    pub(super) async fn owner(&self) -> Result<PgConnection, Fault> {
        let url = self.owner_url.as_deref().ok_or("Set OWNER_DATABASE_URL to the same server, signed in as the owner of its tables.")?;
        let mut owner = PgConnection::connect(url).await.map_err(|error| format!("The database does not let its owner in: {error}"))?;
        rights::check_owner(&mut owner).await?;
        Ok(owner)
    }

    /// The same once the tables are what this program needs: in the program's own cluster it sees to that.
    pub(super) async fn ready_owner(&self) -> Result<PgConnection, Fault> {
        let mut owner = self.owner().await?;
        if self.is_kept() {
            db::migrate(&mut owner).await?;
        } else if !db::is_up_to_date(&mut owner).await {
            return Err(NOT_UP_TO_DATE.into());
        }
        Ok(owner)
    }

    /// Brings the tables up to date.
    pub(super) async fn migrate(&self) -> Result<(), Fault> {
        let mut owner = self.owner().await?;
        db::migrate(&mut owner).await?;
        owner.close().await?;
        Ok(())
    }

    /// Says which rights the site's role lacks or has too many, before anything else is done with it.
    pub(super) async fn check_rights(&self) -> Result<(), Fault> {
        let mut site =
            PgConnection::connect(&self.login_url).await.map_err(|error| format!("The database does not let the site in: {error}"))?;
        rights::check(&mut site).await?;
        site.close().await?;
        Ok(())
    }

    /// The database as the site uses it, once it is what this program needs.
    pub(super) async fn site(&self, connections: u32) -> Result<Db, Fault> {
        let db = Db::open(&self.login_url, Clock::default(), connections)?;
        if db.is_ready().await { Ok(db) } else { Err(NOT_UP_TO_DATE.into()) }
    }

    /// What it holds.
    #[expect(clippy::disallowed_methods, reason = "asked by the operator’s command, before the site runs")]
    pub(super) async fn holds(&self) -> Result<Holds, Fault> {
        let mut owner = self.owner().await?;
        let half = sqlx::query_scalar!(r#"select exists (select 1 from demonstration where whole_at is null) as "half!""#)
            .fetch_one(&mut owner)
            .await?;
        let mut tx = owner.begin().await?;
        sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
        let agencies = sqlx::query!(r#"select count(*) as "all!", count(*) filter (where not is_demo) as "real!" from agency"#)
            .fetch_one(&mut *tx)
            .await?;
        tx.rollback().await?;
        owner.close().await?;
        Ok(match (agencies.all, agencies.real, half) {
            (_, 1.., _) => Holds::RealAgencies,
            (_, _, true) => Holds::HalfADemo,
            (0, ..) => Holds::Nothing,
            _ => Holds::Demo,
        })
    }

    /// Lives the demonstration's year, which ends now, where nothing is yet. What is left of a year that was not lived to its
    /// end is thrown away first.
    pub(super) async fn live_demo(&self) -> Result<(), Fault> {
        if let (Holds::HalfADemo, Some(cluster)) = (self.holds().await?, self.cluster.as_ref()) {
            if cluster.is_visited() {
                return Err("Another program is making the demonstration just now.".into());
            }
            cluster.make_anew().await?;
            self.migrate().await?;
        }
        let owner_url = self.owner_url.as_deref().unwrap_or_default();
        demo::live(owner_url, &self.login_url, Clock::default().now()).await?;
        Ok(())
    }

    /// Stops the private cluster, if this program keeps it.
    pub(super) async fn close(self) -> Result<(), Fault> {
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

const NOT_UP_TO_DATE: &str = "The database is not up to date. Run: common-table migrate";

/// `common-table migrate`.
pub(super) async fn migrate_only(settings: &Settings) -> Result<(), Fault> {
    let ground = Ground::open(settings).await?;
    let done = ground.migrate().await;
    ground.close().await?;
    done?;
    say("The database is up to date.");
    Ok(())
}

/// `common-table demo`.
pub(super) async fn demo_only(settings: &Settings) -> Result<(), Fault> {
    if !settings.allows_demo() {
        return Err("The demonstration lives only in the program’s own private database, on this machine alone. Unset DATABASE_URL, PUBLIC_URL, TRUSTED_PROXY and LISTEN.".into());
    }
    let ground = Ground::open(settings).await?;
    let done = async {
        ground.ready_owner().await?.close().await?;
        match ground.holds().await? {
            Holds::Nothing | Holds::HalfADemo => ground.live_demo().await,
            Holds::Demo | Holds::RealAgencies => Err("There are agencies here already. The demonstration needs an empty DATA_DIR.".into()),
        }
    }
    .await;
    ground.close().await?;
    done?;
    say("The demonstration is ready: common-table serve");
    Ok(())
}
