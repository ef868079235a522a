//! The forms of this slice, as typed.

use super::password::{LEAST, MOST, least};
use crate::{mail::Language, platform::form::Problems};
use serde::{Deserialize, Serialize};

/// Signing in.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SignInForm {
    pub(super) email: String,
    #[serde(skip_serializing)]
    pub(super) password: String,
    pub(super) next: String,
}

impl SignInForm {
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        let email = problems.email("email", &self.email, "Enter your email address");
        if self.password.is_empty() {
            problems.add("password", "Enter your password");
        } else if self.password.chars().count() > MOST {
            problems.add("password", format!("Shorten the password to {MOST} characters"));
        }
        problems.or((email, self.password.clone()))
    }
}

/// Another password. Fields that hold one have “password” in their names: by that they are never kept or given back.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PasswordForm {
    #[serde(skip_serializing)]
    pub(super) current_password: String,
    #[serde(skip_serializing)]
    pub(super) new_password: String,
}

impl PasswordForm {
    /// The present one and the new one, which stands beside a second factor or alone.
    pub(super) fn parse(&self, beside: bool) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        if self.current_password.is_empty() || self.current_password.chars().count() > MOST {
            problems.add("current_password", "Enter the password you sign in with now");
        }
        chosen(&mut problems, &self.new_password, beside);
        problems.or((self.current_password.clone(), self.new_password.clone()))
    }
}

/// A new password is long enough, and not too long.
fn chosen(problems: &mut Problems, new: &str, beside: bool) {
    let (length, least) = (new.chars().count(), least(beside));
    if length < least {
        problems.add("new_password", format!("Choose one of at least {least} characters; a few words in a row are easy to remember"));
    } else if length > MOST {
        problems.add("new_password", format!("Shorten the password to {MOST} characters"));
    }
}

/// Asking for the way to a new password.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ForgottenForm {
    pub(super) email: String,
}

impl ForgottenForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut problems = Problems::default();
        let email = problems.email("email", &self.email, "Enter the email address that you sign in with");
        problems.or(email)
    }
}

/// A new password, in place of one that is not known any more.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ResetForm {
    #[serde(skip_serializing)]
    pub(super) key: String,
    /// By which link it was opened.
    #[serde(skip_serializing)]
    pub(super) link: String,
    #[serde(skip_serializing)]
    pub(super) new_password: String,
}

impl ResetForm {
    pub(super) fn parse(&self, beside: bool) -> Result<String, Problems> {
        let mut problems = Problems::default();
        chosen(&mut problems, &self.new_password, beside);
        problems.or(self.new_password.clone())
    }
}

/// Said to whoever takes an invitation up with a short password that is not the one of their address.
pub(super) fn too_short() -> String {
    format!("Enter the password you sign in with, or choose one of at least {LEAST} characters; a few words in a row are easy to remember")
}

/// Taking an invitation up. It asks the same of everybody, so that it tells nobody whether an address has an account: where it
/// has one, the password is that account's.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AcceptForm {
    pub(super) name: String,
    #[serde(skip_serializing)]
    pub(super) key: String,
    /// By which link it was opened.
    #[serde(skip_serializing)]
    pub(super) link: String,
    #[serde(skip_serializing)]
    pub(super) password: String,
    /// Of a body's first steward: what the one who wrote the body's act down gave them.
    #[serde(skip_serializing)]
    pub(super) code: String,
}

impl AcceptForm {
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        let name = problems.text("name", &self.name, 100, "Enter your name as people here know you");
        if self.password.is_empty() {
            problems.add("password", too_short());
        } else if self.password.chars().count() > MOST {
            problems.add("password", format!("Shorten the password to {MOST} characters"));
        }
        problems.or((name, self.password.clone()))
    }
}

/// Another address for one's sign-in.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AddressForm {
    pub(super) address: String,
}

impl AddressForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut problems = Problems::default();
        let address = problems.email("address", &self.address, "Enter your new email address");
        problems.or(address)
    }
}

/// In which language one is written to.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LanguageForm {
    pub(super) language: String,
}

impl LanguageForm {
    pub(super) fn parse(&self) -> Result<Language, Problems> {
        let mut problems = Problems::default();
        let language = Language::chosen(&mut problems, &self.language).unwrap_or_default();
        problems.or(language)
    }
}

/// What one of two addresses answers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) said: String,
    /// By which link it was opened.
    #[serde(skip_serializing)]
    pub(super) link: String,
}

impl WordForm {
    /// Whether it is a yes.
    pub(super) fn parse(&self) -> Result<bool, Problems> {
        let mut problems = Problems::default();
        if !["yes", "no"].contains(&self.said.as_str()) {
            problems.add("", "Press one of the two buttons: yes, or no");
        }
        problems.or(self.said == "yes")
    }
}

/// Closing one's account.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ClosingForm {
    pub(super) close: String,
}

impl ClosingForm {
    pub(super) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if self.close.is_empty() {
            problems.add("close", "Tick this to close your account");
        }
        problems
    }
}
