//! What these pages say, in the language that was asked for: whoever asks without an account has no settings by which to know it.

use super::super::model::{Answer, Happened, Kind, Loop, State};
use crate::{
    mail::Language,
    platform::{error::Error, form::Choice, here::Here, labels::Label as _, subject::Audience},
};
use std::collections::BTreeMap;

/// Every sentence of these pages by its name.
const SENTENCES: &[&str] = &[
    "ask-title",
    "ask-lede",
    "ask-skip",
    "ask-problem",
    "ask-exit",
    "ask-no-emergency",
    "ask-emergency",
    "ask-hotline",
    "ask-what-happens",
    "ask-happens-days",
    "ask-happens-code",
    "ask-happens-nobody",
    "ask-happens-close",
    "ask-kind",
    "ask-question",
    "ask-concern",
    "ask-idea",
    "ask-about",
    "ask-about-hint",
    "ask-readers",
    "ask-readers-hint",
    "ask-directors",
    "ask-agency",
    "ask-who-reads",
    "ask-who-reads-words",
    "ask-nobody-known",
    "ask-not-here",
    "ask-words",
    "ask-words-hint",
    "ask-empty",
    "ask-send",
    "ask-have-code",
    "ask-sent",
    "ask-sent-lede",
    "ask-sent-keep",
    "ask-sent-paper",
    "ask-sent-over",
    "ask-sent-over-lede",
    "ask-back",
    "ask-back-lede",
    "ask-code",
    "ask-code-hint",
    "ask-open",
    "ask-anew",
    "ask-yours",
    "ask-you",
    "ask-about-said",
    "ask-state",
    "ask-received-by",
    "ask-answer-by",
    "ask-handed",
    "ask-answered",
    "ask-because",
    "ask-together",
    "ask-does-it",
    "ask-yes",
    "ask-not-yet",
    "ask-why",
    "ask-say",
    "ask-again",
    "ask-again-why",
    "ask-again-send",
    "ask-no-hurry",
    "ask-more",
    "ask-more-hint",
    "ask-more-send",
    "ask-history",
    "ask-take-back",
    "ask-take-back-title",
    "ask-take-back-what",
    "ask-take-back-send",
    "ask-stay",
    "ask-taken-back",
    "ask-destroyed",
    "ask-sealed",
    "ask-copies",
    "ask-contact",
    "ask-foot",
    "ask-done-closed",
    "ask-done-open",
    "ask-done-added",
    "ask-done-gone",
    "ask-hour",
];

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) language: Language,
    said: BTreeMap<&'static str, String>,
}

impl Text {
    pub(super) fn of(language: Language) -> Result<Self, Error> {
        let said = SENTENCES.iter().map(|name| Ok((*name, language.say(name, &[])?))).collect::<Result<_, Error>>()?;
        Ok(Self { language, said })
    }

    /// A sentence by its name.
    pub(super) fn say(&self, name: &str) -> &str {
        self.said.get(name).map_or("", String::as_str)
    }

    /// The way of writing the house's language differs from the page's: what stands there in English is marked so.
    pub(super) fn is_english(&self) -> bool {
        self.language == Language::default()
    }

    /// The other languages, each by its own name, with its code.
    pub(super) fn others(&self) -> Vec<(Language, String)> {
        let all = Language::choices().into_iter().filter_map(|one| Some((Language::parse(&one.value)?, one.label.into_owned())));
        all.filter(|(language, _)| *language != self.language).collect()
    }

    pub(super) fn kinds(&self) -> Vec<Choice> {
        let named = |kind: &Kind| match kind {
            Kind::Question => "ask-question",
            Kind::Concern => "ask-concern",
            Kind::Idea => "ask-idea",
        };
        Kind::ALL.iter().map(|kind| Choice::new(kind.as_str(), self.say(named(kind)).to_owned())).collect()
    }

    /// Who reads it: those who can answer. Nobody can put words of somebody unknown before everybody.
    pub(super) fn readers(&self) -> Vec<Choice> {
        let choice = |audience: Audience, name| Choice::new(audience.as_str(), self.say(name).to_owned());
        vec![choice(Audience::Leadership, "ask-directors"), choice(Audience::Agency, "ask-agency")]
    }

