//! Back from a provider: who it vouches for comes in, takes an invitation up, or joins it to their account. Nobody else does.

use super::{
    super::{
        model::{Attempt, Identity, Provider, Purpose, Refusal, Vouched, Vouching},
        protocol::{self, Brought, Fault},
        store,
    },
    way::{WAY_COOKIE, begun, may_come_in, noted, refused},
};
use crate::{
    accounts::{
        self,
        model::{HatOnOffer, HowIn, OpenInvitation, Shown},
        pages::{carrying, device},
        parked, paths,
    },
    platform::{
        ids::AccountId,
        prelude::*,
        session::{self, SESSION_COOKIE, Token, cookie, set_cookie},
    },
};
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, header};
use std::time::Duration;

/// How long all that is asked of a provider may take together.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Back::PATH, back)
}

/// Why somebody is not let in, or a fault of ours.
enum Stop {
    Refused(Refusal),
    Failed(Error),
}

impl From<Refusal> for Stop {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The one page that begins a sign-in by being asked for: the provider sends the browser here, with what only that browser's own
/// form set going, once.
async fn back(anyone: Anyone, at: paths::Back, headers: HeaderMap, Query(brought): Query<Brought>) -> Result<Response, Error> {
    if brought.state.is_empty() {
        return Ok(Done::at(paths::sign_in_then(&format!("/{}", at.agency)), "").into_response());
    }
    match come_back(&anyone, &at.agency, &headers, &brought).await {
        Ok(mut response) => {
            response.headers_mut().append(header::SET_COOKIE, set_cookie(WAY_COOKIE, "", 0));
            Ok(response)
        }
        Err(Stop::Refused(why)) => refused(&anyone, &at.agency, why).await,
        Err(Stop::Failed(error)) => Err(error),
    }
}

async fn come_back(anyone: &Anyone, slug: &str, headers: &HeaderMap, brought: &Brought) -> Result<Response, Stop> {
    let (provider, attempt, state) = begun(anyone, slug, headers, &brought.state).await?.ok_or(Refusal::NotThisWay)?;
    if !store::use_up(&anyone.app.db, &state).await? {
        return Err(Refusal::NotThisWay.into());
    }
    match brought.error.as_str() {
        "" if !brought.code.is_empty() => {}
        "server_error" | "temporarily_unavailable" => return Err(Refusal::Away.into()),
        _ => return Err(Refusal::Declined.into()),
    }
    let vouched = match tokio::time::timeout(PATIENCE, protocol::vouched(&anyone.app, &provider, &attempt, brought)).await {
        Ok(Ok(vouched)) => vouched,
        Ok(Err(fault)) => return Err(noted(&provider, &fault).into()),
        Err(_) => return Err(noted(&provider, &Fault::Away("all of it took too long".to_owned())).into()),
    };
    let known = accounts::store::account_at(&anyone.app.db, provider.agency, &vouched.identity).await?;
    let known = known.filter(|(_, is_demo)| may_come_in(anyone, *is_demo)).map(|(account, _)| account);
    let visit = Visit { anyone, headers, provider: &provider, attempt: &attempt, vouched: &vouched };
    match &attempt.purpose {
        Purpose::SignIn | Purpose::Again => visit.come_in(known.ok_or(Refusal::Unknown)?).await,
        Purpose::Join(account) => visit.join(*account, known).await,
        Purpose::Invitation(token) => visit.take_up(token, known).await,
        Purpose::Leave => Err(Refusal::NotThisWay.into()),
    }
}

/// Somebody whom a provider vouches for.
struct Visit<'a> {
    anyone: &'a Anyone,
    headers: &'a HeaderMap,
    provider: &'a Provider,
    attempt: &'a Attempt,
    vouched: &'a Vouched,
}

