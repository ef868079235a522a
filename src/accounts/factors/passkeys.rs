//! Passkeys: what a browser is asked, and what it answers. What the site has to know again is sealed into the form, for one purpose
//! and a quarter of an hour; it is answered once. The site's own address says whose passkeys they are.

use super::{
    forms::Said,
    model::PasskeyShown,
    sealed,
    store::{self, Kept, Spent},
};
use crate::platform::{app::App, error::Error, events, ids::AccountId};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
};

/// For how long a challenge may be answered.
const OPEN: Duration = Duration::minutes(15);

/// What a passkey is asked for: an answer to one is none to another.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Purpose {
    /// Signing in with nothing else.
    SignIn,
    /// The second step of this half of a sign-in.
    Second(uuid::Uuid),
    /// This person's word that it is still them.
    Confirm(AccountId),
    /// One more for this person.
    Add(AccountId),
}

impl Purpose {
    fn place(self) -> String {
        match self {
            Self::SignIn => "passkey: sign in".to_owned(),
            Self::Second(half) => format!("passkey: second step of {half}"),
            Self::Confirm(account) => format!("passkey: confirm {account}"),
            Self::Add(account) => format!("passkey: add to {account}"),
        }
    }
}

/// What a page gives to the browser: the question, and what the site has to know again.
#[derive(Debug, Clone)]
pub(in super::super) struct Asked {
    /// As the browser wants it (JSON).
    pub(in super::super) options: String,
    /// Sealed.
    pub(in super::super) state: String,
}

/// Passkeys belong to the host that people type. Where that is only a number, there are none.
fn site(app: &App) -> Option<Webauthn> {
    let address = Url::parse(&app.settings.public_url).ok()?;
    let host = address.domain()?.to_owned();
    WebauthnBuilder::new(&host, &address).ok()?.rp_name("Common Table").build().ok()
}

/// Asks for one of these passkeys, or for any of this site's when none is named. Nothing where this site can have none.
pub(in super::super) fn ask(app: &App, purpose: Purpose, allowed: &[Vec<u8>]) -> Result<Option<Asked>, Error> {
    let Some(site) = site(app).filter(|_| sealed::can_be(app)) else { return Ok(None) };
    let (question, state) = site.start_discoverable_authentication().map_err(Error::internal)?;
    let mut options = serde_json::to_value(question.public_key).map_err(Error::internal)?;
    options["allowCredentials"] = allowed.iter().map(|id| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(id) })).collect();
    asked(app, purpose, &options, &state).map(Some)
}

/// Asks for a new one that is none of these; it is to be found by the browser without a name being typed.
pub(super) fn ask_for_new(app: &App, (account, email, name): (AccountId, &str, &str), have: Vec<Vec<u8>>) -> Result<Option<Asked>, Error> {
    let Some(site) = site(app).filter(|_| sealed::can_be(app)) else { return Ok(None) };
    let (question, state) = site.start_passkey_registration(account.0, email, name, Some(have)).map_err(Error::internal)?;
    let mut options = serde_json::to_value(question.public_key).map_err(Error::internal)?;
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    asked(app, Purpose::Add(account), &options, &state).map(Some)
}

fn asked(app: &App, purpose: Purpose, options: &Value, state: &impl Serialize) -> Result<Asked, Error> {
    let until = (app.now() + OPEN).timestamp();
    let text = format!("{until}\n{}", serde_json::to_string(state).map_err(Error::internal)?);
    let sealed = sealed::seal(app, &purpose.place(), text.as_bytes())?;
    Ok(Asked { options: options.to_string(), state: URL_SAFE_NO_PAD.encode(sealed) })
}

/// What to do when a passkey's answer is not taken.
fn again() -> Error {
    Error::refused("", "Use the passkey once more: what it said was too late, or not meant for this")
}

/// What the site had to know again, when it was sealed for this purpose and is not too old.
fn reopened<T: DeserializeOwned>(app: &App, purpose: Purpose, said: Said<'_>) -> Result<T, Error> {
    let sealed = URL_SAFE_NO_PAD.decode(said.state).map_err(|_| again())?;
    let text = sealed::open(app, &purpose.place(), &sealed).ok_or_else(again)?;
    let text = String::from_utf8(text).map_err(|_| again())?;
    let (until, state) = text.split_once('\n').ok_or_else(again)?;
    if until.parse::<i64>().map_err(|_| again())? <= app.now().timestamp() {
        return Err(again());
    }
    serde_json::from_str(state).map_err(|_| again())
}

