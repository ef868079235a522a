//! One relationship, rated from both sides.

use crate::platform::ids::PartnerId;
use chrono::NaiveDate;

labels! {
    /// Whose rating it is.
    pub enum Side {
        Agency = "agency", "the agency";
        Partner = "partner", "the partner";
    }
}

/// The latest ratings of one relationship.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// A Tribal government.
    pub is_tribe: bool,
    /// The agency's rating, 1 to the length of the scale.
    pub ours: Option<i16>,
    /// When the agency rated.
    pub ours_on: Option<NaiveDate>,
    /// The partner's rating, where it lets it be read.
    pub theirs: Option<i16>,
    /// When the partner rated.
    pub theirs_on: Option<NaiveDate>,
    /// The partner has rated and keeps it to itself.
    pub kept: bool,
    /// When the agency and this Tribe last spoke as governments; never for a partner.
    pub spoke_on: Option<NaiveDate>,
}

impl Pair {
    /// How far the two sides are apart, where both are known.
    #[must_use]
    pub fn gap(&self) -> Option<i16> {
        Some((self.ours? - self.theirs?).abs())
    }

    /// The partner rates the relationship lower than the agency does.
    #[must_use]
    pub fn they_rate_lower(&self) -> bool {
        self.ours.zip(self.theirs).is_some_and(|(ours, theirs)| theirs < ours)
    }

    /// Neither side has rated.
    #[must_use]
    pub fn is_unrated(&self) -> bool {
        self.ours.is_none() && self.theirs_on.is_none()
    }

    /// Rated at or below a step, by either side as far as the reader knows.
    #[must_use]
    pub fn is_at_or_below(&self, step: Option<i16>) -> bool {
        step.is_some_and(|step| self.ours.is_some_and(|ours| ours <= step) || self.theirs.is_some_and(|theirs| theirs <= step))
    }

    /// The agency's rating in the scale's words.
    #[must_use]
    pub fn ours_words(&self, scale: &[String]) -> String {
        self.ours.map_or_else(|| "not rated".to_owned(), |value| word(value, scale))
    }

    /// The partner's rating in the scale's words.
    #[must_use]
    pub fn theirs_words(&self, scale: &[String]) -> String {
        match (self.theirs, self.kept) {
            (Some(value), _) => word(value, scale),
            (None, true) => "rated, kept by them".to_owned(),
            (None, false) => "not rated".to_owned(),
        }
    }
}

/// "2 developing".
pub(super) fn word(value: i16, scale: &[String]) -> String {
    let label = usize::try_from(value - 1).ok().and_then(|at| scale.get(at)).map_or("", String::as_str);
    format!("{value} {label}")
}

/// One rating as its history shows it.
#[derive(Debug, Clone)]
pub(super) struct Rated {
    pub(super) side: Side,
    pub(super) value: Option<i16>,
    pub(super) kept: bool,
    pub(super) note: String,
    pub(super) on: NaiveDate,
    pub(super) by: String,
}

/// How somebody stands to one relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// On the agency's side, among those who see the landscape.
    OfTheAgency,
    /// On the agency's side, not named: they may rate, and see nothing.
    Unnamed,
    /// Speaks for the body.
    ForTheBody,
    /// Belongs to the body without speaking for it.
    OfTheBody,
}

impl Stands {
    /// The side they rate for.
    pub(super) fn side(self) -> Option<Side> {
        match self {
            Self::OfTheAgency | Self::Unnamed => Some(Side::Agency),
            Self::ForTheBody => Some(Side::Partner),
            Self::OfTheBody => None,
        }
    }
}
