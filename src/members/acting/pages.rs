//! Beginning to enter for somebody, the page of such a time, its end, and one's own wish.

use super::{
    super::{model::Member, paths},
    forms::{BeginForm, QuestionForm, WishForm},
    model::{May, Minutes, Shown},
    store,
};
use crate::{
    loops,
    platform::{
        acting::ToldHow,
        form::ticked,
        policy::{ActFor, BeginActing, ConfirmEntered},
        prelude::*,
        subject::Audience,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(in crate::members) fn routes() -> Routes {
    let begin = Example { who: "staff", path: "member=@partner", form: "how=telephone&minutes=30&agreed=yes" };
    Routes::new()
        .get(paths::BeginActing::PATH, ask)
        .post(paths::BeginActing::PATH, begin_time, begin)
        .get(paths::ActingPage::PATH, show)
        .post(paths::ActingEnded::PATH, end, Example { who: "facilitator", path: "acting=@acting", form: "" })
        .post(paths::ActingWish::PATH, wish, Example { who: "parent", path: "", form: "nobody=yes" })
}

#[derive(Template)]
#[template(path = "members/begin_acting.html")]
struct Begin {
    here: Here,
    member: Member,
    may: May,
    form: BeginForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "members/acting.html")]
struct ShowTime {
    here: Here,
    time: Shown,
    form: QuestionForm,
    problems: Problems,
}

impl ShowTime {
    fn audiences(&self) -> Vec<Choice> {
        loops::audiences_when_entered(self.time.body_name.as_deref())
    }
}

async fn ask(can: Can<BeginActing>, at: paths::BeginActing) -> Result<Page<Begin>, Error> {
    let (member, may) = can.read(async |tx| store::member(tx, &can, at.member).await).await?;
    Ok(Page(Begin { here: can.here(), member, may, form: BeginForm::default(), problems: Problems::default() }))
}

async fn begin_time(can: Can<BeginActing>, at: paths::BeginActing, Form(form): Form<BeginForm>) -> Result<Response, Error> {
    let (member, may) = can.read(async |tx| store::member(tx, &can, at.member).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let begin = async |tx: &mut AgencyTx| {
                let time = store::begin(tx, &can, at.member, &new).await?;
                Ok(Done::at(paths::acting(can.slug(), time), "Begun. It ends by itself"))
            };
            can.write(begin).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Begin { here: can.here(), member, may, form, problems })
}

async fn show(can: Can<ActFor>, at: paths::ActingPage) -> Result<Page<ShowTime>, Error> {
    let time = can.read(async |tx| store::shown(tx, at.acting).await).await?;
    let form = QuestionForm { audience: Audience::Agency.as_str().to_owned(), ..QuestionForm::default() };
    Ok(Page(ShowTime { here: can.here(), time, form, problems: Problems::default() }))
}

async fn end(can: Can<ActFor>, at: paths::ActingEnded) -> Result<Response, Error> {
    let end = async |tx: &mut AgencyTx| {
        store::end(tx, &can, at.acting).await?;
        Ok(Done::at(paths::acting(can.slug(), at.acting), "Ended. Nothing more is entered in it"))
    };
    can.write(end).await
}

async fn wish(can: Can<ConfirmEntered>, _: paths::ActingWish, Form(form): Form<WishForm>) -> Result<Response, Error> {
    let nobody = ticked(&form.nobody);
    let keep = async |tx: &mut AgencyTx| {
        store::keep_wish(tx, &can, nobody).await?;
        let said = if nobody { "Saved. Nobody enters anything for you" } else { "Saved. Whoever you tell something may enter it for you" };
        Ok(Done::at(paths::me(can.slug()), said))
    };
    can.write(keep).await
}
