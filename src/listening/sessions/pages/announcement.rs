//! Announcing a session: first what was already said, then the invitation; which can be worded anew until people come.

use super::example;
use crate::{
    listening::sessions::{
        forms::AnnouncementForm,
        model::{Before, Session},
        paths, store,
    },
    platform::{ids::SubjectId, policy::PlanSessions, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    const INVITED: &str = "invitation=Come+and+eat+with+us.&cleared=yes";
    const REWORDED: &str = "invitation=Come+and+eat+with+us+at+six.&cleared=yes&version=@version";
    Routes::new()
        .get(paths::Announcement::PATH, announcement)
        .post(paths::Announcement::PATH, announce, example("session=@session_9", INVITED))
        .get(paths::Invitation::PATH, invitation)
        .post(paths::Invitation::PATH, reword, example("session=@session_8", REWORDED))
}

#[derive(Template)]
#[template(path = "listening/sessions/announcement.html")]
struct Announcing {
    here: Here,
    session: Session,
    before: Vec<Before>,
    /// It is announced already, and only the invitation changes.
    again: bool,
    form: AnnouncementForm,
    problems: Problems,
}

impl Announcing {
    fn address(&self) -> String {
        let (slug, id) = (self.here.slug(), self.session.id);
        if self.again { paths::invitation(slug, id) } else { paths::announcement(slug, id) }
    }

    /// What was said and is answered and done: only this may be repeated.
    fn done(&self) -> Vec<&Before> {
        self.before.iter().filter(|one| one.done).collect()
    }

    /// What was said and still waits.
    fn open(&self) -> Vec<&Before> {
        self.before.iter().filter(|one| !one.done).collect()
    }
}

async fn said_before(can: &Can<PlanSessions>, id: SubjectId) -> Result<(Session, Vec<Before>), Error> {
    can.read(async |tx| {
        let session = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let before = store::before(tx, &session).await?;
        Ok((session, before))
    })
    .await
}

fn form_of(session: &Session) -> AnnouncementForm {
    AnnouncementForm { invitation: session.invitation.clone(), ..AnnouncementForm::default() }
}

async fn fresh(can: &Can<PlanSessions>, id: SubjectId, again: bool) -> Result<Page<Announcing>, Error> {
    let (session, before) = said_before(can, id).await?;
    let form = form_of(&session);
    Ok(Page(Announcing { here: can.here(), session, before, again, form, problems: Problems::default() }))
}

async fn announcement(can: Can<PlanSessions>, at: paths::Announcement) -> Result<Page<Announcing>, Error> {
    fresh(&can, at.session, false).await
}

async fn announce(can: Can<PlanSessions>, at: paths::Announcement, Form(form): Form<AnnouncementForm>) -> Result<Response, Error> {
    let (session, before) = said_before(&can, at.session).await?;
    let written = match form.parse(&session, can.now()) {
        Ok(invitation) => {
            let announce = async |tx: &mut AgencyTx| {
                store::announce(tx, &can, at.session, &invitation).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Session announced"))
            };
            can.write(announce).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Announcing { here: can.here(), session, before, again: false, form, problems })
}

async fn invitation(can: Can<PlanSessions>, at: paths::Invitation) -> Result<Page<Announcing>, Error> {
    fresh(&can, at.session, true).await
}

async fn reword(can: Can<PlanSessions>, at: paths::Invitation, Form(form): Form<AnnouncementForm>) -> Result<Response, Error> {
    let (session, before) = said_before(&can, at.session).await?;
    let written = match form.parse(&session, can.now()) {
        Ok(invitation) => {
            let reword = async |tx: &mut AgencyTx| {
                store::reword(tx, &can, at.session, &invitation).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Invitation saved"))
            };
            can.write(reword).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), session.version).with_theirs(&form_of(&session), &form);
        Announcing { here: can.here(), session, before, again: true, form, problems }
    })
}
