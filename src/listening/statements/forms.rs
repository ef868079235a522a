//! The forms of this slice, as typed.

mod again;

pub(super) use again::OwnAgainForm;

use super::model::{AgainAnswer, Answer, Choices, NextStep, Note, Statement, Told, Word};
use crate::{
    consent::{Attribution, How, LANGUAGES, Use, Uses},
    listening::speakers::shown_as,
    platform::{
        form::{Choice, Problems, ticked},
        ids::SubjectId,
        labels::Label as _,
        subject::Audience,
        widening, words,
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The longest statement, in characters.
const LONGEST: usize = 6000;

/// What was heard.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NoteForm {
    pub(super) speaker: String,
    pub(super) words: String,
    pub(super) language: String,
    pub(super) told_how: String,
    pub(super) sensitivity: String,
    pub(super) wanted: String,
}

impl NoteForm {
    /// A new one: for the speaker alone until they were asked, in English.
    pub(super) fn begun() -> Self {
        Self {
            language: "en".to_owned(),
            told_how: Told::Room.as_str().to_owned(),
            wanted: Audience::Author.as_str().to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn of(statement: &Statement) -> Self {
        Self {
            speaker: statement.speaker.map(|id| id.to_string()).unwrap_or_default(),
            words: statement.words.clone().unwrap_or_default(),
            language: statement.language.clone(),
            told_how: statement.told_how.unwrap_or(Told::Room).as_str().to_owned(),
            sensitivity: statement.sensitivity.clone(),
            wanted: statement.wanted.as_str().to_owned(),
        }
    }

    pub(super) fn parse(&self) -> Result<Note, Problems> {
        let mut p = Problems::default();
        let told_how = if self.told_how.is_empty() { Told::Room } else { p.one_of("told_how", &self.told_how, "Choose how it was told") };
        let wanted = if self.wanted.is_empty() { Audience::Author } else { p.one_of("wanted", &self.wanted, "Choose who may read it") };
        let note = Note {
            speaker: p.id("speaker", &self.speaker, "Choose who spoke"),
            words: p.prose("words", &self.words, LONGEST, "Enter what was said, in the speaker’s own words"),
            language: language(&mut p, &self.language),
            told_how,
            sensitivity: p.optional_prose("sensitivity", &self.sensitivity, 300),
            wanted,
        };
        p.or(note)
    }
}

fn language(p: &mut Problems, typed: &str) -> String {
    let code = typed.trim().to_lowercase();
    match code.as_str() {
        "" => return "en".to_owned(),
        // As the standard has it: a language that nobody wrote down.
        "other" => return "und".to_owned(),
        _ => {}
    }
    if code.len() > 12 || !code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        p.add("language", "Choose a language of the list");
    }
    code
}

/// Languages that are offered, and the one that is chosen: any other code is kept as it is.
pub(super) fn languages(chosen: &str) -> Vec<Choice> {
    let mut offered: Vec<Choice> = LANGUAGES.iter().map(|(code, name)| Choice::new(*code, *name)).collect();
    if !chosen.is_empty() && !offered.iter().any(|one| one.value == chosen) {
        offered.push(Choice::new(chosen.to_owned(), chosen.to_owned()));
    }
    offered
}

/// What a speaker says about their words and allows for them.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    /// On a link's page: which of the speaker's statements.
    pub(super) statement: String,
    pub(super) word: String,
    /// Asked once more before words are erased, or more people read them by a steward's choice.
    pub(super) sure: String,
    pub(super) words: String,
    pub(super) uses: Vec<String>,
    pub(super) attribution: String,
    pub(super) audience: String,
    pub(super) how: String,
    pub(super) witness: String,
    /// Which wording was shown with the questions.
    pub(super) wording: String,
}

impl AnswerForm {
    /// The form as it stands before the speaker has said anything: nothing but what the card allowed.
    pub(super) fn of(statement: &Statement) -> Self {
        Self {
            statement: statement.id.to_string(),
            word: String::new(),
            sure: String::new(),
            words: statement.words.clone().unwrap_or_default(),
            uses: statement.uses.list(),
            attribution: statement.attribution.as_str().to_owned(),
            audience: if statement.state.waits() { statement.wanted } else { statement.audience }.as_str().to_owned(),
            how: String::new(),
            witness: String::new(),
            wording: statement.asked.wording.as_ref().map(|one| one.id.to_string()).unwrap_or_default(),
        }
    }

    /// The same, letting no more people read it than the speaker chose last for words of theirs.
    pub(super) fn after(statement: &Statement, chosen_last: Option<Audience>) -> Self {
        let most = chosen_last.filter(|_| statement.state.waits()).unwrap_or(statement.wanted);
        let audience = if statement.state.waits() { statement.wanted.min(most) } else { statement.audience };
        Self { audience: audience.as_str().to_owned(), ..Self::of(statement) }
    }

    /// The words as they are now beside an answer to them; everything else that the answer says is nobody else's.
    pub(super) fn beside(&self, statement: &Statement) -> Self {
        Self { words: statement.words.clone().unwrap_or_default(), ..self.clone() }
    }

    fn choices(&self, p: &mut Problems, statement: &Statement) -> Choices {
        let attribution = p.one_of("attribution", &self.attribution, "Choose how you want to be shown");
        let audience = p.one_of("audience", &self.audience, "Choose who may read it");
        if attribution == Attribution::Named && is_nameless(statement) && statement.attribution != Attribution::Named {
            p.add("attribution", "Choose another answer: no name is on the card. Whoever facilitates can write it there when you say so");
        }
        if audience == Audience::Body && statement.body.is_none() {
            p.add("audience", "Choose another answer: these words belong to no organization or Tribe");
        }
        let mut uses = Uses::of(&self.uses);
        uses.kept = true;
        uses.named = attribution == Attribution::Named;
        Choices { uses, attribution, audience, wording: self.wording.parse().ok() }
    }

    /// The choices alone, for a statement that has been confirmed: letting more people read the words is asked once more.
    pub(super) fn parse_decided(&self, statement: &Statement) -> Result<Choices, Problems> {
        let mut p = Problems::default();
        let choices = self.choices(&mut p, statement);
        widening::ask_once_more(&mut p, statement.audience, choices.audience, &self.sure);
        p.or(choices)
    }

    /// The speaker's word, given by `how`.
    pub(super) fn parse(&self, statement: &Statement, how: How) -> Result<Answer, Problems> {
        let mut p = Problems::default();
        let word = p.one_of("word", &self.word, "Choose what should happen with these words");
        let words = match word {
            Word::Correct => p.prose("words", &self.words, LONGEST, "Enter the words as they should be"),
            _ => String::new(),
        };
        if word == Word::Correct && statement.words.as_deref() == Some(words.as_str()) {
            p.add("words", "Change the words, or choose “Yes, these are my words”");
        }
        if word == Word::Confirm && is_another_text(statement, &self.words) {
            p.add("word", "Choose “I want to change them” to keep what you wrote, or put the words back as they were");
        }
        if word == Word::Strike && !ticked(&self.sure) {
            p.add("sure", "Tick that the words are to be erased: this cannot be undone");
        }
        let choices = if word == Word::Strike {
            Choices { uses: Uses::default(), attribution: Attribution::Anonymous, audience: Audience::Author, wording: None }
        } else {
            self.choices(&mut p, statement)
        };
        p.or(Answer { word, words, choices, how, witness: String::new() })
    }

    /// The speaker's word as the facilitator enters it.
    /// `through`: their card names a person who may speak with them.
    pub(super) fn parse_entered(&self, statement: &Statement, through: bool) -> Result<Answer, Problems> {
        let mut p = Problems::default();
        let how = entered_how(&mut p, &self.how, through);
        let witness = p.optional("witness", &self.witness, 120);
        let mut answer = match self.parse(statement, how) {
            Ok(answer) => answer,
            Err(more) => {
                more.list().iter().for_each(|one| p.add(&one.field, one.message.clone()));
                return Err(p);
            }
        };
        if matches!(how, How::ReadBack | How::InPerson) && p.of("how").is_none() && answer.word != Word::Strike {
            within_card(&mut p, answer.choices.uses, &statement.uses);
        }
        answer.witness = witness;
        p.or(answer)
    }
}

/// What was typed are other words than the ones to be confirmed; a form without the words changes none.
fn is_another_text(statement: &Statement, typed: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    !typed.trim().is_empty() && statement.words.as_deref().is_some_and(|words| plain(words) != plain(typed))
}

/// What is read back in the room, or given face to face, allows no more than the card; each at the field where it was allowed.
fn within_card(p: &mut Problems, said: Uses, card: &Uses) {
    if said.named && !card.named {
        p.add("attribution", "Choose another answer: the card does not let the name be shown. The speaker can allow it on paper, by their link or by telephone");
    }
    let more: Vec<_> = [Use::Quoted, Use::Exported, Use::Published, Use::Research]
        .into_iter()
        .filter(|one| said.allows(*one) && !card.allows(*one))
        .map(|one| format!("“They may {}”", one.label()))
        .collect();
    if !more.is_empty() {
        let more = words::listed(&more);
        p.add(
            "uses",
            format!(
                "Take the tick off {more}: the card does not allow it. The speaker can allow more on paper, by their link or by telephone"
            ),
        );
    }
}

/// How a speaker gave their word to those who enter it.
fn entered_how(p: &mut Problems, typed: &str, through: bool) -> How {
    const CHOOSE: &str = "Choose how the speaker gave their word";
    let how: How = p.one_of("how", typed, CHOOSE);
    if p.of("how").is_none() && (matches!(how, How::Member | How::Link) || (how == How::Through && !through)) {
        p.add("how", CHOOSE);
    }
    how
}

/// The ways in which a speaker's word can be entered; through somebody only where the card names them.
pub(super) fn entered_hows(all: &[How], through: bool) -> Vec<Choice> {
    let offered = all.iter().filter(|how| **how != How::Through || through);
    offered.map(|how| Choice::new(how.as_str(), how.label())).collect()
}

/// The speaker takes words back, as entered by those on duty.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawalForm {
    /// One statement, or empty for all that the speaker said in the session.
    pub(super) statement: String,
    pub(super) how: String,
}

