//! What a provider says by itself when somebody signed out there (OpenID Connect Back-Channel Logout 1.0). What does not hold in every
//! part ends nobody's sign-in; nothing is fetched for a token that does not name a provider of ours.

use super::{
    model::{Hash, Provider, SKEW},
    protocol::{Fault, KEPT, SIGNED, described, keys, unsound},
};
use crate::platform::app::App;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use openidconnect::{
    JsonWebKey as _, JsonWebKeyUse,
    core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// What makes a token one of signing out.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// A token that is older is not taken, whatever it says of its end: so long its number is kept.
pub(super) const OLDEST: Duration = Duration::minutes(10);
/// Keys that a token does not fit are fetched once more, but for nobody who sends such tokens more often than this.
const KEYS_AGAIN: Duration = Duration::minutes(1);
/// No provider's token is larger, in bytes.
const LARGEST: usize = 16 * 1024;

/// About which sign-ins a provider says that they ended there: one of them, or all of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignedOut {
    pub(super) subject: Option<String>,
    pub(super) sid: Option<Hash>,
    /// The hash of the token's number: it is taken once.
    pub(super) number: Hash,
}

/// A token as it came, before anything of it was believed.
#[derive(Debug)]
pub(super) struct Told<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

impl<'a> Told<'a> {
    /// None where it is no token at all.
    pub(super) fn read(token: &'a str) -> Option<Self> {
        if token.len() > LARGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        Some(Self { signed, signature: URL_SAFE_NO_PAD.decode(signature).ok()?, header: object(header)?, claims: object(claims)? })
    }

    /// The issuer and the application that it names.
    pub(super) fn names(&self) -> Option<(&str, &str)> {
        let audience = match self.claims.get("aud")? {
            Value::Array(all) if all.len() == 1 => all.first()?.as_str()?,
            other => other.as_str()?,
        };
        Some((self.text("iss")?, audience))
    }

    fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str().filter(|text| !text.is_empty() && text.len() <= 1_000)
    }

    /// What it says, where all of it but the signature holds.
    fn says(&self, provider: &Provider, now: DateTime<Utc>) -> Result<SignedOut, &'static str> {
        // The provider was found by them; what decides whose sign-ins end is asked twice.
        if self.names() != Some((provider.issuer.as_str(), provider.application.as_str())) {
            return Err("it is another issuer’s, or for another application");
        }
        let kind = self.header.get("typ").map(|kind| kind.as_str().unwrap_or_default().to_ascii_lowercase());
        if kind.is_some_and(|kind| !matches!(kind.as_str(), "logout+jwt" | "application/logout+jwt" | "jwt"))
            || self.header.contains_key("crit")
        {
            return Err("it is a token of another kind");
        }
        let seconds = |claim: &str| self.claims.get(claim).and_then(Value::as_i64);
        let (skew, at) = (Duration::seconds(SKEW), seconds("iat").and_then(|at| DateTime::from_timestamp(at, 0)));
        if at.is_none_or(|at| at > now + skew || at <= now - OLDEST) {
            return Err("it was not made just now");
        }
        if self.claims.contains_key("exp") && seconds("exp").is_none_or(|end| end <= (now - skew).timestamp()) {
            return Err("it is past its end");
        }
        let event = self.claims.get("events").and_then(|events| events.get(EVENT));
        if self.claims.contains_key("nonce") || event.is_none_or(|event| !event.is_object()) {
            return Err("it does not say that somebody signed out");
        }
        let number = self.text("jti").ok_or("it has no number")?;
        let named =
            |claim: &str| if self.claims.contains_key(claim) { self.text(claim).map(Some).ok_or("it names nobody") } else { Ok(None) };
        let (subject, sid) = (named("sub")?, named("sid")?);
        if subject.is_none() && sid.is_none() {
            return Err("it names nobody");
        }
        let number = hash(&format!("{} {number}", provider.id));
        Ok(SignedOut { subject: subject.map(str::to_owned), sid: sid.map(hash), number })
    }

    /// Whether one of these keys signed it; none where none of them could have.
    fn is_signed(&self, keys: &CoreJsonWebKeySet) -> Option<bool> {
        let alg: CoreJwsSigningAlgorithm = serde_json::from_value(self.header.get("alg")?.clone()).ok()?;
        if !SIGNED.contains(&alg) {
            return Some(false);
        }
        let named = self.header.get("kid").map(|kid| kid.as_str().unwrap_or_default());
        let fits = |key: &&CoreJsonWebKey| {
            key.key_use().is_none_or(JsonWebKeyUse::allows_signature)
                && named.is_none_or(|named| key.key_id().is_some_and(|id| id.as_str() == named))
        };
        let mut fitting = keys.keys().iter().filter(fits).peekable();
        fitting.peek()?;
        Some(fitting.any(|key| key.verify_signature(&alg, self.signed.as_bytes(), &self.signature).is_ok()))
    }
}

/// Checks all of a token; the keys are asked for last.
pub(super) async fn checked(app: &App, provider: &Provider, told: &Told<'_>) -> Result<SignedOut, Fault> {
    let said = told.says(provider, app.now()).map_err(unsound)?;
    let metadata = described(app, &provider.issuer, KEPT).await?;
    let signed = match told.is_signed(&keys(app, &metadata, KEPT).await?) {
        None => told.is_signed(&keys(app, &metadata, KEYS_AGAIN).await?),
        known => known,
    };
    if signed == Some(true) { Ok(said) } else { Err(unsound("no key of the provider signed it")) }
}

/// The hash of what a provider calls a sign-in there, from a token of it that was checked.
pub(super) fn sid_of(token: &str) -> Option<Hash> {
    Told::read(token)?.text("sid").map(hash)
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}
