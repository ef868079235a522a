//! What a sheet says around somebody's own words, in their language, or in the house's where there is no file for it.

use crate::{
    listening::speakers::Speaker,
    mail::Language,
    platform::{error::Error, form::Choice, labels::Label as _, subject::Audience},
};
use chrono::NaiveDate;

/// Everything on a sheet but the words.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) above: Vec<String>,
    /// What can be said of each statement.
    pub(super) answers: [String; 3],
    pub(super) add: String,
    /// Questions with their answers.
    pub(super) questions: Vec<(String, Vec<String>)>,
    pub(super) below: Vec<String>,
}

/// Which languages there are to choose from.
pub(super) fn languages() -> Vec<Choice> {
    Language::choices()
}

/// The language of a sheet: the one that was asked for, else the one that was spoken.
pub(super) fn language(wanted: &str, spoken: Option<&str>) -> Language {
    Language::parse(wanted).unwrap_or_else(|| Language::known(spoken))
}

/// The text for a speaker. Where the agency may not be named it is not: neither by its name nor by whom it has answer its telephone.
pub(super) fn text(language: Language, speaker: &Speaker, heard_on: NaiveDate, contact: &str) -> Result<Text, Error> {
    let say = |message: &str| language.say(message, &[]);
    let mut above = vec![language.say("sheet-what", &[("day", &language.day(heard_on)?)])?, say("sheet-how")?];
    if let Some(day) = speaker.asked_until {
        above.push(language.say("sheet-until", &[("day", &language.day(day)?)])?);
    }
    above.push(say("sheet-silence")?);
    let mut below = vec![say("sheet-later")?];
    if speaker.may_name_agency && !contact.is_empty() {
        below.push(language.say("sheet-contact", &[("contact", contact)])?);
    }
    below.push(say("sheet-hand")?);
    Ok(Text {
        language,
        title: say("sheet-title")?,
        above,
        answers: [say("sheet-yes")?, say("sheet-change")?, say("sheet-strike")?],
        add: say("sheet-add")?,
        questions: vec![
            (say("sheet-who")?, who(speaker, say)?),
            (say("sheet-shown")?, vec![say("sheet-named")?, say("sheet-role")?, say("sheet-community")?, say("sheet-anonymous")?]),
            (say("sheet-uses")?, vec![say("sheet-quoted")?, say("sheet-exported")?, say("sheet-published")?, say("sheet-research")?]),
        ],
        below,
    })
}

/// Who may read it, without the speaker's own body where they speak for themselves.
fn who(speaker: &Speaker, say: impl Fn(&str) -> Result<String, Error>) -> Result<Vec<String>, Error> {
    let of = |one: &Audience| match (one, speaker.body.is_some()) {
        (Audience::Author, _) => Some("sheet-author"),
        (Audience::Body, true) => Some("sheet-body"),
        (Audience::Body, false) => None,
        (Audience::Leadership, _) => Some("sheet-leadership"),
        (Audience::Agency, _) => Some("sheet-agency"),
        (Audience::Partnership, _) => Some("sheet-partnership"),
        (Audience::Public, _) => Some("sheet-public"),
    };
    Audience::ALL.iter().filter_map(of).map(say).collect()
}
