//! What stands beside an item, as other slices show it.

use super::{NOTICES_EXPLAINED, NoticeKind};
use crate::platform::labels::Label as _;
use serde::Deserialize;

/// What stands beside an item: a label of its body, a protocol, a notice of the agency.
#[derive(Debug, Clone, Deserialize)]
pub struct Mark {
    /// The item; none stands beside everything of the body.
    pub item: Option<uuid::Uuid>,
    /// `label`, `protocol` or `notice`.
    pub what: String,
    /// Its own id.
    pub id: uuid::Uuid,
    /// A label's or a protocol's name in the body's words; the kind of a notice.
    pub name: String,
    /// The body's own words, or the agency's beside its notice.
    pub words: String,
    /// A label's own page; of a protocol its reasons, where the body shows them.
    pub link: String,
    /// Whose it is; none: the agency's.
    pub body: Option<String>,
}

impl Mark {
    /// Set by the body as its own label.
    #[must_use]
    pub fn is_label(&self) -> bool {
        self.what == "label"
    }

    /// A protocol under which the reader reads.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        self.what == "protocol"
    }

    /// Put by the agency.
    #[must_use]
    pub fn is_notice(&self) -> bool {
        self.what == "notice"
    }

    /// How it is called: a notice by its kind, everything else in the body's own words.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.is_notice() { NoticeKind::parse(&self.name).map_or("Notice", NoticeKind::label) } else { &self.name }
    }

    /// Where a notice is explained.
    #[must_use]
    pub fn explained(&self) -> &'static str {
        NOTICES_EXPLAINED
    }
}

/// The marks of one item, for `templates/protocols/_marks.html`.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// The item they stand beside.
    pub item: uuid::Uuid,
    /// All of them.
    pub list: Vec<Mark>,
    /// The reader keeps the protocols and labels of the body whose words these are.
    pub keeps: bool,
    /// The reader may put a notice of the agency.
    pub notices: bool,
}

impl Marked {
    /// What the body says of it.
    #[must_use]
    pub fn of_body(&self) -> Vec<&Mark> {
        self.list.iter().filter(|mark| !mark.is_notice()).collect()
    }

    /// What the agency says of it.
    #[must_use]
    pub fn of_agency(&self) -> Vec<&Mark> {
        self.list.iter().filter(|mark| mark.is_notice()).collect()
    }

    /// Nothing stands there, and the reader may put nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.keeps && !self.notices
    }
}

/// A protocol as its body takes it away.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CopiedProtocol {
    /// Its id.
    pub id: uuid::Uuid,
    /// What the body calls it.
    pub name: String,
    /// What it says.
    pub words: String,
    /// Why, where a reason was given.
    pub reasons: String,
    /// Who of the body's people reads under it: `all` or `named`.
    pub own_people: String,
    /// Who else is let in, until when.
    pub readers: String,
    /// When it ended.
    pub ended_on: Option<chrono::NaiveDate>,
}

/// The labels of marks in one line, for a table that leaves.
#[must_use]
pub fn in_a_line(marks: &[Mark], what: &str) -> String {
    let one = |mark: &Mark| if mark.is_label() { format!("{} ({})", mark.name, mark.link) } else { mark.called().to_owned() };
    marks.iter().filter(|mark| mark.what == what).map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_called_by_its_kind_and_a_label_in_the_bodys_words() {
        let mark = |what: &str, name: &str| Mark {
            item: None,
            what: what.to_owned(),
            id: uuid::Uuid::nil(),
            name: name.to_owned(),
            words: String::new(),
            link: "https://localcontexts.org/label/tk-attribution/".to_owned(),
            body: None,
        };
        let marks = [mark("notice", "open_to_collaborate"), mark("label", "TK Attribution")];
        assert_eq!(marks[0].called(), "Open to collaborate");
        assert_eq!(in_a_line(&marks, "label"), "TK Attribution (https://localcontexts.org/label/tk-attribution/)");
        assert_eq!(in_a_line(&marks, "notice"), "Open to collaborate");
    }
}
