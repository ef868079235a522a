//! The agenda of a meeting: added to, taken from, published; and calling the meeting off.

use super::super::{
    forms::{CancelForm, ItemForm},
    model::Meeting,
    paths, store,
};
use crate::platform::{
    ids::SubjectId,
    policy::{AddToAgenda, EditGroups, Permission},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Agenda::PATH, ask_item)
        .post(paths::Agenda::PATH, add_item, example("partner", "meeting=@meeting_ahead", "text=Payments+to+relatives"))
        .limited(&limits::COMMENTS)
        .post(paths::DropItem::PATH, drop_item, example("partner", "meeting=@meeting_ahead&item=@meeting_ahead_item", ""))
        .get(paths::Publication::PATH, ask_publication)
        .post(paths::Publication::PATH, publish, example("staff", "meeting=@meeting_law", ""))
        .get(paths::Cancellation::PATH, ask_cancellation)
        .post(paths::Cancellation::PATH, call_off, example("staff", "meeting=@meeting_ahead", "because=The+road+is+closed"))
}

async fn of<P: Permission>(can: &Can<P>, id: SubjectId) -> Result<Meeting, Error> {
    can.read(async |tx| store::find(tx, id).await?.filter(Meeting::is_planned).ok_or(Error::NotFound)).await
}

#[derive(Template)]
#[template(path = "groups/meetings/item.html")]
struct ItemPage {
    here: Here,
    one: Meeting,
    form: ItemForm,
    problems: Problems,
}

async fn ask_item(can: Can<AddToAgenda>, at: paths::Agenda) -> Result<Page<ItemPage>, Error> {
    let one = of(&can, at.meeting).await?;
    if !one.adds {
        return Err(Error::NotAllowed);
    }
    Ok(Page(ItemPage { here: can.here(), one, form: ItemForm::default(), problems: Problems::default() }))
}

async fn add_item(can: Can<AddToAgenda>, at: paths::Agenda, Form(form): Form<ItemForm>) -> Result<Response, Error> {
    let one = of(&can, at.meeting).await?;
    let written = match form.parse() {
        Ok(text) => {
            let add = async |tx: &mut AgencyTx| {
                store::add_item(tx, &can, at.meeting, &text).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Added to the agenda"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| ItemPage { here: can.here(), one, form, problems })
}

async fn drop_item(can: Can<AddToAgenda>, at: paths::DropItem) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_item(tx, &can, at.meeting, at.item).await?;
        Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Taken from the agenda"))
    })
    .await
}

async fn ask_publication(can: Can<EditGroups>, at: paths::Publication) -> Result<Page<Question>, Error> {
    let one = of(&can, at.meeting).await?;
    if !one.open_law || one.published_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(Page(Question {
        here: can.here(),
        heading: "Publish the agenda?",
        about: format!("{}, {}. The last day for it is {}.", one.title, one.when(), one.publish_by_words()),
        note: "From then on nobody adds to it or takes from it, and the meeting keeps its day and its place.",
        action: paths::publication(can.slug(), one.id),
        button: "Publish the agenda",
        back: paths::meeting(can.slug(), one.id),
    }))
}

async fn publish(can: Can<EditGroups>, at: paths::Publication) -> Result<Response, Error> {
    can.write(async |tx| {
        store::publish(tx, &can, at.meeting).await?;
        Ok(Done::at(paths::meeting(can.slug(), at.meeting), "The agenda is published"))
    })
    .await
}

#[derive(Template)]
#[template(path = "groups/meetings/cancel.html")]
struct CancelPage {
    here: Here,
    one: Meeting,
    form: CancelForm,
    problems: Problems,
}

async fn ask_cancellation(can: Can<EditGroups>, at: paths::Cancellation) -> Result<Page<CancelPage>, Error> {
    let one = of(&can, at.meeting).await?;
    Ok(Page(CancelPage { here: can.here(), one, form: CancelForm::default(), problems: Problems::default() }))
}

async fn call_off(can: Can<EditGroups>, at: paths::Cancellation, Form(form): Form<CancelForm>) -> Result<Response, Error> {
    let one = of(&can, at.meeting).await?;
    let written = match form.parse() {
        Ok(off) => {
            let said = if off.1 { "The meetings are called off" } else { "The meeting is called off" };
            let off = async |tx: &mut AgencyTx| {
                store::call_off(tx, &can, at.meeting, &off).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), said))
            };
            can.write(off).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| CancelPage { here: can.here(), one, form, problems })
}
