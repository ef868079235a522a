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

/// Taking an invitation up. With an account already there, the password is that account's.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AcceptForm {
    pub(super) name: String,
    #[serde(skip_serializing)]
    pub(super) key: String,
    #[serde(skip_serializing)]
    pub(super) password: String,
}

impl AcceptForm {
    pub(super) fn parse(&self, has_account: bool) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        let name =
            if has_account { String::new() } else { problems.text("name", &self.name, 100, "Enter your name as people here know you") };
        let length = self.password.chars().count();
        if has_account && length == 0 {
            problems.add("password", "Enter the password of your account");
        } else if !has_account && length < LEAST {
            problems
                .add("password", format!("Choose a password of at least {LEAST} characters; a few words in a row are easy to remember"));
        } else if length > MOST {
            problems.add("password", format!("Shorten the password to {MOST} characters"));
        }
        problems.or((name, self.password.clone()))
    }
}
