//! One of those who are invited: how they are reached, a link to hand over, what they said by telephone, and off the list.

use super::super::{
    forms::{InviteeForm, ReplyForm},
    model::{Answer, Invitee, InviteeId},
    paths, store,
};
use crate::{
    listening::sessions::{self, Brief, State},
    mail::Language,
    platform::{ids::SubjectId, policy::KeepInvitees, prelude::*, shown_once},
};
use askama::Template;
use axum::extract;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

pub(super) fn routes() -> Routes {
    const WHO: &str = "session=@session_8&invitee=@invitee";
    const ONE: &str = "name=Lark+Ashby&email=lark.ashby@example.org&language=en&version=@version";
    let example = |path, form| Example { who: "facilitator", path, form };
    Routes::new()
        .get(paths::InviteePage::PATH, show)
        .post(paths::InviteePage::PATH, correct, example(WHO, ONE))
        .limited(&limits::INVITATIONS)
        .post(paths::HandLink::PATH, hand_link, example(WHO, ""))
        .post(paths::ToldReply::PATH, told, example(WHO, "answer=coming&needs=A+chair+with+arms&about=0"))
        .post(paths::DropInvitee::PATH, drop_one, example(WHO, ""))
}

#[derive(Template)]
#[template(path = "listening/invitees/show.html")]
struct Show {
    here: Here,
    session: Brief,
    one: Invitee,
    /// The link, once, right after it was made.
    address: Option<String>,
    form: InviteeForm,
    reply: ReplyForm,
    problems: Problems,
}

impl Show {
    fn of(here: Here, (session, one): (Brief, Invitee), problems: Problems) -> Self {
        let (form, reply) = (InviteeForm::of(&one), ReplyForm::of(one.answer, &one.needs));
        Self { here, session, one, address: None, form, reply, problems }
    }

    /// Whether the session can be answered to.
    fn is_open(&self) -> bool {
        self.session.state == State::Announced
    }

    fn is_ahead(&self) -> bool {
        matches!(self.session.state, State::Planned | State::Announced)
    }
}

async fn look(can: &Can<KeepInvitees>, (session, one): (SubjectId, InviteeId)) -> Result<(Brief, Invitee), Error> {
    can.read(async |tx| {
        let brief = sessions::brief(tx, session).await?.ok_or(Error::NotFound)?;
        Ok((brief, store::find(tx, session, one).await?))
    })
    .await
}

type Site = extract::State<App>;

async fn show(can: Can<KeepInvitees>, at: paths::InviteePage, site: Site, headers: HeaderMap) -> Result<Response, Error> {
    let mut page = Show::of(can.here(), look(&can, (at.session, at.invitee)).await?, Problems::default());
    page.address = shown_once::carried(&headers, at.invitee)
        .map(|token| format!("{}{}", site.settings.public_url, paths::reply_token(can.slug(), token.reveal())));
    Ok(shown_once::shown(Page(page).into_response()))
}

async fn correct(can: Can<KeepInvitees>, at: paths::InviteePage, Form(form): Form<InviteeForm>) -> Result<Response, Error> {
    let found = look(&can, (at.session, at.invitee)).await?;
    let written = match form.parse() {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::correct(tx, &can, (at.session, at.invitee), &new).await?;
                Ok(Done::at(&at, "Saved, and asked again"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), found.1.version).with_theirs(&InviteeForm::of(&found.1), &form);
        Show { form, ..Show::of(can.here(), found, problems) }
    })
}

async fn hand_link(can: Can<KeepInvitees>, at: paths::HandLink) -> Result<Response, Error> {
    let found = look(&can, (at.session, at.invitee)).await?;
    let page = paths::invitee(can.slug(), at.session, at.invitee);
    let mut made = None;
    let written = can
        .write(async |tx| {
            made = Some(store::hand_link(tx, &can, (at.session, at.invitee)).await?);
            Ok(Done::at(page, "Link made"))
        })
        .await;
    let response = written.or_again(|problems| Show::of(can.here(), found, problems))?;
    Ok(shown_once::with(response, at.invitee, made.as_ref()))
}

async fn told(can: Can<KeepInvitees>, at: paths::ToldReply, Form(reply): Form<ReplyForm>) -> Result<Response, Error> {
    let found = look(&can, (at.session, at.invitee)).await?;
    let written = match reply.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::told(tx, &can, (at.session, at.invitee), &said).await?;
                Ok(Done::at(paths::invitee(can.slug(), at.session, at.invitee), "Their answer is written down"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { reply, ..Show::of(can.here(), found, problems) })
}

async fn drop_one(can: Can<KeepInvitees>, at: paths::DropInvitee) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_one(tx, &can, (at.session, at.invitee)).await?;
        Ok(Done::at(paths::invitees(can.slug(), at.session), "Taken off the list"))
    })
    .await
}
