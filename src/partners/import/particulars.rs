//! What a list can say of a partner. Empty means that the list is silent, never that the value should be taken away.

use super::headings::Field;
use crate::{
    partners::model::{Brings, Kind, Stage},
    platform::labels::Label as _,
};
use serde::{Deserialize, Serialize};

/// The facts of one partner, from a row or from our own records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// As written, to 300 characters.
    pub name: String,
    /// The list that gave the id, a colon, and the id: `epa:100000001`. Empty when there is none.
    pub official_id: String,
    /// Former and other names.
    pub former_names: Vec<String>,
    /// None when the list does not say or the word is not known.
    #[serde(with = "super::labelled::maybe")]
    pub kind: Option<Kind>,
    /// Where its office is.
    pub city: String,
    /// Where its office is.
    pub state: String,
    /// Served, without the word “County”.
    pub counties: Vec<String>,
    /// Spoken.
    pub languages: Vec<String>,
    /// Beginning with `http://` or `https://`.
    pub website: String,
    /// One address.
    pub email: String,
    /// As written.
    pub phone: String,
    /// As written.
    pub description: String,
    /// Whether it has a contract with the agency.
    pub contracted: Option<bool>,
    /// Where the relationship stands; none when the list does not say.
    #[serde(with = "super::labelled::maybe")]
    pub stage: Option<Stage>,
    /// It belongs to.
    pub communities: Vec<String>,
    /// What it brings, as the database has it.
    pub brings: Vec<String>,
}

impl Particulars {
    /// Whether the kind says Tribe.
    #[must_use]
    pub fn is_tribe(&self) -> bool {
        self.kind == Some(Kind::Tribe)
    }

    /// The value of a field as a person reads it; empty when there is none.
    #[must_use]
    pub fn shown(&self, field: Field) -> String {
        match field {
            Field::Name => self.name.clone(),
            Field::OfficialId => self.official_id.clone(),
            Field::FormerNames => self.former_names.join("; "),
            Field::Kind => self.kind.map(Kind::label).unwrap_or_default().to_owned(),
            Field::City => self.city.clone(),
            Field::State => self.state.clone(),
            Field::Counties => self.counties.join(", "),
            Field::Languages => self.languages.join(", "),
            Field::Website => self.website.clone(),
            Field::Email => self.email.clone(),
            Field::Phone => self.phone.clone(),
            Field::Description => self.description.clone(),
            Field::Contracted => self.contracted.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned(),
            Field::Stage => self.stage.map(Stage::label).unwrap_or_default().to_owned(),
            Field::Communities => self.communities.join(", "),
            Field::Brings => self.brings.iter().filter_map(|one| Brings::parse(one)).map(Brings::label).collect::<Vec<_>>().join(", "),
        }
    }
}
