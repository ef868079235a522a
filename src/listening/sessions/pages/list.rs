//! The list of sessions and the page of one.

use crate::{
    comments,
    listening::{
        back,
        sessions::{
            model::{Acknowledged, Constituency, Neighbour, Recording, Session, State, Step, came},
            paths,
            store::{self, Narrowed},
        },
        speakers, statements,
    },
    platform::{
        paging::with_filters,
        policy::{ArrangeSupports, GiveWord, Hat, KeepRoom, PlanSessions, ViewSessions},
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
    /// What lies ahead, what nobody has said of whether it was held, then what is past.
    fn groups(&self) -> Vec<(&'static str, Vec<&Session>)> {
        let (open, past): (Vec<_>, Vec<_>) = self.sessions.rows.iter().partition(|one| one.is_ahead());
        let (unsaid, ahead): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| one.local_day() < self.here.today());
        let groups = [("Ahead", ahead), ("The day has passed", unsaid), ("Behind us", past)];
        groups.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
    }
}

async fn index(can: Can<ViewSessions>, at: paths::Sessions, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed { state: &filters.state, community: &filters.community, time: &filters.time, ..Narrowed::default() };
    let (rows, communities) = can.read(async |tx| store::list(tx, &narrowed, paging).await).await?;
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
    cohosts: Cohosts,
    /// The reader is the agency's director.
    directs: bool,
    acknowledged: Vec<Acknowledged>,
    neighbours: Vec<Neighbour>,
    /// The reader's own card, if they spoke here.
    my_card: Option<String>,
    comments: comments::Thread,
}

/// What is the reader's to do as one of the co-host's people.
struct Cohosts {
    /// They arrange what people need to come.
    arrange: bool,
    /// They speak for the co-host, and their word on the summary is asked.
    agree: bool,
    /// Their word is asked before it is closed.
    let_close: bool,
}

impl Cohosts {
    fn of(can: &Asker, session: &Session) -> Self {
        let speaks = can.may::<GiveWord>().then(|| can.mandated_body()).flatten();
        let arrange = can.may::<ArrangeSupports>() && session.is_arranged_by(can.body());
        Self { arrange, agree: session.asks_to_agree(speaks), let_close: session.asks_to_close(speaks) }
    }
}

impl Show {
    /// Who came, as the reader may know it.
    fn came(&self) -> Came {
        came(&self.attendance, self.session.mine)
    }

    /// Whether the reader notes that the check-in is done: with a duty here, or as the director, before whom it stands when it is late.
    fn notes_check_in(&self) -> bool {
        let open = self.session.was_held() && self.session.checkin_done_at.is_none();
        let stands_with_director = || self.directs && self.session.open_checkin().is_some_and(|day| day <= self.here.today());
        open && (self.session.mine || stands_with_director())
    }

    /// The one thing to do next: its address and what the button says.
    fn next(&self) -> Option<(String, &'static str)> {
        let (slug, id) = (self.here.slug(), self.session.id);
        match self.session.state {
            State::Planned => self.here.may::<PlanSessions>().then(|| (paths::announcement(slug, id), "Announce it")),
            _ if !(self.session.mine && self.here.may::<KeepRoom>()) => None,
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

/// How many came in all, and of each.
type Came = (Option<i64>, Vec<(&'static str, String)>);

/// Those who counted know how many came of each; for others small numbers are joined, and where all of them are few, neither their
/// number is said nor a sum that would tell it.
fn came(attendance: &[(Constituency, i32)], counted: bool) -> Came {
    let (shown, joined) = if counted { (attendance.to_vec(), None) } else { came::joined(attendance) };
    let told = joined.map(came::told);
    let all = (told != Some(None)).then(|| attendance.iter().map(|(_, number)| i64::from(*number)).sum());
    let community = told.map(|number| number.map_or_else(|| came::FEWER.to_owned(), |number| number.to_string()));
    let each = shown.iter().map(|(one, number)| (one.label(), number.to_string()));
    (all, each.chain(community.map(|number| ("Community members", number))).collect())
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
        let (cohosts, directs) = (Cohosts::of(&can, &session), can.hat() == Hat::Director);
        Ok(Page(Show { here, session, invited, attendance, cohosts, directs, acknowledged, neighbours, my_card, comments }))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_counted_read_each_number() {
        use Constituency::{Agency, LivedExperience, Tribes};
        let came = [(Agency, 2), (Tribes, 14), (LivedExperience, 1)];
        let (all, each) = super::came(&came, false);
        assert_eq!((all, each), (Some(17), vec![("The agency", "2".to_owned()), ("Community members", "15".to_owned())]));
        assert_eq!(super::came(&came, true).1.len(), 3);
    }

    #[test]
    fn of_a_few_by_themselves_neither_their_number_nor_the_sum_is_said() {
        use Constituency::{Agency, LivedExperience};
        let (all, each) = came(&[(Agency, 2), (LivedExperience, 1)], false);
        assert_eq!((all, each), (None, vec![("The agency", "2".to_owned()), ("Community members", "fewer than 5".to_owned())]));
    }
}
