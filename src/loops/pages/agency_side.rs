//! What the agency does with one loop: acknowledge, answer, let an answer go out.

use super::{
    super::{
        forms::{AnswerForm, ReviewForm},
        model::{Answer, Loop},
        paths, store,
    },
    Show, one, shown,
};
use crate::platform::{
    policy::{AnswerLoops, Hat, ReviewAnswers},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let answered = "answer=done&answer_words=It+is+done&version=@loop_raised_version";
    let released = "decision=release&version=@loop_in_review_version";
    Routes::new()
        .post(paths::Acknowledgement::PATH, acknowledge, example("staff", "question=@loop_raised", ""))
        .get(paths::AnswerPage::PATH, write_answer)
        .post(paths::AnswerPage::PATH, answer, example("staff", "question=@loop_raised", answered))
        .post(paths::Review::PATH, review, example("director", "question=@loop_in_review", released))
}

#[derive(Template)]
#[template(path = "loops/answer.html")]
struct WriteAnswer {
    here: Here,
    /// Some answers of this writer wait for the director.
    waits: bool,
    found: Loop,
    form: AnswerForm,
    problems: Problems,
}

async fn acknowledge(can: Can<AnswerLoops>, at: paths::Acknowledgement) -> Result<Response, Error> {
    can.write(async |tx| {
        let found = one(tx, at.question).await?;
        store::acknowledge(tx, &can, &found).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), "Acknowledged"))
    })
    .await
}

/// Whoever comes back to the form of an answer that has gone out goes on to the question.
async fn write_answer(can: Can<AnswerLoops>, at: paths::AnswerPage) -> Result<Response, Error> {
    let found = can.open(at.question, async |tx| one(tx, at.question).await).await?;
    if found.was_answered_by(can.me()) {
        return Ok(Done::at(paths::question(can.slug(), at.question), "You have answered this").into_response());
    }
    if !found.may_answer(can.me()) {
        return Err(Error::NotFound);
    }
    let form = AnswerForm::of(&found);
    let page = WriteAnswer { here: can.here(), waits: can.hat() != Hat::Director, found, form, problems: Problems::default() };
    Ok(Page(page).into_response())
}

async fn answer(can: Can<AnswerLoops>, at: paths::AnswerPage, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let answer = async |tx: &mut AgencyTx| {
                let now = one(tx, at.question).await?;
                let sent = store::answer(tx, &can, (&now, can.version()), &new, None).await?;
                let said = if sent { "Answer sent" } else { "Answer kept for the director to send" };
                Ok(Done::at(paths::question(can.slug(), at.question), said))
            };
            can.write(answer).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), found.version).with_theirs(&AnswerForm::of(&found), &form);
        WriteAnswer { here: can.here(), waits: can.hat() != Hat::Director, found, form, problems }
    })
}

async fn review(can: Can<ReviewAnswers>, at: paths::Review, Form(form): Form<ReviewForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok((release, said)) => {
            let decide = async |tx: &mut AgencyTx| {
                let found = one(tx, at.question).await?;
                let reviewer = found.may_review().ok_or(Error::NotAllowed)?;
                store::review(tx, &can, (reviewer, &found), release, &said).await?;
                let told = if release { "The answer has gone out" } else { "The answer went back to the one who wrote it" };
                Ok(Done::at(paths::question(can.slug(), at.question), told))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    match written {
        Err(Error::Refused(problems)) => Ok(Again(Show { form, problems, ..shown(&can, at.question).await? }).into_response()),
        other => other,
    }
}
