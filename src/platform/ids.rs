//! Ids of rows as types of their own, so that a partner's id is never handed in for a membership's.
//! The only place that makes ids: version 7 for records (they sort by time), version 4 for anything anonymous.

use uuid::Uuid;

/// Declares a newtype over [`Uuid`] that is stored, sent and printed like one.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id that sorts after all earlier ones.
            #[must_use]
            pub fn fresh() -> Self {
                Self($crate::platform::ids::fresh())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        /// Templates hand references.
        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                *id
            }
        }

        impl From<&&$name> for $name {
            fn from(id: &&$name) -> Self {
                **id
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A tenant.
    AgencyId
);
id!(
    /// A person's one sign-in, shared by all agencies.
    AccountId
);
id!(
    /// One sign-in on one device.
    SessionId
);
id!(
    /// A person in one agency under one hat.
    MembershipId
);
id!(
    /// A partner: a body the agency works with.
    PartnerId
);
id!(
    /// Any record that others may refer to: its row in `subject`.
    SubjectId
);
id!(
    /// A stored file.
    FileId
);

id!(
    /// An agency's provider of single sign-on.
    ProviderId
);
id!(
    /// Who somebody is at a provider, joined to their account.
    IdentityId
);

/// A new version 7 id.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
pub fn fresh() -> Uuid {
    Uuid::now_v7()
}

/// A new version 4 id: tells nothing of when it was made.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
pub fn anonymous() -> Uuid {
    Uuid::new_v4()
}

/// The version 4 id that follows from a form's key, which is chance: the same form sent twice makes one thing.
#[must_use]
pub fn anonymous_of(key: &str) -> Uuid {
    use sha2::{Digest as _, Sha256};
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("made by {key}"))[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