impl WithdrawalForm {
    /// Which statement, if one, and how the speaker said so.
    pub(super) fn parse(&self, through: bool) -> Result<(Option<SubjectId>, How), Problems> {
        let mut p = Problems::default();
        let one = p.optional_id("statement", &self.statement);
        let how = entered_how(&mut p, &self.how, through);
        if how == How::ReadBack && p.is_empty() {
            p.add("how", "Choose how the speaker gave their word");
        }
        p.or((one, how))
    }
}

/// What a speaker said who was asked again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AgainForm {
    pub(super) answer: String,
    pub(super) how: String,
}

impl AgainForm {
    pub(super) fn parse(&self, through: bool) -> Result<(AgainAnswer, Option<How>), Problems> {
        let mut p = Problems::default();
        let answer = p.one_of("answer", &self.answer, "Choose what they said");
        if answer == AgainAnswer::Unreached && p.is_empty() {
            return Ok((answer, None));
        }
        let how = entered_how(&mut p, &self.how, through);
        if how == How::ReadBack && p.is_empty() {
            p.add("how", "Choose how the speaker gave their word");
        }
        p.or((answer, Some(how)))
    }
}

/// The uses a speaker chooses among, with how long each holds; that the words are kept goes with confirming, the name goes with the
/// attribution.
pub(super) fn use_choices(statement: &Statement) -> Vec<Choice> {
    let choice = |one: Use| {
        let choice = Choice::new(one.as_str(), format!("They may {}", one.label()));
        match statement.asked.holds(one) {
            Some(time) => choice.hint(format!("Holds for {time}; before that ends, the question is asked once more.")),
            None => choice,
        }
    };
    [Use::Quoted, Use::Exported, Use::Published, Use::Research].map(choice).into()
}

