//! The answer of whoever is invited: by a link, without a sign-in, in a minute; or signed in. Opening it changes nothing; the answer
//! spends the link and hands over another, by which a mind can be changed. And the file for a calendar.

use super::{
    super::{
        forms::ReplyForm,
        model::{Answer, Asked, Plan},
        paths, store,
    },
    times,
};
use crate::{
    listening::sessions::paths as of_sessions,
    platform::{
        bearer, calendar,
        policy::{KeepOwnPage, ViewSessions},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::header;

pub(super) fn routes() -> Routes {
    const COMING: &str = "answer=coming&needs=A+chair+near+the+door&about=0";
    let by_link = Example { who: "@reply_token", path: "", form: COMING };
    let member = Example { who: "parent", path: "session=@session_8", form: COMING };
    Routes::new()
        .get(paths::ReplyToken::PATH, swap)
        .get(paths::Reply::PATH, ask)
        .post(paths::Reply::PATH, answer, by_link)
        .limited(&limits::ANSWERS)
        .get(paths::ReplyCalendar::PATH, link_file)
        .get(paths::OwnReply::PATH, ask_member)
        .post(paths::OwnReply::PATH, answer_member, member)
        .get_such_as(paths::SessionCalendar::PATH, file, "session=@session_8")
}

/// The token leaves the address at once and goes into a cookie. Whether it is a live one, the next page finds out.
async fn swap(_: Anyone, at: paths::ReplyToken) -> Result<Response, Error> {
    bearer::swapped(&at.token, &paths::reply(&at.agency))
}

#[derive(Template)]
#[template(path = "listening/invitees/reply.html")]
struct ByLink {
    here: Here,
    asked: Asked,
    open: bool,
    form: ReplyForm,
    problems: Problems,
}

/// The invitation that the link is about.
pub(super) async fn invited(bearer: &Bearer) -> Result<Asked, Error> {
    if bearer.purpose != "reply" {
        return Err(Error::NotFound);
    }
    bearer.read(async |tx| store::by_link(tx).await).await?.ok_or(Error::LinkOver)
}

/// The same, once it is announced.
async fn told(bearer: &Bearer) -> Result<Asked, Error> {
    let asked = invited(bearer).await?;
    if asked.is_told() { Ok(asked) } else { Err(Error::LinkOver) }
}

async fn ask(bearer: Bearer, _: paths::Reply) -> Result<Response, Error> {
    let asked = invited(&bearer).await?;
    if !asked.is_told() {
        return times::page(&bearer, &asked).await;
    }
    let (form, open) = (ReplyForm::of(asked.answer, &asked.needs), asked.plan.is_open(bearer.now()));
    Ok(Page(ByLink { here: bearer.here(), asked, open, form, problems: Problems::default() }).into_response())
}

async fn answer(bearer: Bearer, _: paths::Reply, Form(form): Form<ReplyForm>) -> Result<Response, Error> {
    let asked = told(&bearer).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::reply_by_link(tx, &bearer, &asked, &said).await?;
                Ok(Done::at(paths::reply(bearer.slug()), "Your answer is kept. You can change it here"))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let open = asked.plan.is_open(bearer.now());
    bearer.with_next(written).or_again(|problems| ByLink { here: bearer.here(), asked, open, form, problems })
}

async fn link_file(bearer: Bearer, _: paths::ReplyCalendar) -> Result<Response, Error> {
    Ok(served(&told(&bearer).await?.plan))
}

#[derive(Template)]
#[template(path = "listening/invitees/own_reply.html")]
struct Own {
    here: Here,
    asked: Asked,
    open: bool,
    form: ReplyForm,
    problems: Problems,
}

/// The member's own invitation, to a session that they see.
async fn own(can: &Can<KeepOwnPage>, at: &paths::OwnReply) -> Result<Asked, Error> {
    can.read(async |tx| store::for_member(tx, at.session).await).await?.filter(Asked::is_told).ok_or(Error::NotFound)
}

async fn ask_member(can: Can<KeepOwnPage>, at: paths::OwnReply) -> Result<Page<Own>, Error> {
    let asked = own(&can, &at).await?;
    let (form, open) = (ReplyForm::of(asked.answer, &asked.needs), asked.plan.is_open(can.now()));
    Ok(Page(Own { here: can.here(), asked, open, form, problems: Problems::default() }))
}

async fn answer_member(can: Can<KeepOwnPage>, at: paths::OwnReply, Form(form): Form<ReplyForm>) -> Result<Response, Error> {
    let asked = own(&can, &at).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::answer(tx, &asked, &said).await?;
                Ok(Done::at(of_sessions::session(can.slug(), at.session), "Your answer is kept"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let open = asked.plan.is_open(can.now());
    written.or_again(|problems| Own { here: can.here(), asked, open, form, problems })
}

async fn file(can: Can<ViewSessions>, at: paths::SessionCalendar) -> Result<Response, Error> {
    Ok(served(&can.read(async |tx| store::plan(tx, at.session).await?.ok_or(Error::NotFound)).await?))
}

fn served(plan: &Plan) -> Response {
    let headers = [(header::CONTENT_TYPE, calendar::KIND), (header::CONTENT_DISPOSITION, "attachment; filename=\"meeting.ics\"")];
    (headers, calendar::file(&plan.event(true), None)).into_response()
}
