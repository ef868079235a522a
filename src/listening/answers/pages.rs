//! What those who spoke are told: for the agency's directors and staff, who tell it, and for a speaker by their link, who says whether
//! what was promised was kept.

use super::{
    forms::{AnswerForm, SaidForm},
    model::{Offered, Sent},
    paths, store,
};
use crate::{
    listening::{
        sessions::{self, Brief, State},
        speakers::SpeakerId,
        statements,
    },
    platform::{
        ids::SubjectId,
        policy::{AnswerStatements, SeeToStatements},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// To whoever gave their word.
const KEPT: &str = "Your word is kept. You can change your mind at any time";

/// The routes of what speakers are told.
#[must_use]
pub fn routes() -> Routes {
    let told = "record=@theme_language&words=It+is+on+the+list+for+spring.&language=en";
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Answers::PATH, index)
        .post(paths::Answers::PATH, tell, example("facilitator", "session=@session_5", told))
        .post(paths::NoAnswer::PATH, take_back, example("facilitator", "session=@session_5&answer=@session_answer", ""))
        .post(paths::OwnAnswer::PATH, say_signed_in, example("tribe", "statement=@answered_statement&answer=@asked_answer", "said=kept"))
        .post(paths::ReturnAnswer::PATH, say, example("@later_token", "answer=@asked_answer", "said=kept"))
        .limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/answers/index.html")]
struct Index {
    here: Here,
    session: Brief,
    told: Vec<Sent>,
    offered: Vec<Offered>,
    form: AnswerForm,
    problems: Problems,
}

impl Index {
    fn records(&self) -> Vec<Choice> {
        self.offered.iter().map(|one| Choice::new(one.subject.to_string(), format!("{}: {}", one.kind, one.title))).collect()
    }

    /// Once people have come together there, there is somebody to be told.
    fn was_held(&self) -> bool {
        matches!(self.session.state, State::Held | State::WithSpeakers | State::Confirmed | State::Closed)
    }
}

async fn all(can: &Can<SeeToStatements>, id: SubjectId) -> Result<(Brief, Vec<Sent>, Vec<Offered>), Error> {
    can.read(async |tx| {
        let session = sessions::brief(tx, id).await?.ok_or(Error::NotFound)?;
        Ok((session, store::list(tx, id).await?, store::offered(tx, id).await?))
    })
    .await
}

async fn index(can: Can<SeeToStatements>, at: paths::Answers) -> Result<Page<Index>, Error> {
    let (session, told, offered) = all(&can, at.session).await?;
    Ok(Page(Index { here: can.here(), session, told, offered, form: AnswerForm::begun(), problems: Problems::default() }))
}

async fn tell(can: Can<SeeToStatements>, at: paths::Answers, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (session, told, offered) = all(&can, at.session).await?;
    let written = match form.parse(&offered) {
        Ok(new) => {
            let tell = async |tx: &mut AgencyTx| {
                store::tell(tx, &can, at.session, &new).await?;
                Ok(Done::at(&at, "Those whose words led there can read it now"))
            };
            can.write(tell).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { here: can.here(), session, told, offered, form, problems })
}

async fn take_back(can: Can<SeeToStatements>, at: paths::NoAnswer) -> Result<Response, Error> {
    let take = async |tx: &mut AgencyTx| {
        store::take_back(tx, &can, at.session, at.answer).await?;
        Ok(Done::at(paths::answers(can.slug(), at.session), "Taken back: nobody reads it any more"))
    };
    can.write(take).await
}

/// The word of a member who spoke.
async fn say_signed_in(can: Can<AnswerStatements>, at: paths::OwnAnswer, Form(form): Form<SaidForm>) -> Result<Response, Error> {
    let keep = async |tx: &mut AgencyTx| {
        let speaker = store::own_card(tx, &can, at.statement).await?;
        store::keep_word(tx, (speaker, at.answer), form.parse()?).await?;
        Ok(Done::at(statements::paths::statement(can.slug(), at.statement), KEPT))
    };
    can.write(keep).await
}

/// The bearer's own word: what they are not told is not there for them.
async fn say(bearer: Bearer, at: paths::ReturnAnswer, Form(form): Form<SaidForm>) -> Result<Response, Error> {
    let speaker = bearer.link().filter(|_| bearer.purpose != "loop").map(SpeakerId).ok_or(Error::NotFound)?;
    let said = form.parse()?;
    let keep = async |tx: &mut AgencyTx| {
        store::keep_word(tx, (speaker, at.answer), said).await?;
        statements::next_link(tx, &bearer).await?;
        Ok(Done::at(statements::paths::of_link(bearer.slug()), KEPT))
    };
    let written = bearer.write(keep).await;
    bearer.with_next(written)
}
