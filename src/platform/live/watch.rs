//! Who listens: the sign-in by which a page was opened, looked up anew whenever something is to be told. It ends with the sign-in, the
//! membership and the hat.

use super::super::{
    access,
    asker::Asker,
    db::{AgencyTx, Db},
    error::Error,
    ids::{MembershipId, SessionId},
    policy::Hat,
    session::{self, SESSION_COOKIE, Token},
};
use http::HeaderMap;

/// See the module. It holds no connection and nothing that was read.
#[derive(Debug)]
pub struct Watch {
    db: Db,
    token: Token,
    slug: Box<str>,
    session: SessionId,
    membership: MembershipId,
    hat: Hat,
}

impl Asker {
    /// The same person, for as long as the page is open; none for a link's bearer.
    #[must_use]
    pub fn watch(&self, headers: &HeaderMap) -> Option<Watch> {
        let token = session::cookie(headers, SESSION_COOKIE).and_then(Token::from_text)?;
        let (session, membership) = self.session().zip(self.standing().membership)?;
        Some(Watch { db: self.standpoint().0.apart(), token, slug: self.slug().into(), session, membership, hat: self.hat() })
    }
}

impl Watch {
    /// The sign-in.
    #[must_use]
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The membership worn.
    #[must_use]
    pub fn membership(&self) -> MembershipId {
        self.membership
    }

    /// The database, with who listens.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Reads what this person may see now. None: they may not come in any more, or not as they did.
    ///
    /// # Errors
    /// Whatever the closure answers, or the database's absence.
    pub async fn read<T>(&self, work: impl AsyncFnOnce(&mut AgencyTx) -> Result<T, Error>) -> Result<Option<T>, Error> {
        let (found, connection) = session::look_up_on(&self.db, &self.token, &self.slug).await?;
        let standing = found
            .and_then(|found| access::standing(&found))
            .filter(|standing| standing.membership == Some(self.membership) && standing.hat == self.hat);
        let Some(standing) = standing else { return Ok(None) };
        let mut tx = self.db.going_on_with(connection).begin_read(standing).await?;
        let read = work(&mut tx).await?;
        tx.end_reading().await?;
        Ok(Some(read))
    }
}
