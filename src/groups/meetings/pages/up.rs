//! What goes up from a meeting to another group, and what comes back.

use super::super::{
    forms::{BackForm, UpForm},
    model::{Meeting, Up},
    paths, store,
};
use crate::platform::{ids::SubjectId, policy::EditGroups, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::SendUp::PATH, ask_what)
        .post(paths::SendUp::PATH, send_up, example("meeting=@meeting_open", "to=@group_leadership&what=A+second+phone+line"))
        .get(paths::CameBack::PATH, ask_back)
        .post(paths::CameBack::PATH, come_back, example("meeting=@meeting_open&sent=@meeting_open_sent", "back=Yes,+from+July"))
}

#[derive(Template)]
#[template(path = "groups/meetings/send_up.html")]
struct UpPage {
    here: Here,
    one: Meeting,
    groups: Vec<Choice>,
    form: UpForm,
    problems: Problems,
}

/// A meeting whose minutes are open, and the groups to which something may go.
async fn open(can: &Can<EditGroups>, id: SubjectId) -> Result<(Meeting, Vec<Choice>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.filter(Meeting::is_open).ok_or(Error::NotFound)?;
        let groups = store::groups(tx, one.group_id).await?;
        Ok((one, groups))
    })
    .await
}

async fn ask_what(can: Can<EditGroups>, at: paths::SendUp) -> Result<Page<UpPage>, Error> {
    let (one, groups) = open(&can, at.meeting).await?;
    Ok(Page(UpPage { here: can.here(), one, groups, form: UpForm::default(), problems: Problems::default() }))
}

async fn send_up(can: Can<EditGroups>, at: paths::SendUp, Form(form): Form<UpForm>) -> Result<Response, Error> {
    let (one, groups) = open(&can, at.meeting).await?;
    let written = match form.parse(&groups) {
        Ok(up) => {
            let send = async |tx: &mut AgencyTx| {
                store::send_up(tx, &can, at.meeting, &up).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "It went up, and stays open until something comes back"))
            };
            can.write(send).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| UpPage { here: can.here(), one, groups, form, problems })
}

#[derive(Template)]
#[template(path = "groups/meetings/came_back.html")]
struct BackPage {
    here: Here,
    one: Meeting,
    up: Up,
    form: BackForm,
    problems: Problems,
}

/// Something that went up and waits.
async fn waiting(can: &Can<EditGroups>, at: &paths::CameBack) -> Result<(Meeting, Up), Error> {
    can.read(async |tx| {
        let one = store::find(tx, at.meeting).await?.ok_or(Error::NotFound)?;
        let mut all = store::sent_up(tx, at.meeting).await?.into_iter();
        let up = all.find(|up| up.id == at.sent && up.back_at.is_none()).ok_or(Error::NotFound)?;
        Ok((one, up))
    })
    .await
}

async fn ask_back(can: Can<EditGroups>, at: paths::CameBack) -> Result<Page<BackPage>, Error> {
    let (one, up) = waiting(&can, &at).await?;
    Ok(Page(BackPage { here: can.here(), one, up, form: BackForm::default(), problems: Problems::default() }))
}

async fn come_back(can: Can<EditGroups>, at: paths::CameBack, Form(form): Form<BackForm>) -> Result<Response, Error> {
    let (one, up) = waiting(&can, &at).await?;
    let written = match form.parse() {
        Ok(back) => {
            let keep = async |tx: &mut AgencyTx| {
                store::come_back(tx, &can, (at.meeting, at.sent), &back).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Noted what came back"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| BackPage { here: can.here(), one, up, form, problems })
}
