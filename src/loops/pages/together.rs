//! One answer to several questions about the same matter.

use super::super::{
    forms::TogetherForm,
    model::{Answer, Kind},
    paths,
    store::{self, Outcome},
};
use crate::platform::{paging::with_filters, policy::AnswerLoops, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let both = "of=@loop_raised&of=@loop_acknowledged&answer=done&answer_words=Both+are+done+now";
    Routes::new().get(paths::Together::PATH, choose).limited(&limits::SEARCHES).post(
        paths::Together::PATH,
        answer,
        Example { who: "staff", path: "", form: both },
    )
}

#[derive(Template)]
#[template(path = "loops/together.html")]
struct Together {
    here: Here,
    open: Paged<Choice>,
    form: TogetherForm,
    problems: Problems,
}

async fn offered(can: &Can<AnswerLoops>, form: &TogetherForm) -> Result<Paged<Choice>, Error> {
    let paging = Paging::from_text(&form.page);
    let only = (form.seek.as_str(), form.kind.as_str());
    let rows = can.read(async |tx| store::open(tx, only, &form.chosen(), can.today(), paging).await).await?;
    Ok(paging.of(rows, &with_filters(&paths::together(can.slug()), &[("seek", only.0), ("kind", only.1)])))
}

async fn choose(can: Can<AnswerLoops>, _: paths::Together, Query(form): Query<TogetherForm>) -> Result<Page<Together>, Error> {
    let open = offered(&can, &form).await?;
    Ok(Page(Together { here: can.here(), open, form, problems: Problems::default() }))
}

async fn answer(can: Can<AnswerLoops>, _: paths::Together, Form(form): Form<TogetherForm>) -> Result<Response, Error> {
    let open = offered(&can, &form).await?;
    let written = match form.parse(can.today()) {
        Ok((these, new)) => {
            let answer = async |tx: &mut AgencyTx| Ok(done(can.slug(), store::answer_together(tx, &can, &these, &new).await?));
            can.write(answer).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Together { here: can.here(), open, form, problems })
}

/// What is said when it is done.
fn done(slug: &str, outcome: Outcome) -> Done {
    match outcome {
        Outcome { sent: 0, .. } => Done::at(paths::loops_that_are(slug, "review"), "The answers are kept for the director to send"),
        Outcome { sent, waiting: 0 } => Done::numbered(paths::loops_that_are(slug, "answered"), sent, "answer sent", "answers sent"),
        Outcome { sent, .. } => Done::numbered(
            paths::loops_that_are(slug, "review"),
            sent,
            "answer sent; the others are kept for the director to send",
            "answers sent; the others are kept for the director to send",
        ),
    }
}
