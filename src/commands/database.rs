//! The database that a command works on: the private cluster, or a server of yours.

use super::{Fault, say};
use crate::{
    demo,
    platform::{
        cluster::{self, Cluster, rights},
        settings::Settings,
    },
};
use chrono::{DateTime, Utc};
use sqlx::{Connection as _, PgConnection, PgPool};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// An open way to the database.
pub(super) struct Ground {
    pub(super) login_url: String,
    pub(super) owner_url: Option<String>,
    cluster: Option<Cluster>,
}

impl Ground {
    /// Starts the private cluster, or takes the server that the settings name.
    pub(super) async fn open(settings: &Settings) -> Result<Self, Fault> {
        if let Some(url) = &settings.database_url {
            return Ok(Self { login_url: url.clone(), owner_url: settings.owner_database_url.clone(), cluster: None });
        }
        let cluster = cluster::start(&settings.data_dir).await?;
        for note in &cluster.notes {
            say(note);
        }
        Ok(Self { login_url: cluster.login_url.clone(), owner_url: Some(cluster.owner_url.clone()), cluster: Some(cluster) })
    }

    /// Whether it is the program's own.
    pub(super) fn is_private(&self) -> bool {
        self.cluster.is_some()
    }

    /// The owner's address, or what to set.
    pub(super) fn owner(&self) -> Result<&str, Fault> {
        self.owner_url.as_deref().ok_or_else(|| "Set OWNER_DATABASE_URL to the same server, signed in as the owner of its tables.".into())
    }

    /// Brings the tables up to date.
    pub(super) async fn migrate(&self) -> Result<(), Fault> {
        let mut owner = PgConnection::connect(self.owner()?).await?;
        MIGRATIONS.run(&mut owner).await?;
        owner.close().await?;
        Ok(())
    }

    /// Says which rights are missing, if any.
    pub(super) async fn check_rights(&self) -> Result<(), Fault> {
        let pool = PgPool::connect(&self.login_url).await?;
        rights::check(&pool).await?;
        pool.close().await;
        Ok(())
    }

    /// Whether it holds no agency yet.
    #[expect(clippy::disallowed_methods, reason = "asked by the operator’s command, before the site runs")]
    pub(super) async fn is_empty(&self) -> Result<bool, Fault> {
        let mut owner = PgConnection::connect(self.owner()?).await?;
        let mut tx = owner.begin().await?;
        sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
        let any = sqlx::query_scalar!(r#"select exists (select 1 from agency) as "any!""#).fetch_one(&mut *tx).await?;
        tx.rollback().await?;
        Ok(!any)
    }

    /// Lives the demonstration's year, which ends now.
    pub(super) async fn demo(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        demo::live(self.owner()?, &self.login_url, now).await?;
        Ok(())
    }

    /// Stops the private cluster.
    pub(super) async fn close(self) -> Result<(), Fault> {
        if let Some(cluster) = self.cluster {
            cluster.stop().await?;
        }
        Ok(())
    }
}

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
        return Err("The demonstration lives only in the program’s own private database, at a local address. Unset DATABASE_URL, PUBLIC_URL and TRUSTED_PROXY.".into());
    }
    let ground = Ground::open(settings).await?;
    let now = crate::platform::clock::Clock::default().now();
    let done = async {
        ground.migrate().await?;
        if ground.is_empty().await? {
            ground.demo(now).await
        } else {
            Err("There are agencies here already. The demonstration needs an empty DATA_DIR.".into())
        }
    }
    .await;
    ground.close().await?;
    done?;
    say("The demonstration is ready: common-table serve");
    Ok(())
}
