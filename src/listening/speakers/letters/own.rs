//! What a card says on the speaker's own telephone, in the language that they chose, or in the house's where there is no file for it: its
//! questions, its buttons, and what is to be mended. The agency's own texts stand between it as they are.

use super::allows;
use crate::{
    consent::Uses,
    listening::speakers::model::{Card, Reach},
    mail::Language,
    platform::{
        error::Error,
        form::{Choice, Problem, Problems},
        labels::Label as _,
    },
};

macro_rules! said {
    ($($field:ident $message:literal;)+) => {
        /// Everything on the page but the agency's own texts.
        #[derive(Debug)]
        pub(in crate::listening::speakers) struct OwnText {
            pub(in crate::listening::speakers) language: Language,
            /// What can be said, each with what it allows.
            pub(in crate::listening::speakers) answers: Vec<Choice>,
            pub(in crate::listening::speakers) ways: Vec<Choice>,
            pub(in crate::listening::speakers) hotline: String,
            $(pub(in crate::listening::speakers) $field: String,)+
        }

        impl OwnText {
            /// In a language; `table`: what the agency makes of each answer today.
            pub(in crate::listening::speakers) fn of(language: Language, table: &[(Card, Uses)], hotline: &str) -> Result<Self, Error> {
                let say = |message: &str| language.say(message, &[]);
                Ok(Self {
                    language,
                    answers: table.iter().map(|(card, uses)| answer(language, *card, uses)).collect::<Result<_, Error>>()?,
                    ways: ways(say)?,
                    hotline: language.say("own-hotline", &[("hotline", hotline)])?,
                    $($field: say($message)?,)+
                })
            }
        }
    };
}

said! {
    title "own-title";
    lede "own-lede";
    in_which "own-language";
    what "card-what";
    who "own-who";
    readers "own-readers";
    nobody "own-nobody";
    shown "own-shown";
    such "own-such";
    name "own-name";
    name_hint "own-name-hint";
    community "own-community";
    empty "own-empty";
    young "own-young";
    young_hint "own-young-hint";
    reached "own-reached";
    reached_hint "own-reached-hint";
    not_at_all "own-not-at-all";
    at "own-at";
    hours "own-hours";
    hours_hint "own-hours-hint";
    person "own-person";
    person_hint "own-person-hint";
    message "own-message";
    agency "own-agency";
    send "own-send";
    later "card-later";
    leave "own-leave";
    problem "own-problem";
}

fn answer(language: Language, card: Card, uses: &Uses) -> Result<Choice, Error> {
    Ok(Choice::new(card.as_str(), language.say(super::answer(card), &[])?).hint(allows(language, uses)?))
}

fn ways(say: impl Fn(&str) -> Result<String, Error>) -> Result<Vec<Choice>, Error> {
    let way = |one: &Reach| {
        let message = match one {
            Reach::Telephone => "own-telephone",
            Reach::Text => "own-text",
            Reach::Email => "own-email",
            Reach::Letter => "own-letter",
            Reach::Through => "own-through",
            Reach::InPerson => "own-in-person",
        };
        Ok(Choice::new(one.as_str(), say(message)?))
    };
    Reach::ALL.iter().map(way).collect()
}

/// The problems of such a card, said to its speaker.
pub(in crate::listening::speakers) fn to_mend(language: Language, problems: &Problems) -> Result<Problems, Error> {
    let mut said = Problems::default();
    for problem in problems.list() {
        said.add(&problem.field, mended(language, problem)?);
    }
    Ok(said)
}

/// What stands on a card for those on duty as its speaker reads it. A sentence that has none of its own stays as it is.
fn mended(language: Language, problem: &Problem) -> Result<String, Error> {
    if let Some((most, length)) = lengths(&problem.message) {
        return language.say("own-too-long", &[("most", most), ("length", length)]);
    }
    let known = |begins: &str| problem.message.starts_with(begins);
    let message = match problem.field.as_str() {
        "card" => "own-no-card",
        "label" if known("Enter how") => "own-no-label",
        "name" if known("Enter") => "own-no-name",
        "minor" => "own-is-young",
        "reach_at" if known("Enter") => "own-no-at",
        "reach_through" if known("Enter") => "own-no-person",
        _ if known("Choose") => "own-no-choice",
        _ if known("Take out the Social") => "own-no-number",
        _ if known("Take out the date") => "own-no-birth",
        _ if known("Take out the file") => "own-no-file",
        "" if known("This card") => "own-filled",
        _ => return Ok(problem.message.clone()),
    };
    language.say(message, &[])
}

/// "Shorten this to 120 characters; it has 140 now".
fn lengths(message: &str) -> Option<(&str, &str)> {
    let (most, rest) = message.strip_prefix("Shorten this to ")?.split_once(" characters; it has ")?;
    Some((most, rest.strip_suffix(" now")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listening::speakers::forms::CardForm;

    #[test]
    fn whatever_is_to_be_mended_on_an_own_card_is_said_in_its_language() {
        let spanish = Language::parse("es").unwrap();
        let long = "x".repeat(300);
        let field = |value: &str| value.to_owned();
        let forms = [
            CardForm { minor: field("yes"), reach_how: field("telephone"), ..CardForm::default() },
            CardForm { card: field("with_name"), label: field("born 3/4/2015"), reach_how: field("through"), ..CardForm::default() },
            CardForm { card: field("without_name"), label: field("SSN 123-45-6789"), reach_how: field("pigeon"), ..CardForm::default() },
            CardForm { label: long.clone(), name: long.clone(), community: long.clone(), reach_at: long.clone(), ..CardForm::default() },
            CardForm { reach_hours: long.clone(), reach_through: long, ..CardForm::default() },
        ];
        for form in forms {
            let problems = form.parse_own().unwrap_err();
            let said = to_mend(spanish, &problems).unwrap();
            for (english, told) in problems.list().iter().zip(said.list()) {
                assert_eq!(english.field, told.field);
                assert_ne!(english.message, told.message, "it is not said in Spanish");
            }
        }
        let filled = Problem { field: String::new(), message: "This card is filled in already. Tell those".to_owned(), is_question: false };
        assert!(mended(spanish, &filled).unwrap().starts_with("Esta tarjeta ya"));
    }

    #[test]
    fn the_page_is_whole_in_each_language() {
        let table = [(Card::WithoutName, Uses { kept: true, ..Uses::default() }), (Card::DoNotWrite, Uses::default())];
        for choice in Language::choices() {
            let text = OwnText::of(Language::parse(&choice.value).unwrap(), &table, "555 0100").unwrap();
            assert_eq!((text.answers.len(), text.ways.len()), (2, Reach::ALL.len()));
            assert!(text.hotline.contains("555 0100"));
        }
    }
}
