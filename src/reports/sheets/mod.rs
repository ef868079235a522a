//! The tables that leave: their columns with their meaning (the data dictionary), what is in them and what is not, said before
//! anybody asks for one.

mod follow_through;
mod groups;
mod heard;
mod obstacles;
mod plans;
mod relationships;

pub(super) use self::{follow_through::SHARED_BY_RAISER, heard::AGREED_ALOUD};
use super::model::What;
use crate::platform::{
    form::Choice,
    labels::Coded as _,
    sheet::{Column, ColumnKind},
    subject::{self, Audience},
};

/// One table that can be exported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    /// The name of the sheet.
    pub(super) name: &'static str,
    /// In one sentence.
    pub(super) about: &'static str,
    /// What one row is.
    pub(super) row: &'static str,
    /// The consent it uses.
    pub(super) consent: &'static str,
    /// What is left out.
    pub(super) left_out: &'static str,
    /// Which day the days of the filter mean; none when days do not narrow it.
    pub(super) day: Option<&'static str>,
    /// The label of its closed list to narrow by, and the list as stored and shown.
    pub(super) states: (&'static str, &'static [(&'static str, &'static str)]),
    /// The columns.
    pub(super) columns: &'static [Column],
}

/// The table of a kind.
pub(super) fn table(what: What) -> &'static Table {
    match what {
        What::Partners => &relationships::PARTNERS,
        What::Outreach => &relationships::OUTREACH,
        What::Governments => &relationships::GOVERNMENTS,
        What::Sessions => &heard::SESSIONS,
        What::Statements => &heard::STATEMENTS,
        What::Themes => &heard::THEMES,
        What::Barriers => &follow_through::BARRIERS,
        What::Goals => &follow_through::GOALS,
        What::Plans => &plans::PLANS,
        What::Means => &plans::MEANS,
        What::Progress => &plans::PROGRESS,
        What::Commitments => &follow_through::COMMITMENTS,
        What::Loops => &follow_through::LOOPS,
        What::Obstacles => &obstacles::OBSTACLES,
        What::Groups => &groups::GROUPS,
        What::Seats => &groups::SEATS,
        What::Meetings => &groups::MEETINGS,
        What::Decisions => &groups::DECISIONS,
    }
}

/// The closed list of a kind, for a form.
pub(super) fn states(what: &What) -> Vec<Choice> {
    table(*what).states.1.iter().map(|(value, label)| Choice::new(*value, *label)).collect()
}

/// How a stored word of that list is read.
pub(super) fn state_label(what: What, stored: &str) -> String {
    table(what).states.1.iter().find(|(value, _)| *value == stored).map_or_else(|| stored.to_owned(), |(_, label)| (*label).to_owned())
}

/// Codes of a closed list, each with what it stands for.
type Codes = &'static [(&'static str, &'static str)];

const fn column(key: &'static str, title: &'static str, kind: ColumnKind, meaning: &'static str) -> Column {
    Column { key, title, meaning, codes: &[], kind, many: false, refers_to: "" }
}
const fn coded(key: &'static str, title: &'static str, codes: Codes, meaning: &'static str) -> Column {
    Column { codes, ..column(key, title, ColumnKind::Text, meaning) }
}
/// Several codes in one cell.
const fn several(key: &'static str, title: &'static str, codes: Codes, meaning: &'static str) -> Column {
    Column { many: true, ..coded(key, title, codes, meaning) }
}
/// The number of a record of another table, called as [`What`] calls it.
const fn number_in(refers_to: &'static str, key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    Column { refers_to, ..text(key, title, meaning) }
}
const fn text(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Text, meaning)
}
const fn day(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Day, meaning)
}
const fn flag(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Flag, meaning)
}
const fn whole(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Integer, meaning)
}
const fn number(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Number, meaning)
}

/// The first column of every table.
const ID: Column = text("id", "Id", "The record’s own number: the same in every export, so that tables can be joined.");
/// Who may read the record here.
const AUDIENCE: Column =
    coded("audience", "Audience", AUDIENCES, "Who may read the record in Common Table. Share the row with nobody else.");
const AUDIENCES: Codes = Audience::CODES;
/// What the body of whoever spoke says of it.
const LABELS: Column = text(
    "labels",
    "Labels",
    "Labels that the body of whoever spoke set, each with the address of its own page, separated by semicolons. They go wherever the words go.",
);
/// What the agency says of it.
const NOTICES: Column = text("notices", "Notices", "Notices that the agency put, separated by semicolons. They are no labels.");
/// The consent a row of the agency's own records rests on.
const CONSENT: Column = coded("consent", "Consent", NONE_NEEDED, "The consent this row rests on.");
/// What stands there when nobody's contributed words are in the row.
pub(super) const NO_CONSENT: &str = "none_needed";
/// The kind of another record, whose number stands beside it.
const fn column_of_records(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    coded(key, title, RECORDS, meaning)
}
const RECORDS: Codes = subject::Kind::CODES;
const NONE_NEEDED: Codes = &[(NO_CONSENT, "nobody’s contributed words are in it")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::labels::Label as _;
    use std::collections::HashSet;

    #[test]
    fn every_table_begins_with_its_id_and_explains_each_column_once() {
        for &what in What::ALL {
            let table = table(what);
            assert_eq!(table.columns[0].key, "id", "{what}");
            for wanted in ["audience", "consent"] {
                assert!(table.columns.iter().any(|column| column.key == wanted), "{what} has no {wanted}");
            }
            let keys: HashSet<&str> = table.columns.iter().map(|column| column.key).collect();
            assert_eq!(keys.len(), table.columns.len(), "{what} has a column twice");
            assert!(table.columns.iter().all(|column| column.meaning.ends_with(['.', '?'])), "{what}");
            for column in table.columns.iter().filter(|column| !column.refers_to.is_empty()) {
                assert!(What::parse(column.refers_to).is_some(), "{what}: there is no table {}", column.refers_to);
            }
            let state = table.columns.iter().find(|column| column.key == "state" && what != What::Partners);
            assert!(state.is_none_or(|column| column.codes == table.states.1), "{what}: its states are not explained");
            assert!(table.name.len() <= 31, "{what}");
        }
    }
}
