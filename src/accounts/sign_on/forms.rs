//! What an administrator enters of a provider, and the buttons that lead to one, as typed.

use super::model::Entered;
use crate::platform::form::{Problems, ticked};
use serde::{Deserialize, Serialize};
use url::Url;

/// A provider.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ProviderForm {
    pub(super) issuer: String,
    pub(super) application: String,
    /// Has “password” in its name: by that it is never kept or given back.
    #[serde(skip_serializing)]
    pub(super) application_password: String,
    pub(super) label: String,
    pub(super) active: String,
    pub(super) levels: String,
    pub(super) counts_methods: String,
    pub(super) needs_second: String,
}

/// What a provider says by itself: its token alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ToldForm {
    pub(super) logout_token: String,
}

/// As many levels as a request carries in an address that everything reads.
const MOST_LEVELS: usize = 10;

impl ProviderForm {
    /// `first`: there is no secret yet.
    pub(super) fn parse(&self, first: bool) -> Result<Entered, Problems> {
        let mut p = Problems::default();
        let issuer = p.text("issuer", &self.issuer, 300, "Enter the provider’s issuer, as its own pages give it");
        if !issuer.is_empty() && !is_issuer(&issuer) {
            p.add("issuer", "Enter an address that begins with https://, without a question mark or #");
        }
        let application = p.text("application", &self.application, 300, "Enter the ID that the provider gave to this application");
        let secret = self.application_password.trim();
        if secret.is_empty() && first {
            p.add("application_password", "Enter the secret that the provider gave to this application");
        } else if secret.chars().count() > 500 {
            p.add("application_password", "Shorten the secret to 500 characters");
        }
        let label = p.text("label", &self.label, 60, "Enter what people call this sign-in");
        let secret = (!secret.is_empty()).then(|| secret.to_owned());
        let levels = self.levels(&mut p);
        let (counts_methods, needs_second) = (ticked(&self.counts_methods), ticked(&self.needs_second));
        p.or(Entered { issuer, application, secret, label, active: ticked(&self.active), levels, counts_methods, needs_second })
    }

    /// Each once, with one space between them, as they go into the request.
    fn levels(&self, p: &mut Problems) -> String {
        let line = p.optional("levels", &self.levels, 1_000);
        let mut levels: Vec<&str> = Vec::new();
        for one in line.split_whitespace() {
            if !levels.contains(&one) {
                levels.push(one);
            }
        }
        if levels.iter().any(|one| !one.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')) {
            p.add("levels", "Enter the levels as the provider’s pages give them, with a space between two");
        } else if levels.len() > MOST_LEVELS {
            p.add("levels", format!("Enter at most {MOST_LEVELS} levels"));
        }
        levels.join(" ")
    }
}

/// Compared exactly ever after, so it is kept as it was typed. Plain http is for this machine; whether the site asks there is decided elsewhere.
fn is_issuer(typed: &str) -> bool {
    let begins = typed.starts_with("https://") || typed.starts_with("http://");
    begins
        && Url::parse(typed)
            .is_ok_and(|url| url.host().is_some() && url.query().is_none() && url.fragment().is_none() && url.username().is_empty())
}

/// Requiring it, or not any more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    pub(super) required: String,
}

/// Going to a provider.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BeginForm {
    pub(super) provider: String,
    pub(super) next: String,
    pub(super) invitation: String,
    pub(super) again: String,
    pub(super) key: String,
}

/// Joining a sign-in to one's account.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct JoinForm {
    pub(super) provider: String,
    pub(super) next: String,
    pub(super) key: String,
}

/// Taking one off.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TakeOffForm {
    pub(super) identity: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_kept_to_the_letter() {
        let form = |issuer: &str| ProviderForm {
            issuer: issuer.to_owned(),
            application: "table".to_owned(),
            application_password: "secret".to_owned(),
            label: "County account".to_owned(),
            ..ProviderForm::default()
        };
        for fine in ["https://login.agency.example", "https://login.agency.example/", "https://login.example/tenant/v2.0"] {
            assert_eq!(form(fine).parse(true).unwrap().issuer, fine);
        }
        for wrong in [
            "login.agency.example",
            "https://",
            "ftp://x.example",
            "https://x.example/?a",
            "https://x.example/#a",
            "https://me@x.example/",
            "javascript:1",
        ] {
            assert!(form(wrong).parse(true).is_err(), "{wrong}");
        }
    }

    #[test]
    fn levels_stand_in_a_row_each_once() {
        let levels = |typed: &str| {
            let form = ProviderForm {
                issuer: "https://x.example".to_owned(),
                application: "a".to_owned(),
                label: "b".to_owned(),
                levels: typed.to_owned(),
                ..ProviderForm::default()
            };
            form.parse(false).map(|entered| entered.levels)
        };
        assert_eq!(levels("").unwrap(), "");
        assert_eq!(levels("  https://refeds.org/profile/mfa   phr  phr ").unwrap(), "https://refeds.org/profile/mfa phr");
        for wrong in ["“phr”", "ph\"r", "a\\b", "a b c d e f g h i j k"] {
            assert!(levels(wrong).is_err_and(|problems| problems.of("levels").is_some()), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_asked_for_once() {
        let form = ProviderForm {
            issuer: "https://x.example".to_owned(),
            application: "a".to_owned(),
            label: "b".to_owned(),
            ..ProviderForm::default()
        };
        assert!(form.parse(true).unwrap_err().of("application_password").is_some());
        assert!(form.parse(false).unwrap().secret.is_none());
    }
}
