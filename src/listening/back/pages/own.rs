//! A speaker adds something in their own words: by their link, or signed in, on their card.

use crate::{
    consent::{Attribution, LANGUAGES, Use},
    listening::{
        back::{forms::OwnForm, model::Shown, paths, store},
        speakers::{self, Speaker, SpeakerId},
        statements,
    },
    platform::{ids::SubjectId, policy::AnswerStatements, prelude::*, subject::Audience},
};
use askama::Template;

/// The questions, with what was typed so far.
struct Asking {
    card: Speaker,
    /// What is shown before they choose.
    wording: Option<Shown>,
    form: OwnForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "listening/back/own_by_link.html")]
pub(super) struct ByLink {
    here: Here,
    asking: Asking,
}

#[derive(Template)]
#[template(path = "listening/back/own_signed_in.html")]
pub(super) struct SignedIn {
    here: Here,
    asking: Asking,
}

impl Asking {
    fn fresh(card: Speaker, wording: Option<Shown>) -> Self {
        Self { form: OwnForm::begun(&card), card, wording, problems: Problems::default() }
    }

    fn languages(&self) -> Vec<Choice> {
        LANGUAGES.iter().map(|(code, name)| Choice::new(*code, *name)).collect()
    }

    fn attributions(&self) -> Vec<Choice> {
        let offered = Attribution::ALL.iter().filter(|one| **one != Attribution::Named || !self.card.name.is_empty());
        offered.map(|one| Choice::new(one.as_str(), one.label()).hint(format!("Readers see: “{}”.", self.card.shown_as(*one)))).collect()
    }

    fn uses(&self) -> Vec<Choice> {
        let offered = [Use::Quoted, Use::Exported, Use::Published, Use::Research];
        offered.map(|one| Choice::new(one.as_str(), format!("They may {}", one.label()))).into()
    }

    fn audiences(&self) -> Vec<Choice> {
        let label = |one: &Audience| match (one, self.card.body.is_some()) {
            (Audience::Author, _) => Some("Only I"),
            (Audience::Body, true) => Some("My organization or Tribe"),
            (Audience::Body, false) => None,
            (Audience::Leadership, true) => Some("My organization or Tribe, and the agency’s directors"),
            (Audience::Leadership, false) => Some("The agency’s directors"),
            (Audience::Agency, true) => Some("My organization or Tribe, and the agency’s directors, staff and analysts"),
            (Audience::Agency, false) => Some("The agency’s directors, staff and analysts"),
            (Audience::Partnership, _) => Some("Everybody in the partnership"),
            (Audience::Public, _) => Some("Anybody"),
        };
        Audience::ALL.iter().filter_map(|one| Some(Choice::new(one.as_str(), label(one)?))).collect()
    }
}

/// The card of whoever bears the link, and what is shown before they choose.
pub(super) async fn borne(bearer: &Bearer) -> Result<(Speaker, Option<Shown>), Error> {
    let speaker = bearer.link().filter(|_| bearer.purpose != "loop").map(SpeakerId).ok_or(Error::NotFound)?;
    bearer
        .read(async |tx| {
            let card = speakers::find(tx, speaker).await?.ok_or(Error::NotFound)?;
            Ok((card, store::wording(tx, "en").await?))
        })
        .await
}

pub(super) async fn by_link(bearer: Bearer, _: paths::ReturnWords) -> Result<Page<ByLink>, Error> {
    let (card, wording) = borne(&bearer).await?;
    Ok(Page(ByLink { here: bearer.here(), asking: Asking::fresh(card, wording) }))
}

pub(super) async fn keep_by_link(bearer: Bearer, _: paths::ReturnWords, Form(form): Form<OwnForm>) -> Result<Response, Error> {
    let (card, wording) = borne(&bearer).await?;
    let written = match form.parse(&card) {
        Ok(added) => {
            let keep = async |tx: &mut AgencyTx| {
                let id = store::add_own(tx, bearer.slug(), &card, &added).await?;
                statements::next_link(tx, &bearer).await?;
                Ok(Done::at(
                    statements::paths::of_link_about(bearer.slug(), id),
                    "Your words are kept. You can change your mind at any time",
                ))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    bearer.with_next(written).or_again(|problems| ByLink { here: bearer.here(), asking: Asking { card, wording, form, problems } })
}

/// The member's own card, and what is shown before they choose.
pub(super) async fn own(can: &Can<AnswerStatements>, session: SubjectId, speaker: SpeakerId) -> Result<(Speaker, Option<Shown>), Error> {
    can.read(async |tx| {
        let card = speakers::find(tx, speaker).await?;
        let card = card.filter(|one| one.session == session && one.membership == Some(can.me())).ok_or(Error::NotFound)?;
        Ok((card, store::wording(tx, "en").await?))
    })
    .await
}

pub(super) async fn signed_in(can: Can<AnswerStatements>, at: paths::OwnWords) -> Result<Page<SignedIn>, Error> {
    let (card, wording) = own(&can, at.session, at.speaker).await?;
    Ok(Page(SignedIn { here: can.here(), asking: Asking::fresh(card, wording) }))
}

pub(super) async fn keep(can: Can<AnswerStatements>, at: paths::OwnWords, Form(form): Form<OwnForm>) -> Result<Response, Error> {
    let (card, wording) = own(&can, at.session, at.speaker).await?;
    let written = match form.parse(&card) {
        Ok(added) => {
            let keep = async |tx: &mut AgencyTx| {
                let id = store::add_own(tx, can.slug(), &card, &added).await?;
                Ok(Done::at(statements::paths::statement(can.slug(), id), "Your words are kept. You can change your mind at any time"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| SignedIn { here: can.here(), asking: Asking { card, wording, form, problems } })
}
