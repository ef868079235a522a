//! What is said between the site and a provider: OpenID Connect's code flow with PKCE, by `openidconnect`. Only the issuer that
//! the administrator entered counts, to the letter; what cannot be fetched or checked is an error and never an answer.

use super::{
    logout,
    model::{Attempt, Identity, Provider, Purpose, Refusal, SKEW, Vouched, purpose_of},
};
use crate::{
    accounts::paths,
    platform::{
        app::App,
        fetch::{Fetcher, Unfetched},
        proof::FRESH,
        session::Token,
    },
};
use chrono::{DateTime, Duration, Utc};
use futures_util::{FutureExt as _, future::BoxFuture};
use openidconnect::{
    AccessTokenHash, AdditionalProviderMetadata, AsyncHttpClient, AuthType, AuthenticationContextClass, AuthorizationCode,
    ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndSessionUrl, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdTokenVerifier, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadata, RedirectUrl, RequestTokenError, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
        CoreGrantType, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
        CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
        CoreTokenResponse,
    },
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How long what a provider publishes about itself, and its keys, are kept in memory.
pub(super) const KEPT: Duration = Duration::minutes(5);
/// When a provider saw somebody longer ago than this, it is not kept when: it was not lately.
const LONG_AGO: Duration = Duration::days(1);

/// Signatures that the provider's published keys check. None of no key at all, and none of a key that is shared: whoever knows
/// the published one could make those.
pub(super) const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What of a provider's own description is not in the library.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct More {
    /// It names itself in every answer (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    /// Where people sign out of it.
    #[serde(default)]
    end_session_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for More {}

pub(super) type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
type Asker = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// Why there is no word of a provider that holds; the words are for the log, and hold nothing of a person.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// The site does not ask there.
    #[error("barred: {0}")]
    Barred(&'static str),
    /// Nothing usable came.
    #[error("away: {0}")]
    Away(String),
    /// What came does not hold.
    #[error("unsound: {0}")]
    Unsound(String),
    /// It holds, and is less than the agency asks for.
    #[error("too little: {0}")]
    TooLittle(&'static str),
}

impl From<&Fault> for Refusal {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Barred(_) | Fault::Away(_) => Self::Away,
            Fault::Unsound(_) => Self::Unsound,
            Fault::TooLittle(_) => Self::OneFactor,
        }
    }
}

impl From<Unfetched> for Fault {
    fn from(error: Unfetched) -> Self {
        match error {
            Unfetched::Refused(why) => Self::Barred(why),
            Unfetched::Failed(why) => Self::Away(why),
        }
    }
}

pub(super) fn unsound(what: impl ToString) -> Fault {
    Fault::Unsound(what.to_string())
}

/// Whether a provider can be talked to: what it says of itself can be read and fits the issuer, and it publishes keys.
pub(super) async fn try_out(app: &App, issuer: &str) -> Result<(), Fault> {
    let metadata = described(app, issuer, Duration::zero()).await?;
    let keys = keys(app, &metadata, Duration::zero()).await?;
    if keys.keys().is_empty() { Err(unsound("it publishes no keys")) } else { Ok(()) }
}

/// The address at the provider to which the browser goes.
pub(super) async fn way_there(app: &App, provider: &Provider, attempt: &Attempt, state: &Token) -> Result<String, Fault> {
    let metadata = described(app, &provider.issuer, KEPT).await?;
    let asker = asker(app, provider, metadata)?;
    let (state, nonce) = (state.reveal().to_owned(), attempt.nonce.clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
    let request = asker
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(state), move || Nonce::new(nonce))
        .set_pkce_challenge(challenge);
    let levels = provider.levels.split_whitespace().map(|one| AuthenticationContextClass::new(one.to_owned()));
    let request = levels.fold(request, openidconnect::AuthorizationRequest::add_auth_context_value);
    // Whoever is asked for an age has to say when it saw the person; at a plain sign-in a provider may keep that to itself.
    let request = match attempt.purpose {
        Purpose::Again => request.add_prompt(CoreAuthPrompt::Login).set_max_age(FRESH.to_std().unwrap_or_default()),
        _ => request,
    };
    let way = request.url().0;
    app.fetcher.outside().may_ask(&way)?;
    Ok(way.to_string())
}

