//! One try of a password: counted before anything is compared, for the address in its network, and for the network. A browser that
//! signed in to the address before is counted by itself: what others try keeps nobody out of their own browser.

use super::super::{model::Tried, store};
use crate::platform::{
    app::App,
    error::Error,
    ids::AccountId,
    limits::{SIGN_INS, Wait, Whom},
    network::Network,
    session::{Token, cookie},
};
use http::HeaderMap;

/// By this a browser is known that signed in before.
pub(in crate::accounts) const KNOWN_COOKIE: &str = "__Host-known";

/// Who tries, as far as it is known before they are.
#[derive(Clone, Copy)]
pub(super) struct Trial<'a> {
    pub(super) app: &'a App,
    pub(super) headers: &'a HeaderMap,
    pub(super) network: Option<Network>,
}

/// Counts a try of the password of whoever is signed in.
pub(in crate::accounts) async fn by_account(app: &App, account: AccountId) -> Result<Tried, Error> {
    counted(app, Tried::by_account(account)).await
}

async fn counted(app: &App, tried: Tried) -> Result<Tried, Error> {
    match store::count(&app.db, &tried).await? {
        None => Ok(tried),
        Some(left) => Err(Error::TooMany(Wait::of(left))),
    }
}

impl Trial<'_> {
    fn device(&self) -> Option<Token> {
        cookie(self.headers, KNOWN_COOKIE).and_then(Token::from_text)
    }

    /// Counts a try for this address. One that comes too early is refused in the same words for every address. Whether the browser is
    /// known is asked in the same way of one that shows no mark, a made-up mark and a true one: a mark makes no try cheaper or dearer.
    pub(super) async fn of(&self, email: &str, account: Option<AccountId>) -> Result<Tried, Error> {
        let device = self.device();
        let tried = store::tried(&self.app.db, (email, account), device.as_ref(), self.network).await?;
        let is_known = tried.device.is_some();
        if !is_known {
            SIGN_INS.count(&self.app.db, Whom::Typed(email), self.network).await?;
        }
        let answer = counted(self.app, tried).await;
        // One that came too early was compared with nothing: it uses nothing up that others share.
        if !is_known && matches!(answer, Err(Error::TooMany(_))) {
            SIGN_INS.give_back(&self.app.db, Whom::Typed(email), self.network).await?;
        }
        answer
    }

    /// The password was right. Answers the token by which the browser is known from now on, where that is new.
    pub(super) async fn right(&self, email: &str, tried: &Tried, account: AccountId) -> Result<Option<Token>, Error> {
        self.give_back(email, tried).await?;
        store::right(&self.app.db, tried, account).await
    }

    /// The password was right, and the browser is not made known by it.
    pub(super) async fn forget(&self, email: &str, tried: &Tried) -> Result<(), Error> {
        self.give_back(email, tried).await?;
        store::forget(&self.app.db, tried).await
    }

    async fn give_back(&self, email: &str, tried: &Tried) -> Result<(), Error> {
        if tried.device.is_some() {
            return Ok(());
        }
        SIGN_INS.give_back(&self.app.db, Whom::Typed(email), self.network).await
    }
}