/// What was asked is answered once, by one form. Asked only of a right answer: a wrong one leaves nothing behind.
async fn spend(app: &App, said: Said<'_>) -> Result<Spent, Error> {
    let (what, by) = marks(said);
    let spent = store::spend(&app.db, &what, (&by, app.now() + OPEN)).await?;
    if spent == Spent::Before || spent == Spent::BySame && said.key.is_empty() { Err(again()) } else { Ok(spent) }
}

/// By what a question is known that was answered, and by what the form that answered it.
fn marks(said: Said<'_>) -> (Vec<u8>, Vec<u8>) {
    (Sha256::digest(said.state).to_vec(), Sha256::digest(format!("{} {}", said.key, said.credential)).to_vec())
}

/// A passkey that counts its uses said a number that it had said before, or a smaller one. The same form sent twice is found as such, and
/// an answer that was taken already is refused as any; otherwise there may be two of the passkey, and its person hears of it.
async fn went_back(app: &App, said: Said<'_>, kept: Kept) -> Result<Kept, Error> {
    let (what, by) = marks(said);
    match store::spent(&app.db, &what, &by).await? {
        Some(Spent::BySame) if !said.key.is_empty() => return Ok(kept),
        Some(_) => return Err(again()),
        None => {}
    }
    let once = Sha256::digest(format!("went back {}", said.state));
    if store::spend(&app.db, &once, (&by, app.now() + OPEN)).await?.is_first() {
        events::passkey_went_back(kept.account);
        store::doubt(&app.db, &kept).await?;
    }
    Err(Error::refused("", "Sign in another way, and take this passkey away: it looks as if there were a second one of it"))
}

/// Whose passkey answered, when it did so rightly: it was unlocked by its person, for this site and this purpose.
pub(super) async fn answered(app: &App, purpose: Purpose, said: Said<'_>) -> Result<Kept, Error> {
    let site = site(app).ok_or_else(again)?;
    let credential: PublicKeyCredential = serde_json::from_str(said.credential).map_err(|_| again())?;
    let state: DiscoverableAuthentication = reopened(app, purpose, said)?;
    let unknown =
        || Error::refused("", "This passkey is not known here: it was taken away, or belongs to another site. Sign in another way");
    let mut kept = store::by_credential(&app.db, &credential.raw_id).await?.ok_or_else(unknown)?;
    if credential.response.user_handle.as_ref().is_some_and(|handle| handle != kept.account.0.as_bytes()) {
        return Err(again());
    }
    let result = match site.finish_discoverable_authentication_v2(&credential, state, &kept.passkey) {
        Ok(result) => result,
        Err(WebauthnError::CredentialPossibleCompromise) => return went_back(app, said, kept).await,
        Err(_) => return Err(again()),
    };
    if !result.user_verified() {
        return Err(again());
    }
    spend(app, said).await?;
    kept.passkey.update_credential(&result);
    store::used(&app.db, &kept).await?;
    Ok(kept)
}

/// The new passkey that a browser made for this person; nothing where the same form brought it a moment ago.
pub(super) async fn made(app: &App, account: AccountId, said: Said<'_>) -> Result<Option<Passkey>, Error> {
    let site = site(app).ok_or_else(again)?;
    let credential = serde_json::from_str(said.credential).map_err(|_| again())?;
    let state: PasskeyRegistration = reopened(app, Purpose::Add(account), said)?;
    let made = site.finish_passkey_registration(&credential, &state).map_err(|_| again())?;
    Ok(spend(app, said).await?.is_first().then_some(made))
}

/// The ids by which a browser finds these passkeys.
pub(super) async fn ids(app: &App, account: AccountId, shown: &[PasskeyShown]) -> Result<Vec<Vec<u8>>, Error> {
    if shown.is_empty() { Ok(Vec::new()) } else { store::credential_ids(&app.db, account).await }
}