impl Visit<'_> {
    /// The roles that the provider vouches for: those of its agency's own side, whatever it says itself.
    async fn hats(&self, account: AccountId) -> Result<Vec<HatOnOffer>, Error> {
        let all = accounts::store::hats(&self.anyone.app.db, account).await?;
        Ok(all.into_iter().filter(|hat| hat.agency == self.provider.agency && hat.is_own_side()).collect())
    }

    async fn come_in(&self, account: AccountId) -> Result<Response, Stop> {
        let (db, hats) = (&self.anyone.app.db, self.hats(account).await?);
        let first = hats.first().ok_or(Refusal::NoRole)?;
        let only = Some(first).filter(|_| hats.len() == 1);
        let token = accounts::store::begin_vouched(db, account, self.vouching(), (&device(self.headers), only)).await?;
        accounts::store::note_used(db, account, first, &self.vouched.identity).await?;
        self.end_former().await?;
        let home = format!("/{}", self.provider.slug);
        let on = if parked::waits(self.headers) { paths::PARKED } else { paths::within(&home, &self.attempt.next) };
        Ok(carrying(&token, Done::at(on, "")))
    }

    fn vouching(&self) -> Vouching {
        let (agency, provider) = (self.provider.agency, self.provider.id);
        Vouching { agency, provider, second: self.vouched.second, seen: self.vouched.seen, sid: self.vouched.sid }
    }

    /// The sign-in that the browser had before ends: one browser, one person.
    async fn end_former(&self) -> Result<(), Error> {
        let Some(former) = cookie(self.headers, SESSION_COOKIE) else { return Ok(()) };
        match accounts::end_session_of(&self.anyone.app.db, former).await {
            Err(Error::NotFound) => Ok(()),
            ended => ended,
        }
    }

    /// Only into the account in which it was begun, and while that sign-in of its person's own lasts.
    async fn join(&self, account: AccountId, known: Option<AccountId>) -> Result<Response, Stop> {
        let db = &self.anyone.app.db;
        let token = cookie(self.headers, SESSION_COOKIE).and_then(Token::from_text).ok_or(Refusal::SignInOver)?;
        let found = session::look_up(db, &token, "").await?.ok_or(Refusal::SignInOver)?;
        if found.person.account != account || found.person.proof.vouched_by.is_some() {
            return Err(Refusal::SignInOver.into());
        }
        if known.is_some_and(|other| other != account) {
            return Err(Refusal::Taken.into());
        }
        let hats = self.hats(account).await?;
        let hat = hats.first().ok_or(Refusal::NoRole)?;
        if known.is_none() {
            match accounts::store::join(db, account, hat, (self.provider.id, &self.vouched.identity)).await {
                Err(Error::Refused(_)) => return Err(Refusal::Taken.into()),
                joined => joined?,
            }
        }
        if !self.attempt.next.is_empty() {
            return self.come_in(account).await;
        }
        Ok(Done::at(paths::ACCOUNT, "Joined. From now on it opens your role there").into_response())
    }

    /// An invitation in hand is for somebody new, or for the account to which the identity belongs already. Where the address has an
    /// account, neither the address nor the link opens it: its own sign-in comes first.
    async fn invited(&self, token: &str, known: Option<AccountId>) -> Result<OpenInvitation, Stop> {
        let token = Token::from_text(token).ok_or(Refusal::InvitationOver)?;
        let open = accounts::store::invitation(&self.anyone.app.db, &token).await?.filter(|open| self.fits(open));
        let open = open.ok_or(Refusal::InvitationOver)?;
        if known.is_none() && open.account.is_some() || known.is_some() && open.account.is_some_and(|other| Some(other) != known) {
            return Err(Refusal::OwnFirst.into());
        }
        Ok(OpenInvitation { account: known, ..open })
    }

    async fn take_up(&self, token: &str, known: Option<AccountId>) -> Result<Response, Stop> {
        let open = self.invited(token, known).await?;
        let name = if open.invited.is_empty() { open.email.clone() } else { open.invited.clone() };
        let new = known.is_none().then_some((name.as_str(), None));
        let identity: Option<&Identity> = known.is_none().then_some(&self.vouched.identity);
        let (vouching, shown) = (Some(self.vouching()), Shown::PASSWORD);
        let how = HowIn { new, code: None, identity, vouching, shown, device: &device(self.headers), key: "" };
        match accounts::store::accept(&self.anyone.app.db, &open, how).await {
            Err(Error::Refused(_) | Error::NotFound) => Err(Refusal::InvitationOver.into()),
            accepted => {
                let token = accepted?;
                self.end_former().await?;
                Ok(carrying(&token, Done::at(format!("/{}", self.provider.slug), "")))
            }
        }
    }

    fn fits(&self, open: &OpenInvitation) -> bool {
        open.agency == self.provider.agency && open.own_side && open.over.is_none() && may_come_in(self.anyone, open.is_demo)
    }
}