/// The address at which somebody signs out of the provider, where it has one. It is told which application asks, and not who: the
/// provider knows that by itself, and its ID token is not kept here.
pub(super) async fn way_out(app: &App, provider: &Provider, state: &Token) -> Result<Option<String>, Fault> {
    let metadata = described(app, &provider.issuer, KEPT).await?;
    let Some(at) = metadata.additional_metadata().end_session_endpoint.clone() else { return Ok(None) };
    let back = PostLogoutRedirectUrl::new(address_left(app, &provider.slug)).map_err(unsound)?;
    let way = LogoutRequest::from(EndSessionUrl::new(at).map_err(unsound)?)
        .set_client_id(ClientId::new(provider.application.clone()))
        .set_post_logout_redirect_uri(back)
        .set_state(CsrfToken::new(state.reveal().to_owned()))
        .http_get_url();
    app.fetcher.outside().may_ask(&way)?;
    Ok(Some(way.to_string()))
}

/// What came back by the browser.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Brought {
    pub(super) state: String,
    pub(super) code: String,
    pub(super) iss: String,
    pub(super) error: String,
}

/// Takes the code to the provider and checks all that it answers.
pub(super) async fn vouched(app: &App, provider: &Provider, attempt: &Attempt, brought: &Brought) -> Result<Vouched, Fault> {
    let metadata = described(app, &provider.issuer, KEPT).await?;
    let names_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    if (names_itself || !brought.iss.is_empty()) && brought.iss != provider.issuer {
        return Err(unsound("the answer is another provider’s"));
    }
    let asker = asker(app, provider, metadata.clone())?;
    let answer = exchanged(app, &asker, attempt, &brought.code).await?;
    let token = answer.id_token().ok_or_else(|| unsound("there is no ID token"))?;
    let known = keys(app, &metadata, KEPT).await?;
    let claims = match checked(app, provider, attempt, (token, &answer), known) {
        // It may have changed its keys since they were fetched: they are fetched once more, and no more than that.
        Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
            let anew = keys(app, &metadata, Duration::zero()).await?;
            checked(app, provider, attempt, (token, &answer), anew)
        }
        checked => checked,
    };
    let vouched = word(app.now(), provider, attempt, &claims.map_err(unsound)?)?;
    Ok(Vouched { sid: logout::sid_of(&token.to_string()), ..vouched })
}

/// The library's way out is the site's own.
struct Out(Arc<Fetcher>);

impl<'c> AsyncHttpClient<'c> for Out {
    type Error = Unfetched;
    type Future = BoxFuture<'static, Result<HttpResponse, Unfetched>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        let fetcher = Arc::clone(&self.0);
        async move { fetcher.ask(request).await }.boxed()
    }
}

/// What the provider gives for a code.
async fn exchanged(app: &App, asker: &Asker, attempt: &Attempt, code: &str) -> Result<CoreTokenResponse, Fault> {
    let code = asker.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(unsound)?;
    let code = code.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
    code.request_async(&Out(Arc::clone(&app.fetcher))).await.map_err(refused)
}

/// What is in claims that hold.
fn word(now: DateTime<Utc>, provider: &Provider, attempt: &Attempt, claims: &CoreIdTokenClaims) -> Result<Vouched, Fault> {
    // The verifier asked the same; what decides whose account is opened is asked twice.
    if claims.issuer().as_str() != provider.issuer {
        return Err(unsound("another issuer"));
    }
    let subject = claims.subject().as_str().to_owned();
    if subject.is_empty() || subject.chars().count() > 255 {
        return Err(unsound("no usable subject"));
    }
    let seen = claims.auth_time();
    if seen.is_some_and(|seen| seen > now + Duration::seconds(SKEW)) {
        return Err(unsound("it saw the person in the future"));
    }
    if attempt.purpose == Purpose::Again && seen.is_none_or(|seen| seen < attempt.begun - Duration::seconds(SKEW)) {
        return Err(unsound("it did not ask the person anew, or does not say so"));
    }
    let amr: Vec<String> = claims.auth_method_refs().into_iter().flatten().map(|one| one.as_str().to_owned()).collect();
    let second = provider.counts_double(claims.auth_context_ref().map(|acr| acr.as_str()), &amr);
    if provider.needs_second && !second {
        return Err(Fault::TooLittle("it does not say that two factors were given"));
    }
    let seen = seen.filter(|seen| *seen > now - LONG_AGO).map(|seen| seen.min(now));
    Ok(Vouched { identity: Identity { issuer: provider.issuer.clone(), subject }, second, seen, sid: None })
}

