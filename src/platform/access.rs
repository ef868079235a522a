//! Who is asking and what they have been shown they may do. A handler's first argument is one of these guards, and only
//! here can they be made: `Can<P>` from the cookie, the agency in the address and the policy; `Bearer` and `ByLetter` from a
//! link's cookie; `SignedIn` and `Anyone` for pages outside an agency.

use super::{
    app::App,
    asker::Asker,
    clock,
    db::{Db, Standing},
    drafts,
    error::Error,
    form::Problems,
    here::{Here, Place},
    limits::{self, Whom},
    network::Network,
    policy::{Grant, Hat, Permission},
    proof::{Lack, ProvedBy},
    session::{self, Agency, Found, Member, Person, SESSION_COOKIE, Token},
    settings::is_local,
    submission::Submission,
    visit::Visit,
};
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::{marker::PhantomData, ops::Deref};

/// What a route needs, as the printed table says it.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// Nothing.
    Anyone,
    /// A live sign-in.
    SignedIn,
    /// A live sign-in of one's own, in which the person has shown lately that it is them.
    Fresh,
    /// The same, and shown once more since the sign-in began.
    Confirmed,
    /// A permission in the agency of the address.
    May(Grant),
    /// A link about one record.
    Link,
    /// To be another server, which proves by what it says who it is.
    Server,
}

/// Something that a handler's first argument may be.
pub trait Guard: FromRequestParts<App, Rejection = Error> {
    /// What it takes to get one.
    fn need() -> Need;
}

/// The proof that the asker may do `P` in the agency of the address. Derefs to the [`Asker`].
#[derive(Debug)]
pub struct Can<P> {
    asker: Asker,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permission> Can<P> {
    /// For the bearer of one line of a letter, who has not signed in: what their role may do, and nothing that wants them to show that
    /// it is them.
    pub(super) fn by_letter(asker: Asker) -> Option<Self> {
        let may = P::GRANT.hats.contains(&asker.hat()) && !P::GRANT.fresh;
        may.then_some(Self { asker, permission: PhantomData })
    }
}

impl<P> Deref for Can<P> {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl<P: Permission> Guard for Can<P> {
    fn need() -> Need {
        Need::May(P::GRANT)
    }
}

impl<P: Permission> FromRequestParts<App> for Can<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let ((mut found, db), submission) = (signed_in(parts, app).await?, Submission::of(parts));
        let worn = found.place.take().and_then(|(agency, member)| Some((hat_of(&member)?, agency, member)));
        let Some((hat, agency, member)) = worn else {
            Place::note(parts, Here::outside(parts, app, Some(&found.person)));
            return Err(vouched_elsewhere(&found).unwrap_or(without_hat(app, &found, &submission).await));
        };
        if let Some(lack) = found.person.proof.lacks(agency.id, found.rule, hat) {
            Place::note(parts, Here::at_the_door(parts, app, &agency, Some(&found.person)));
            return Err(Error::Lacks(lack));
        }
        let standing = standing_of(&found.person, &agency, &member, hat);
        let two_factors = found.person.proof.is_double();
        if app.seen.is_first(member.id, clock::day_in(agency.zone, app.now()), two_factors) {
            session::note_member(&db, standing, two_factors).await?;
        }
        session::own_side::note(&db, app, parts, standing, &found.person).await?;
        let here = Here::inside(parts, app, &agency, &found.person, &member, hat);
        Visit::note(parts, |noted| (noted.agency, noted.membership) = (Some(agency.id), Some(member.id)));
        Place::note(parts, here.clone());
        if let Some(before) = submission.answered(&db, standing).await? {
            return Err(Error::Answered(before));
        }
        if !P::GRANT.hats.contains(&hat) {
            return Err(Error::NotOfRole(P::GRANT.hats));
        }
        limits::keep(&db, app, parts, Whom::Account(found.person.account)).await?;
        drafts_first(parts, &db, (standing, &here), &submission).await?;
        if P::GRANT.fresh && submission.acts() && !found.person.proof.is_fresh(app.now()) {
            return Err(Error::ConfirmationRequired);
        }
        Ok(Self {
            asker: Asker::new(db, standing, here, Some(member), submission, app.settings.scanner.is_some())
                .in_session(found.person.session),
            permission: PhantomData,
        })
    }
}

