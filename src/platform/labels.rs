//! Closed lists of words: one enum is the text in the database, the value in a form and the label on the screen.

/// An enum whose every variant is a text in the database and a label on the screen.
pub trait Label: Sized + Copy + PartialEq + 'static {
    /// Every variant, in the order in which people read them.
    const ALL: &'static [Self];

    /// As stored and sent.
    fn as_str(self) -> &'static str;

    /// As shown.
    fn label(self) -> &'static str;

    /// The variant with this stored text.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == text)
    }

    /// The list as choices of a form.
    fn choices() -> Vec<super::form::Choice> {
        Self::ALL.iter().map(|one| super::form::Choice::new(one.as_str(), one.label())).collect()
    }
}

/// The variant that the database says.
///
/// # Errors
/// When no variant has this text.
pub fn known<L: Label>(text: &str) -> Result<L, String> {
    L::parse(text).ok_or_else(|| format!("{} knows no “{text}”", std::any::type_name::<L>()))
}

/// A closed list that leaves in tables: its codes are explained in a data dictionary.
pub trait Coded {
    /// Every variant as stored and as shown.
    const CODES: &'static [(&'static str, &'static str)];
}

/// Declares such an enum: `labels! { /// What … pub enum Kind { Tribe = "tribe", "Tribe"; Court = "court", "Court"; } }`.
#[macro_export]
macro_rules! labels {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vmeta])* #[doc = $label] $variant,)+
        }

        // By hand, because `derive(sqlx::Type)` knows the type by its name alone: each new connection asked the catalogue
        // what `text` is before it could send the first label.
        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <str as sqlx::Type<sqlx::Postgres>>::type_info()
            }
            fn compatible(other: &sqlx::postgres::PgTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::Postgres>>::compatible(other)
            }
        }

        impl sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> sqlx::postgres::PgTypeInfo {
                <String as sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }

        impl sqlx::Encode<'_, sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut sqlx::postgres::PgArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let text = $crate::platform::labels::Label::as_str(*self);
                <&str as sqlx::Encode<'_, sqlx::Postgres>>::encode_by_ref(&text, buffer)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let text = <&str as sqlx::Decode<'r, sqlx::Postgres>>::decode(value)?;
                $crate::platform::labels::known(text).map_err(Into::into)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str($crate::platform::labels::Label::as_str(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize<'de>>::deserialize(from)?;
                $crate::platform::labels::known(&text).map_err(serde::de::Error::custom)
            }
        }

        impl $crate::platform::labels::Label for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }

        impl $crate::platform::labels::Coded for $name {
            const CODES: &'static [(&'static str, &'static str)] = &[$(($text, $label)),+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::platform::labels::Label::label(*self))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::{Label as _, known};
    use sqlx::{Postgres, Type, postgres::PgHasArrayType};

    labels! {
        /// Where a ball is.
        pub enum Place {
            Here = "here", "with us";
            Away = "away", "with them";
        }
    }

    #[test]
    fn a_label_is_sent_without_asking_what_a_text_is() {
        // A type that is known by its name alone has no number, and a connection asks for it.
        assert!(<Place as Type<Postgres>>::type_info().oid().is_some());
        assert!(Place::array_type_info().oid().is_some());
    }

    #[test]
    fn a_text_is_its_variant_or_a_fault() {
        assert_eq!(known::<Place>("away"), Ok(Place::Away));
        assert!(known::<Place>("lost").is_err_and(|said| said.contains("lost")));
        assert_eq!(serde_json::from_str::<Place>("\"here\"").map(Place::label).ok(), Some("with us"));
    }
}