/// The claims of a token once everything about it was checked.
fn checked(
    app: &App,
    provider: &Provider,
    attempt: &Attempt,
    (token, answer): (&CoreIdToken, &CoreTokenResponse),
    keys: CoreJsonWebKeySet,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let (now, begun, skew) = (app.now(), attempt.begun, Duration::seconds(SKEW));
    let application = ClientId::new(provider.application.clone());
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
    // As for an application without a secret, so that no signature made with one passes.
    let verifier = IdTokenVerifier::new_public_client(application, issuer, keys)
        .set_allowed_algs(SIGNED)
        .set_time_fn(move || now - skew)
        .set_issue_time_verifier_fn(move |at| {
            if at > now + skew || at < begun - skew { Err("not issued for this sign-in".to_owned()) } else { Ok(()) }
        });
    let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone()))?;
    let other = |what: &str| ClaimsVerificationError::Other(what.to_owned());
    if claims.authorized_party().is_some_and(|party| **party != provider.application) {
        return Err(other("it was made for another application"));
    }
    if let Some(hash) = claims.access_token_hash() {
        let (alg, key) = (token.signing_alg(), token.signing_key(&verifier));
        let (alg, key) = alg.and_then(|alg| Ok((alg, key?))).map_err(ClaimsVerificationError::SignatureVerification)?;
        if AccessTokenHash::from_token(answer.access_token(), alg, key).ok().as_ref() != Some(hash) {
            return Err(other("the access token is another one’s"));
        }
    }
    Ok(claims.clone())
}

/// What a provider says of itself, at the address that follows from its issuer.
pub(super) async fn described(app: &App, issuer: &str, age: Duration) -> Result<Metadata, Fault> {
    let at = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document = app.fetcher.document(&at, app.now(), age).await?;
    let metadata: Metadata = serde_json::from_slice(&document).map_err(|_| Fault::Away("its description cannot be read".to_owned()))?;
    if metadata.issuer().as_str() == issuer { Ok(metadata) } else { Err(unsound("its description is another issuer’s")) }
}

pub(super) async fn keys(app: &App, metadata: &Metadata, age: Duration) -> Result<CoreJsonWebKeySet, Fault> {
    let document = app.fetcher.document(metadata.jwks_uri().as_str(), app.now(), age).await?;
    serde_json::from_slice(&document).map_err(|_| Fault::Away("its keys cannot be read".to_owned()))
}

fn asker(app: &App, provider: &Provider, metadata: Metadata) -> Result<Asker, Fault> {
    let keys = app.settings.keys.as_ref().ok_or_else(|| unsound("this site has no key"))?;
    let secret = match &provider.secret {
        None => None,
        Some(sealed) => {
            let opened = keys.open(&purpose_of(provider.agency, provider.id), sealed).and_then(|text| String::from_utf8(text).ok());
            Some(ClientSecret::new(opened.ok_or_else(|| unsound("the secret was sealed with a key that is gone"))?))
        }
    };
    let ways = metadata.token_endpoint_auth_methods_supported();
    let in_body = ways.is_some_and(|ways| {
        !ways.contains(&CoreClientAuthMethod::ClientSecretBasic) && ways.contains(&CoreClientAuthMethod::ClientSecretPost)
    });
    let back = RedirectUrl::new(address_back(app, &provider.slug)).map_err(unsound)?;
    let asker = CoreClient::from_provider_metadata(metadata, ClientId::new(provider.application.clone()), secret).set_redirect_uri(back);
    Ok(asker.set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth }))
}

/// The address to which a provider sends people back.
pub(super) fn address_back(app: &App, slug: &str) -> String {
    format!("{}{}", app.settings.public_url, paths::back(slug))
}

/// The address to which a provider sends people back who signed out there.
pub(super) fn address_left(app: &App, slug: &str) -> String {
    format!("{}{}", app.settings.public_url, paths::left(slug))
}

/// The address at which a provider says by itself that somebody signed out there.
pub(super) fn address_told(app: &App, slug: &str) -> String {
    format!("{}{}", app.settings.public_url, paths::signed_out_there(slug))
}

/// Why a code brought no token: the provider refused it, or there was no answer.
fn refused<E: std::error::Error + 'static, R: openidconnect::ErrorResponse + 'static>(error: RequestTokenError<E, R>) -> Fault {
    match error {
        RequestTokenError::ServerResponse(_) => unsound("the provider does not take the code"),
        RequestTokenError::Request(error) => Fault::Away(error.to_string()),
        RequestTokenError::Parse(..) => Fault::Away("its answer cannot be read".to_owned()),
        RequestTokenError::Other(_) => Fault::Away("its answer is empty".to_owned()),
    }
}
