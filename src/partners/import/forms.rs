//! The forms of an import, as typed.

use super::{Mapping, model::Chosen};
use crate::{
    partners::model::Kind,
    platform::{form::Problems, labels::Label as _},
};
use serde::{Deserialize, Serialize};

/// Which column is what.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ColumnsForm {
    pub(super) sheet: String,
    pub(super) column: Vec<String>,
    pub(super) kind: String,
}

impl ColumnsForm {
    /// The form that stands for what was chosen before.
    pub(super) fn of(chosen: &Chosen) -> Self {
        let kind = if chosen.kind.is_empty() { Kind::Other.as_str().to_owned() } else { chosen.kind.clone() };
        Self { sheet: chosen.sheet.clone(), column: chosen.columns.clone(), kind }
    }

    /// What was chosen, for a table with this many columns.
    pub(super) fn parse(&self, columns: usize, is_national: bool) -> Result<Chosen, Problems> {
        let mut p = Problems::default();
        let mapping = Mapping::chosen(&self.column, columns);
        if !is_national {
            for problem in mapping.problems() {
                p.add("column", problem.to_string());
            }
        }
        let kind = p.optional_one_of::<Kind>("kind", &self.kind).unwrap_or(Kind::Other);
        let chosen = mapping.columns.iter().map(|field| field.map_or(String::new(), |field| field.as_str().to_owned())).collect();
        p.or(Chosen { sheet: self.sheet.clone(), columns: chosen, kind: kind.as_str().to_owned() })
    }
}

/// What a person decided on the rows of one page: `shown` names each row that could be left out, `leave` those that are, and
/// `row-12` says what a likely double is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ChoicesForm {
    /// Row, choice, partner, earlier row.
    pub(super) decided: Vec<(i32, &'static str, Option<uuid::Uuid>, Option<i32>)>,
}

impl ChoicesForm {
    /// From the pairs of a form; what cannot be read decides nothing.
    pub(super) fn of(pairs: &[(String, String)]) -> Self {
        let left: Vec<&str> = pairs.iter().filter(|(name, _)| name == "leave").map(|(_, value)| value.as_str()).collect();
        let mut decided = Vec::new();
        for (name, value) in pairs.iter().take(500) {
            if name == "shown"
                && let Ok(number) = value.parse()
            {
                decided.push((number, if left.contains(&value.as_str()) { "leave" } else { "take" }, None, None));
            } else if let Some(number) = name.strip_prefix("row-").and_then(|number| number.parse().ok()) {
                decided.extend(double(number, value));
            }
        }
        decided.sort_by_key(|one| one.0);
        decided.dedup_by_key(|one| one.0);
        Self { decided }
    }
}

fn double(number: i32, value: &str) -> Option<(i32, &'static str, Option<uuid::Uuid>, Option<i32>)> {
    match value {
        "add" => Some((number, "add", None, None)),
        "leave" => Some((number, "leave", None, None)),
        value => match value.strip_prefix("row-") {
            Some(earlier) => earlier.parse().ok().map(|earlier| (number, "merge", None, Some(earlier))),
            None => value.parse().ok().map(|partner| (number, "merge", Some(partner), None)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_ticked_is_left_and_the_rest_is_taken() {
        let partner = uuid::Uuid::nil();
        let form = ChoicesForm::of(&pairs(&[
            ("shown", "2"),
            ("shown", "3"),
            ("leave", "3"),
            ("row-7", "add"),
            ("row-8", &partner.to_string()),
            ("row-9", "row-4"),
            ("row-10", "nonsense"),
            ("row-x", "add"),
        ]));
        assert_eq!(
            form.decided,
            [
                (2, "take", None, None),
                (3, "leave", None, None),
                (7, "add", None, None),
                (8, "merge", Some(partner), None),
                (9, "merge", None, Some(4)),
            ]
        );
    }

    #[test]
    fn a_mapping_without_a_name_is_refused() {
        let form = ColumnsForm { column: vec!["city".into(), String::new()], ..ColumnsForm::default() };
        assert_eq!(
            form.parse(2, false).err().map(|p| p.of("column").map(str::to_owned)),
            Some(Some("Choose the column that holds the partner’s name".into()))
        );
    }
}