/// The two buttons of a draft act here, before any handler reads the form; a page where a draft waits shows that draft,
/// unless its form is begun with a record: then the page only says that a draft waits.
async fn drafts_first(parts: &Parts, db: &Db, (standing, here): (Standing, &Here), sent: &Submission) -> Result<(), Error> {
    let path = parts.uri.path();
    let slug = path.split('/').nth(1).unwrap_or_default();
    if parts.method == http::Method::GET && drafts::are_kept_at(path) {
        let page = drafts::page_at(&parts.uri);
        return match drafts::find(db, standing, &page).await? {
            Some(draft) if draft.page == page => Err(Error::DraftWaits(draft)),
            Some(_) => {
                here.note_draft();
                Ok(())
            }
            None => Ok(()),
        };
    }
    match drafts::put(db, standing, sent, (slug, path)).await? {
        Some(done) => Err(Error::Answered(done)),
        None => Ok(()),
    }
}

/// Somebody for whom an agency's provider vouches, at an address where that opens nothing: whether there is an agency, and whether
/// they have a role there, the answer does not tell.
fn vouched_elsewhere(found: &Found) -> Option<Error> {
    let vouched_by = found.person.proof.vouched_by?;
    let has_something_here = found.agency == Some(vouched_by) && (found.must_choose || found.suspended || found.way_ended);
    (!has_something_here).then_some(Error::Lacks(Lack::Own))
}

/// Somebody signed in who wears no hat in this agency: they have to choose one, or there is nothing here for them. A form that
/// ended their own membership still answers as it did the first time.
async fn without_hat(app: &App, found: &Found, sent: &Submission) -> Error {
    let Some(agency) = found.agency else { return Error::NotFound };
    // No day is asked for: it only looks for an answer that was given.
    let (zone, account, link, body) = (chrono_tz::Tz::UTC, Some(found.person.account), None, None);
    let standing = Standing { agency, account, membership: None, hat: Hat::Partner, body, landscape: false, link, zone };
    match sent.answered(&app.db, standing).await {
        Ok(Some(before)) => Error::Answered(before),
        Ok(None) if found.must_choose => Error::HatRequired,
        // Another sign-in opens the same door.
        Ok(None) if found.way_ended => Error::SignInRequired,
        Ok(None) if found.suspended => Error::Suspended,
        Ok(None) => match session::has_ended(&app.db, standing).await {
            Ok(true) => Error::Ended,
            Ok(false) => Error::NotFound,
            Err(error) => error,
        },
        Err(error) => error,
    }
}

fn standing_of(person: &Person, agency: &Agency, member: &Member, hat: Hat) -> Standing {
    let (body, landscape, zone) = (member.body, member.landscape, agency.zone);
    Standing { agency: agency.id, account: Some(person.account), membership: Some(member.id), hat, body, landscape, link: None, zone }
}

/// On whose behalf somebody asks whose sign-in was looked up; none where it does not open the agency.
pub(super) fn standing(found: &Found) -> Option<Standing> {
    let (agency, member) = found.place.as_ref()?;
    let hat = hat_of(member)?;
    found.person.proof.lacks(agency.id, found.rule, hat).is_none().then(|| standing_of(&found.person, agency, member, hat))
}

fn hat_of(member: &Member) -> Option<Hat> {
    use super::labels::Label as _;
    let hat = Hat::parse(&member.role)?;
    Some(if hat == Hat::Partner && member.steward { Hat::Steward } else { hat })
}

/// The live sign-in of a request, with the membership of the agency that its address names, and the database for this request.
/// A page goes on with the connection that this was looked up on; a form may take long to arrive, and asks for one later.
async fn signed_in(parts: &Parts, app: &App) -> Result<(Found, Db), Error> {
    Visit::note(parts, |_| ());
    let token = session::cookie(&parts.headers, SESSION_COOKIE).and_then(Token::from_text).ok_or(Error::SignInRequired)?;
    let slug = parts.uri.path().split('/').nth(1).unwrap_or_default();
    let (found, connection) = session::look_up_on(&app.db, &token, slug).await?;
    let found = found.ok_or(Error::SignInRequired)?;
    Visit::note(parts, |noted| noted.account = Some(found.person.account));
    if found.person.is_demo && !demo_may_come_in(parts, app) {
        return Err(Error::SignInRequired);
    }
    let db = if parts.method.is_safe() {
        app.db.going_on_with(connection)
    } else {
        drop(connection);
        app.db.clone()
    };
    session::note_use(&db, &found).await?;
    Ok((found, db))
}

