//! Who is invited to a session: for those who facilitate it and whoever planned it.

mod letter;
mod one;
mod reply;
mod times;

use super::{
    forms::InviteForm,
    model::{Counts, Invitee},
    paths, store,
};
use crate::{
    listening::sessions::{self, Brief, State},
    mail::Language,
    platform::{ids::SubjectId, policy::KeepInvitees, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    const PEOPLE: &str = "people=Rowan+Ashby,+rowan.ashby@example.org&language=en";
    let example = Example { who: "facilitator", path: "session=@session_8", form: PEOPLE };
    Routes::new()
        .get(paths::Invitees::PATH, index)
        .post(paths::Invitees::PATH, invite, example)
        .limited(&limits::INVITATIONS)
        .join(letter::routes())
        .join(one::routes())
        .join(reply::routes())
        .join(times::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "listening/invitees/index.html")]
struct Index {
    here: Here,
    session: Brief,
    invitees: Paged<Invitee>,
    counts: Counts,
    members: Vec<Choice>,
    form: InviteForm,
    problems: Problems,
}

impl Index {
    /// Whether anybody can be invited still.
    fn is_ahead(&self) -> bool {
        matches!(self.session.state, State::Planned | State::Announced)
    }
}

/// What the page shows: the session, a page of those who are invited, how many answered what, and who could be invited.
type Shown = (Brief, Vec<Invitee>, Counts, Vec<Choice>);

async fn look(can: &Can<KeepInvitees>, id: SubjectId, paging: Paging) -> Result<Shown, Error> {
    can.read(async |tx| {
        let session = sessions::brief(tx, id).await?.ok_or(Error::NotFound)?;
        store::kept(tx, id).await?;
        Ok((session, store::list(tx, id, paging).await?, store::counts(tx, id).await?, store::choices(tx, id).await?))
    })
    .await
}

/// What became of it: whoever has an address or a sign-in is asked when the session is announced, and at once where it is.
fn said(added: u64, state: State) -> &'static str {
    match (added, state) {
        (0, _) => "Everybody was invited already",
        (_, State::Planned) => "Put down: whoever has an address or a sign-in is asked when the session is announced",
        _ => "Invited: whoever has an address or a sign-in is asked now",
    }
}

async fn index(can: Can<KeepInvitees>, at: paths::Invitees, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let (session, rows, counts, members) = look(&can, at.session, paging).await?;
    let form = InviteForm { language: Language::default().code().to_owned(), ..InviteForm::default() };
    let invitees = paging.of(rows, &at.to_string());
    Ok(Page(Index { here: can.here(), session, invitees, counts, members, form, problems: Problems::default() }))
}

async fn invite(can: Can<KeepInvitees>, at: paths::Invitees, Form(form): Form<InviteForm>) -> Result<Response, Error> {
    let paging = Paging::from_text("");
    let (session, rows, counts, members) = look(&can, at.session, paging).await?;
    let written = match form.parse() {
        Ok(new) if matches!(session.state, State::Planned | State::Announced) => {
            let add = async |tx: &mut AgencyTx| {
                let added = store::add(tx, &can, at.session, &new).await?;
                Ok(Done::at(&at, said(added, session.state)))
            };
            can.write(add).await
        }
        Ok(_) => Err(Error::refused("", "People are invited before the session is held")),
        Err(problems) => Err(Error::Refused(problems)),
    };
    let invitees = paging.of(rows, &at.to_string());
    written.or_again(|problems| Index { here: can.here(), session, invitees, counts, members, form, problems })
}
