//! The forms of this slice, as typed.

use super::password::{LEAST, MOST};
use crate::platform::form::Problems;
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
    /// The present one and the new one.
    pub(super) fn parse(&self) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        if self.current_password.is_empty() || self.current_password.chars().count() > MOST {
            problems.add("current_password", "Enter the password you sign in with now");
        }
        chosen(&mut problems, &self.new_password);
        problems.or((self.current_password.clone(), self.new_password.clone()))
    }
}

/// A new password is long enough, and not too long.
fn chosen(problems: &mut Problems, new: &str) {
    let length = new.chars().count();
    if length < LEAST {
        problems.add("new_password", format!("Choose one of at least {LEAST} characters; a few words in a row are easy to remember"));
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
    #[serde(skip_serializing)]
    pub(super) new_password: String,
}

impl ResetForm {
    pub(super) fn parse(&self) -> Result<String, Problems> {
        let mut problems = Problems::default();
        chosen(&mut problems, &self.new_password);
        problems.or(self.new_password.clone())
    }
}

/// Taking an invitation up. It asks the same of everybody, so that it tells nobody whether an address has an account: where it
/// has one, the password is that account's.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AcceptForm {
    pub(super) name: String,
    #[serde(skip_serializing)]
    pub(super) key: String,
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
        let length = self.password.chars().count();
        if length < LEAST {
            problems.add(
                "password",
                format!("Enter the password you sign in with, or choose one of at least {LEAST} characters; a few words in a row are easy to remember"),
            );
        } else if length > MOST {
            problems.add("password", format!("Shorten the password to {MOST} characters"));
        }
        problems.or((name, self.password.clone()))
    }
}