/// The demonstration's people are let in only on this machine itself, without anything in front, and never beside a real agency.
#[must_use]
pub fn demo_may_come_in(parts: &Parts, app: &App) -> bool {
    let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let forwarded = parts.headers.keys().any(|name| name == http::header::FORWARDED || name.as_str().starts_with("x-forwarded-"));
    app.allows_demo() && is_local(host) && !forwarded
}

/// Outside an agency nothing is shown again and everything acts at once: text that came back stops here.
fn never_again(parts: &Parts) -> Result<(), Error> {
    Submission::of(parts).brought_back().map_or(Ok(()), |why| Err(Error::Refused(Problems::brought_back(why))))
}

/// Somebody with a live sign-in, outside any agency.
#[derive(Debug)]
pub struct SignedIn {
    /// The person and the sign-in.
    pub found: Found,
    /// The application.
    pub app: App,
    here: Here,
}

impl SignedIn {
    /// What every page needs.
    #[must_use]
    pub fn here(&self) -> Here {
        self.here.clone()
    }
}

impl Guard for SignedIn {
    fn need() -> Need {
        Need::SignedIn
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let (found, db) = signed_in(parts, app).await?;
        let here = Here::outside(parts, app, Some(&found.person));
        Place::note(parts, here.clone());
        // What concerns the whole account is not for whoever an agency's provider vouches for.
        if found.person.proof.vouched_by.is_some() && parts.uri.path().split('/').nth(1) == Some("account") {
            return Err(Error::Lacks(Lack::Own));
        }
        never_again(parts)?;
        limits::keep(&db, app, parts, Whom::Account(found.person.account)).await?;
        Ok(Self { found, app: app.clone(), here })
    }
}

/// Somebody who has shown lately that it is them, by what is their own: what they sign in with is changed under this. An agency's
/// provider vouches for its staff, not for the person, so its word is not enough here.
#[derive(Debug)]
pub struct Fresh(SignedIn);

impl Deref for Fresh {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl Fresh {
    /// They have shown it once more since the sign-in began, or began it just now.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn is_confirmed(&self) -> Result<bool, Error> {
        let (app, person) = (&self.app, &self.found.person);
        Ok(person.proof.is_of_just_now(app.now()) || session::was_confirmed(&app.db, person.account, person.session).await?)
    }
}

impl Guard for Fresh {
    fn need() -> Need {
        Need::Fresh
    }
}

impl FromRequestParts<App> for Fresh {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let who = SignedIn::from_request_parts(parts, app).await?;
        let proof = &who.found.person.proof;
        if proof.by == ProvedBy::Sso {
            return Err(Error::Lacks(Lack::Own));
        }
        if proof.is_fresh(app.now()) { Ok(Self(who)) } else { Err(Error::ConfirmationRequired) }
    }
}

/// Somebody who has shown it once more since the sign-in began, or began it just now: by what somebody signs in, an agency’s single
/// sign-on as well, is added and taken away under this. Whoever comes upon a sign-in that is a few minutes old adds nothing of their own
/// to the account.
#[derive(Debug)]
pub struct Confirmed(Fresh);

impl Deref for Confirmed {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl Guard for Confirmed {
    fn need() -> Need {
        Need::Confirmed
    }
}

impl FromRequestParts<App> for Confirmed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let who = Fresh::from_request_parts(parts, app).await?;
        if who.is_confirmed().await? { Ok(Self(who)) } else { Err(Error::ConfirmationRequired) }
    }
}

/// Anybody at all; said aloud.
#[derive(Debug)]
pub struct Anyone {
    /// The application.
    pub app: App,
    /// Whether the demonstration's people may sign in through this request.
    pub demo_may_come_in: bool,
    /// The sign-in that the browser carries, if any; it may have ended.
    pub token: Option<Token>,
    /// Where the request comes from.
    pub network: Option<Network>,
    here: Here,
}

impl Anyone {
    /// What every page needs.
    #[must_use]
    pub fn here(&self) -> Here {
        self.here.clone()
    }
}

impl Guard for Anyone {
    fn need() -> Need {
        Need::Anyone
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        never_again(parts)?;
        limits::keep(&app.db, app, parts, Whom::Nobody).await?;
        Ok(Self {
            network: Network::of(parts, &app.settings),
            app: app.clone(),
            demo_may_come_in: demo_may_come_in(parts, app),
            token: session::cookie(&parts.headers, SESSION_COOKIE).and_then(Token::from_text),
            here: Here::outside(parts, app, None),
        })
    }
}
