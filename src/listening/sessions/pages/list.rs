//! The list of sessions and the page of one.

use crate::{
    comments,
    listening::{
        sessions::{
            model::{Acknowledged, Constituency, Neighbour, Recording, Session, State, Step},
            paths,
            store::{self, Narrowed},
        },
        speakers, statements,
    },
    platform::{
        paging::with_filters,
        policy::{GiveWord, PlanSessions, ViewSessions},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Sessions::PATH, index).get(paths::SessionPage::PATH, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    state: String,
    community: String,
    time: String,
    page: String,
}

#[derive(Template)]
#[template(path = "listening/sessions/index.html")]
struct Index {
    here: Here,
    at: paths::Sessions,
    sessions: Paged<Session>,
    communities: Vec<Choice>,
    filters: Filters,
}

impl Index {
    /// What lies ahead, then what is past.
    fn groups(&self) -> Vec<(&'static str, Vec<&Session>)> {
        let (ahead, past): (Vec<_>, Vec<_>) = self.sessions.rows.iter().partition(|one| one.is_ahead());
        [("Ahead", ahead), ("Behind us", past)].into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
    }
}

async fn index(can: Can<ViewSessions>, at: paths::Sessions, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed { state: &filters.state, community: &filters.community, time: &filters.time, ..Narrowed::default() };
    let (rows, communities) = can.read(async |tx| Ok((store::list(tx, &narrowed, paging).await?, store::communities(tx).await?))).await?;
    let set = [("state", filters.state.as_str()), ("community", &filters.community), ("time", &filters.time)];
    let sessions = paging.of(rows, &with_filters(&at.to_string(), &set));
    let communities = communities.into_iter().map(|one| Choice::new(one.clone(), one)).collect();
    Ok(Page(Index { here: can.here(), at, sessions, communities, filters }))
}

#[derive(Template)]
#[template(path = "listening/sessions/show.html")]
struct Show {
    here: Here,
    session: Session,
    invited: Vec<String>,
    attendance: Vec<(Constituency, i32)>,
    /// The reader speaks for the co-host, and their word is asked.
    may_agree: bool,
    may_let_close: bool,
    acknowledged: Vec<Acknowledged>,
    neighbours: Vec<Neighbour>,
    /// The reader's own card, if they spoke here.
    my_card: Option<String>,
    comments: comments::Thread,
}

impl Show {
    /// How many came in all.
    fn came(&self) -> i64 {
        self.attendance.iter().map(|(_, number)| i64::from(*number)).sum()
    }

    /// Who came, as the reader may know it.
    fn came_by(&self) -> Vec<(&'static str, i32)> {
        came_by(&self.attendance, self.session.mine)
    }

    /// The one thing to do next: its address and what the button says.
    fn next(&self) -> Option<(String, &'static str)> {
        let (slug, id) = (self.here.slug(), self.session.id);
        if !self.here.may::<PlanSessions>() {
            return None;
        }
        match self.session.state {
            State::Planned => Some((paths::announcement(slug, id), "Announce it")),
            _ if !self.session.mine => None,
            State::Announced => Some((paths::room(slug, id), "Open the room")),
            State::Held if self.session.can_take(Step::Closing) => Some((paths::closing(slug, id), "Close the session")),
            State::Held if self.session.recording == Recording::Summary && self.session.summary.is_empty() => {
                Some((paths::summary(slug, id), "Write the summary of the room"))
            }
            State::Held => Some((paths::returning(slug, id), "Bring it back to the speakers")),
            State::WithSpeakers => Some((paths::confirmation(slug, id), "Say that the speakers had their word")),
            State::Confirmed => Some((paths::closing(slug, id), "Close the session")),
            State::Closed | State::Cancelled => None,
        }
    }

    /// The statements heard here, as the list shows them.
    fn heard(&self) -> String {
        with_filters(&statements::paths::statements(self.here.slug()), &[("session", &self.session.id.to_string())])
    }

    /// Promises made here.
    fn promised(&self) -> Vec<&Neighbour> {
        self.neighbours.iter().filter(|one| one.joint == "promised_in").collect()
    }

    /// Everything else that came from here.
    fn led(&self) -> Vec<&Neighbour> {
        self.neighbours.iter().filter(|one| one.joint != "promised_in").collect()
    }
}

/// Small numbers could name a person: but for those who counted, groups of fewer than five are joined.
fn came_by(attendance: &[(Constituency, i32)], counted: bool) -> Vec<(&'static str, i32)> {
    const FEW: i32 = 5;
    let small = |(one, number): &(Constituency, i32)| *one != Constituency::Agency && *number < FEW;
    if counted || !attendance.iter().any(small) {
        return attendance.iter().map(|(one, number)| (one.label(), *number)).collect();
    }
    let (mut joined, mut shown): (Vec<_>, Vec<_>) = attendance.iter().copied().partition(small);
    // One small group by itself would still be known from what is missing.
    shown.sort_by_key(|(one, number)| (*one == Constituency::Agency, *number));
    while joined.iter().map(|(_, number)| number).sum::<i32>() < FEW && shown.first().is_some_and(|(one, _)| *one != Constituency::Agency) {
        joined.push(shown.remove(0));
    }
    shown.sort_unstable_by_key(|(one, _)| *one);
    let mut all: Vec<_> = shown.into_iter().map(|(one, number)| (one.label(), number)).collect();
    all.push(("Community members", joined.iter().map(|(_, number)| number).sum()));
    all
}

async fn show(can: Can<ViewSessions>, at: paths::SessionPage) -> Result<Page<Show>, Error> {
    let (here, id) = (can.here(), at.session);
    can.read(async |tx| {
        let session = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let my_card = speakers::mine(tx, id).await?.map(|card| speakers::paths::speaker(&at.agency, id, card));
        let invited = store::invited(tx, id).await?.into_iter().map(|(_, name)| name).collect();
        let (attendance, acknowledged) = (store::attendance(tx, id).await?, store::acknowledged(tx, id).await?);
        let neighbours = store::neighbours(tx, id).await?;
        let comments = comments::of(tx, id).await?;
        let speaks = can.may::<GiveWord>().then(|| can.mandated_body()).flatten();
        let (may_agree, may_let_close) = (session.asks_to_agree(speaks), session.asks_to_close(speaks));
        Ok(Page(Show { here, session, invited, attendance, may_agree, may_let_close, acknowledged, neighbours, my_card, comments }))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_joined_until_nobody_can_be_told() {
        use Constituency::{Agency, CommunityPartners, LivedExperience, Tribes};
        let came = [(Agency, 2), (Tribes, 14), (CommunityPartners, 3), (LivedExperience, 1)];
        assert_eq!(came_by(&came, false), [("The agency", 2), ("Community members", 18)]);
        assert_eq!(came_by(&came, true).len(), 4);
        let many = [(Agency, 2), (Tribes, 14), (LivedExperience, 9)];
        assert_eq!(came_by(&many, false).len(), 3);
        let two = [(Tribes, 14), (CommunityPartners, 3), (LivedExperience, 4)];
        assert_eq!(came_by(&two, false), [("Tribes", 14), ("Community members", 7)]);
    }
}
