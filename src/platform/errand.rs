//! Work after the request: for a person whose membership was looked up anew, or for an agency as a whole. The counterpart of
//! an `Asker` for jobs and sweeps; a house test keeps the list of those who make one.

use super::{
    db::{AgencyTx, Db, Standing},
    error::Error,
    ids::AgencyId,
    policy::Hat,
};
use chrono_tz::Tz;

/// Whose work it is, and the way to the agency's rows.
#[derive(Debug, Clone)]
pub struct Errand {
    db: Db,
    standing: Standing,
}

impl Errand {
    /// As the member who asked, with what they may see now.
    #[must_use]
    pub fn of_member(db: Db, standing: Standing) -> Self {
        Self { db, standing }
    }

    /// For the agency itself: sees nothing on its own, and works in `as_keeper`.
    #[must_use]
    pub fn of_agency(db: Db, (agency, zone): (AgencyId, Tz)) -> Self {
        let nobody = Standing { agency, account: None, membership: None, hat: Hat::Link, body: None, landscape: false, link: None, zone };
        Self { db, standing: nobody }
    }

    /// On whose behalf.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Reads many pages as they were at one moment.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn snapshot<T>(&self, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>) -> Result<T, Error> {
        let mut tx = self.db.begin_snapshot(self.standing).await?;
        let found = work(&mut tx).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// Changes the agency's rows; undone when the closure answers an error.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>) -> Result<T, Error> {
        let mut tx = self.db.begin_write(self.standing).await?;
        let done = work(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }
}
