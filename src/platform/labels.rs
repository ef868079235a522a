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
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
        #[sqlx(type_name = "text")]
        pub enum $name {
            $($(#[$vmeta])* #[doc = $label] #[sqlx(rename = $text)] $variant,)+
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
