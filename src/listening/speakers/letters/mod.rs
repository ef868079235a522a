//! What a consent card says on paper, in the language that was asked for, or in the house's where there is no file for it. The agency's own
//! texts stand between it as they are.

mod own;

pub(super) use own::{OwnText, to_mend};

use super::model::Card;
use crate::{
    consent::{Use, Uses},
    mail::Language,
    platform::{error::Error, labels::Label as _},
};

/// Everything on the paper but the agency's own texts.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) pass: String,
    pub(super) what: String,
    /// What can be said, each with what it allows.
    pub(super) answers: Vec<(String, String)>,
    pub(super) later: String,
    pub(super) shown: String,
    pub(super) such: String,
    pub(super) name: String,
    pub(super) body: String,
    pub(super) reached: String,
    pub(super) ways: Vec<String>,
    pub(super) place: String,
    pub(super) hours: String,
    pub(super) message: String,
    pub(super) agency: String,
    pub(super) young: String,
    pub(super) consented: String,
}

/// The text of a card; `table`: what the agency makes of each answer today.
pub(super) fn text(language: Language, table: &[(Card, Uses)]) -> Result<Text, Error> {
    let say = |message: &str| language.say(message, &[]);
    let said = |(card, uses): &(Card, Uses)| -> Result<(String, String), Error> { Ok((say(answer(*card))?, allows(language, uses)?)) };
    let ways = ["card-not-at-all", "card-telephone", "card-text", "card-email", "card-letter", "card-through", "card-in-person"];
    Ok(Text {
        language,
        title: say("card-title")?,
        pass: say("card-pass")?,
        what: say("card-what")?,
        answers: table.iter().map(said).collect::<Result<_, Error>>()?,
        later: say("card-later")?,
        shown: say("card-shown")?,
        such: say("card-such")?,
        name: say("card-name")?,
        body: say("card-body")?,
        reached: say("card-reached")?,
        ways: ways.into_iter().map(say).collect::<Result<_, Error>>()?,
        place: say("card-place")?,
        hours: say("card-hours")?,
        message: say("card-message")?,
        agency: say("card-agency")?,
        young: say("card-young")?,
        consented: say("card-consented")?,
    })
}

/// The message of an answer.
fn answer(card: Card) -> &'static str {
    match card {
        Card::WithoutName => "card-without-name",
        Card::WithName => "card-with-name",
        Card::DoNotWrite => "card-do-not-write",
    }
}

fn allows(language: Language, uses: &Uses) -> Result<String, Error> {
    if !uses.kept {
        return language.say("card-nothing", &[]);
    }
    let one = |used: &Use| {
        let message = match used {
            Use::Kept => "card-kept",
            Use::Quoted => "card-quoted",
            Use::Named => "card-named",
            Use::Exported => "card-exported",
            Use::Published => "card-published",
            Use::Research => "card-research",
        };
        language.say(message, &[])
    };
    let allowed = Use::ALL.iter().filter(|used| uses.allows(**used)).map(one).collect::<Result<Vec<_>, Error>>()?;
    let allowed = match allowed.as_slice() {
        [most @ .., last] if !most.is_empty() => language.say("card-uses", &[("most", &most.join(", ")), ("last", last)])?,
        few => few.concat(),
    };
    language.say("card-allows", &[("uses", &allowed)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_whole_in_each_language_and_says_what_its_answers_allow() {
        let kept = Uses { kept: true, quoted: true, ..Uses::default() };
        let table = [(Card::WithoutName, kept), (Card::DoNotWrite, Uses::default())];
        for (code, allowed, nothing) in [
            (
                "en",
                "The words may be kept in the notes, and be quoted where people work on what was heard. Nothing else.",
                "Nothing that is said",
            ),
            ("es", "Con las palabras se puede: guardarlas en las notas y citarlas", "No se escribe nada"),
        ] {
            let text = text(Language::parse(code).unwrap(), &table).unwrap();
            assert!(text.answers[0].1.starts_with(allowed), "{:?}", text.answers[0]);
            assert!(text.answers[1].1.starts_with(nothing), "{:?}", text.answers[1]);
        }
    }
}