/// How the words can be shown, each as readers would see it: for those who see the speaker's card, in every way.
pub(super) fn attribution_choices(statement: &Statement) -> Vec<Choice> {
    let shown = |one: Attribution| match &statement.card {
        Some((name, label, community)) => Some(shown_as((name, label, community), one)),
        None if one == statement.attribution => Some(statement.shown_as.clone()),
        None => None,
    };
    let nameless = is_nameless(statement);
    let hint = |one: Attribution, shown: String| match one {
        Attribution::Named if nameless => format!("No name is on the card: readers would see “{shown}”."),
        _ => format!("Readers see: “{shown}”."),
    };
    let choice = |one: &Attribution| {
        let choice = Choice::new(one.as_str(), one.label());
        match shown(*one) {
            Some(shown) => choice.hint(hint(*one, shown)),
            None => choice,
        }
    };
    let offered = |one: &&Attribution| **one != Attribution::Named || !nameless || statement.attribution == Attribution::Named;
    Attribution::ALL.iter().filter(offered).map(choice).collect()
}

/// Those who see the card see no name on it.
fn is_nameless(statement: &Statement) -> bool {
    statement.card.as_ref().is_some_and(|(name, ..)| name.is_empty())
}

/// The audiences a speaker chooses among.
pub(super) fn audience_choices(statement: &Statement) -> Vec<Choice> {
    let all = Audience::ALL.iter().filter(|one| **one != Audience::Body || statement.body.is_some());
    let own = statement.body_name.as_deref().unwrap_or("My organization or Tribe");
    let label = |one: Audience| match (one, statement.body.is_some()) {
        (Audience::Author, _) => "Only I".to_owned(),
        (Audience::Body, _) => own.to_owned(),
        (Audience::Leadership, true) => format!("{own}, and the agency’s directors"),
        (Audience::Leadership, false) => "The agency’s directors".to_owned(),
        (Audience::Agency, true) => format!("{own}, and the agency’s directors, staff and analysts"),
        (Audience::Agency, false) => "The agency’s directors, staff and analysts".to_owned(),
        (Audience::Partnership, _) => "Everybody in the partnership".to_owned(),
        (Audience::Public, _) => "Anybody".to_owned(),
    };
    all.map(|one| Choice::new(one.as_str(), label(*one))).collect()
}

/// Who sees to it and what comes next.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NextStepForm {
    pub(super) owner: String,
    pub(super) next_step: String,
    pub(super) next_on: String,
}

impl NextStepForm {
    pub(super) fn of(statement: &Statement) -> Self {
        Self {
            owner: statement.owner.map(|id| id.to_string()).unwrap_or_default(),
            next_step: statement.next_step.clone(),
            next_on: statement.next_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// `before`: the day that was set until now, which may stay though it has passed.
    pub(super) fn parse(&self, before: Option<NaiveDate>, today: NaiveDate) -> Result<NextStep, Problems> {
        let mut p = Problems::default();
        let next = NextStep {
            owner: p.optional_id("owner", &self.owner),
            step: p.prose("next_step", &self.next_step, 500, "Enter what happens next"),
            on: p.optional_day("next_on", &self.next_on),
        };
        if next.on != before && next.on.is_some_and(|day| day < today) {
            p.add("next_on", "Enter a day that is still ahead");
        }
        p.or(next)
    }
}