    pub(super) fn words(&self) -> Vec<Choice> {
        vec![Choice::new("closes", self.say("ask-yes").to_owned()), Choice::new("not_yet", self.say("ask-not-yet").to_owned())]
    }

    /// What was just done, where the address says it.
    pub(super) fn done(&self, what: &str) -> Option<&str> {
        let name = match what {
            "closed" => "ask-done-closed",
            "open" => "ask-done-open",
            "added" => "ask-done-added",
            "gone" => "ask-done-gone",
            _ => return None,
        };
        Some(self.say(name))
    }
}

/// What was asked and what came of it, in words.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) state: String,
    /// The two clocks, while they run.
    pub(super) received_by: Option<String>,
    pub(super) answer_by: Option<String>,
    pub(super) handed_on: Option<String>,
    /// The answer in a few words, and its day.
    pub(super) answer: Option<String>,
    pub(super) answered_on: Option<String>,
    /// What happened, with its day and, where it has any, its words.
    pub(super) happened: Vec<(String, String, String)>,
}

impl Told {
    pub(super) fn of(language: Language, here: &Here, found: &Loop, happened: &[Happened]) -> Result<Self, Error> {
        let say = |name: &str| language.say(name, &[]);
        let runs = found.due().is_some();
        let answer = match found.answer.filter(|_| found.is_answered()) {
            None => None,
            Some(Answer::Done) => Some(say("ask-answer-done")?),
            Some(Answer::NotPossible) => Some(say("ask-answer-not-possible")?),
            Some(Answer::Will) => {
                let day = found.answer_due.map_or(Ok(String::new()), |day| language.day(day))?;
                Some(language.say("ask-answer-will", &[("day", &day)])?)
            }
        };
        let on = |at| language.day(here.day(at));
        let mut told = Vec::new();
        for one in happened {
            if let Some(name) = did(&one.what) {
                told.push((say(name)?, on(one.at)?, one.text.clone()));
            }
        }
        Ok(Self {
            state: say(state(found))?,
            received_by: if found.state == State::Raised { Some(language.day(found.acknowledge_by)?) } else { None },
            answer_by: if runs { Some(language.day(found.answer_by)?) } else { None },
            handed_on: found.escalated_at.filter(|_| runs).map(on).transpose()?,
            answer,
            answered_on: found.answered_at.filter(|_| found.is_answered()).map(on).transpose()?,
            happened: told,
        })
    }
}

fn state(found: &Loop) -> &'static str {
    match found.state {
        State::Raised if found.reopened > 0 => "ask-state-reopened",
        State::Raised => "ask-state-raised",
        State::Acknowledged | State::Review => "ask-state-acknowledged",
        State::Answered => "ask-state-answered",
        State::Closed | State::Left => "ask-state-closed",
        State::Withdrawn => "ask-state-withdrawn",
    }
}

/// What its raiser is told of what happened.
fn did(what: &str) -> Option<&'static str> {
    Some(match what {
        "raised" => "ask-did-raised",
        "acknowledged" => "ask-did-acknowledged",
        "answered" => "ask-did-answered",
        "closed" => "ask-did-closed",
        "reopened" => "ask-did-reopened",
        "added to" => "ask-did-added",
        "taken back" => "ask-did-taken-back",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: &[&str] = &[
        include_str!("../../../templates/loops/asking/_frame.html"),
        include_str!("../../../templates/loops/asking/ask.html"),
        include_str!("../../../templates/loops/asking/sent.html"),
        include_str!("../../../templates/loops/asking/back.html"),
        include_str!("../../../templates/loops/asking/question.html"),
        include_str!("../../../templates/loops/asking/withdraw.html"),
    ];

    #[test]
    fn each_page_is_whole_in_each_language() {
        for choice in Language::choices() {
            let text = Text::of(Language::parse(&choice.value).unwrap()).unwrap();
            assert_eq!((text.kinds().len(), text.readers().len(), text.others().len()), (3, 2, Language::choices().len() - 1));
            for name in PAGES.iter().flat_map(|page| page.split("text.say(\"").skip(1)).filter_map(|rest| rest.split('"').next()) {
                assert!(!text.say(name).is_empty(), "{} lacks {name}", choice.value);
            }
        }
    }
}
