//! The list of meetings, one meeting with its calendar file, and the forms that plan it.

mod agenda;
mod letter;
mod minutes;
mod up;

use super::{
    calendar,
    forms::MeetingForm,
    model::{Decided, Item, Listed, Meeting, State, Up},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Join, Neighbour},
    comments,
    commitments::{self, Sides},
    groups::paths as all_groups,
    platform::{
        calendar::KIND,
        ids::SubjectId,
        paging::with_filters,
        policy::{EditGroups, ViewGroups},
        prelude::*,
        subject::Audience,
        words::beginning,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

const ENTRY: &str = "title=Evening+forum&day=2032-03-02&time=18:00&minutes=90&cohost=@kinship&audience=partnership";
const KEPT: &str = "title=Shared+table&day=2032-03-02&time=18:00&minutes=90&version=@version";

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Meetings::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Meetings::PATH, create, example("", ENTRY))
        .get(paths::NewMeeting::PATH, new)
        .get(paths::MeetingPage::PATH, show)
        .post(paths::MeetingPage::PATH, update, example("meeting=@meeting_ahead", KEPT))
        .get(paths::EditMeeting::PATH, edit)
        .get(paths::Calendar::PATH, calendar_file)
        .get(paths::GroupCalendar::PATH, group_calendar)
        .join(agenda::routes())
        .join(letter::routes())
        .join(minutes::routes())
        .join(up::routes())
}

/// What stands in the filter for meetings of no group.
const FORUMS: &str = "none";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    group: String,
    time: String,
    state: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Meetings) -> String {
        let set = [("q", self.q.as_str()), ("group", &self.group), ("time", &self.time), ("state", &self.state)];
        with_filters(&at.to_string(), &set)
    }

    fn narrowed(&self) -> Narrowed<'_> {
        Narrowed { words: &self.q, group: self.group.parse().ok(), forums: self.group == FORUMS, time: &self.time, state: &self.state }
    }

    fn times() -> Vec<Choice> {
        vec![Choice::new("ahead", "Ahead"), Choice::new("past", "Past")]
    }
}

#[derive(Template)]
#[template(path = "groups/meetings/index.html")]
struct Index {
    here: Here,
    at: paths::Meetings,
    meetings: Paged<Listed>,
    filters: Filters,
    groups: Vec<Choice>,
}

async fn index(can: Can<ViewGroups>, at: paths::Meetings, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (rows, mut groups) =
        can.read(async |tx| Ok((store::list(tx, &filters.narrowed(), paging).await?, store::groups(tx, None).await?))).await?;
    groups.push(Choice::new(FORUMS, "Forums, of no group"));
    let meetings = paging.of(rows, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, meetings, filters, groups }))
}

#[derive(Template)]
#[template(path = "groups/meetings/show.html")]
struct Show {
    here: Here,
    one: Meeting,
    agenda: Vec<Item>,
    /// Organizations that came.
    bodies: Vec<String>,
    decisions: Vec<Decided>,
    sent_up: Vec<Up>,
    joined: Vec<Neighbour>,
    history: Vec<Happened>,
    comments: comments::Thread,
}

impl Show {
    /// What was promised there.
    fn promised(&self) -> Vec<&Neighbour> {
        self.joined.iter().filter(|one| !one.outgoing && one.join == Join::PromisedIn).collect()
    }

    /// Whether a comment can be written here.
    fn takes_comments(&self) -> bool {
        self.here.can("Comment") && !self.one.is_closed_to_comments()
    }

    /// Where a comment about a part of it is begun.
    fn about(&self, part: impl std::fmt::Display) -> String {
        format!("{}#comments", with_filters(&paths::meeting(self.here.slug(), self.one.id), &[("about", part.to_string().as_str())]))
    }

    /// Whether the reader may take an item away.
    fn drops(&self, item: &Item) -> bool {
        self.one.adds && (item.mine || self.here.can("EditGroups"))
    }
}

/// What a comment can be about: the minutes once it was held, what is on the agenda, what was decided.
fn parts(one: &Meeting, agenda: &[Item], decisions: &[Decided]) -> Vec<Choice> {
    let minutes = one.was_held().then(|| Choice::new(one.id.to_string(), "The minutes"));
    let items = agenda.iter().map(|item| Choice::new(item.id.to_string(), format!("On the agenda: {}", beginning(&item.text, 60))));
    let decided = decisions.iter().map(|one| Choice::new(one.id.to_string(), format!("The decision: {}", beginning(&one.what, 60))));
    minutes.into_iter().chain(items).chain(decided).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    about: String,
}

async fn show(can: Can<ViewGroups>, at: paths::MeetingPage, Query(wanted): Query<Wanted>) -> Result<Page<Show>, Error> {
    let (id, here) = (at.meeting, can.here());
    let page = can
        .read(async |tx| {
            let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
            let (agenda, bodies) = (store::agenda(tx, id).await?, store::bodies(tx, id).await?);
            let (decisions, sent_up) = (store::decisions(tx, id).await?, store::sent_up(tx, id).await?);
            let (joined, history) = (chain::neighbours(tx, id).await?, chain::history(tx, id).await?);
            let bodies = bodies.into_iter().map(|(_, name)| name).collect();
            let comments = comments::of(tx, id).await?.about(parts(&one, &agenda, &decisions), &wanted.about);
            Ok(Show { here, one, agenda, bodies, decisions, sent_up, joined, history, comments })
        })
        .await?;
    Ok(Page(page))
}

async fn calendar_file(can: Can<ViewGroups>, at: paths::Calendar) -> Result<Response, Error> {
    let one = can.read(async |tx| store::find(tx, at.meeting).await?.ok_or(Error::NotFound)).await?;
    Ok(download("attachment; filename=\"meeting.ics\"", calendar::file(&one)))
}

async fn group_calendar(can: Can<ViewGroups>, at: paths::GroupCalendar) -> Result<Response, Error> {
    let (all, now) = can.read(async |tx| Ok((store::dated(tx, at.group).await?.ok_or(Error::NotFound)?, tx.now()))).await?;
    Ok(download("attachment; filename=\"meetings.ics\"", calendar::all(&all, can.here().zone(), now)))
}

fn download(name: &'static str, text: String) -> Response {
    ([(http::header::CONTENT_TYPE, KIND), (http::header::CONTENT_DISPOSITION, name)], text).into_response()
}

/// What a form for a meeting offers.
struct Offer {
    groups: Vec<Choice>,
    sides: Sides,
}

async fn offer(tx: &mut AgencyTx) -> Result<Offer, Error> {
    Ok(Offer { groups: store::groups(tx, None).await?, sides: commitments::sides(tx).await? })
}

#[derive(Template)]
#[template(path = "groups/meetings/new.html")]
struct New {
    here: Here,
    form: MeetingForm,
    problems: Problems,
    offer: Offer,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Made {
    group: String,
}

async fn new(can: Can<EditGroups>, _: paths::NewMeeting, Query(made): Query<Made>) -> Result<Page<New>, Error> {
    let offer = can.read(async |tx| offer(tx).await).await?;
    let group = Some(made.group).filter(|group| offer.groups.iter().any(|one| one.value == *group)).unwrap_or_default();
    Ok(Page(New { here: can.here(), form: MeetingForm::begun(group), problems: Problems::default(), offer }))
}

async fn create(can: Can<EditGroups>, _: paths::Meetings, Form(form): Form<MeetingForm>) -> Result<Response, Error> {
    let offer = can.read(async |tx| offer(tx).await).await?;
    let written = match form.parse(can.here().zone(), &offer.groups, &offer.sides, None) {
        Ok(plan) => {
            let add = async |tx: &mut AgencyTx| {
                let first = store::add(tx, &can, &plan).await?;
                let said = if plan.begins.len() > 1 { "Meetings planned" } else { "Meeting planned" };
                Ok(Done::at(paths::meeting(can.slug(), first), said))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, offer })
}

#[derive(Template)]
#[template(path = "groups/meetings/edit.html")]
struct Edit {
    here: Here,
    one: Meeting,
    form: MeetingForm,
    problems: Problems,
    offer: Offer,
}

/// A meeting that lies ahead, and what its form offers.
async fn now(can: &Can<EditGroups>, id: SubjectId) -> Result<(Meeting, Offer), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.filter(Meeting::is_planned).ok_or(Error::NotFound)?;
        Ok((one, offer(tx).await?))
    })
    .await
}

async fn edit(can: Can<EditGroups>, at: paths::EditMeeting) -> Result<Page<Edit>, Error> {
    let (one, offer) = now(&can, at.meeting).await?;
    Ok(Page(Edit { here: can.here(), form: MeetingForm::of(&one), one, problems: Problems::default(), offer }))
}

async fn update(can: Can<EditGroups>, at: paths::MeetingPage, Form(form): Form<MeetingForm>) -> Result<Response, Error> {
    let (one, offer) = now(&can, at.meeting).await?;
    // Whose meeting it is, and whether it comes again, is said when it is planned.
    let form = MeetingForm { group: String::new(), every: String::new(), monthly: String::new(), until: String::new(), ..form };
    let written = match form.parse(one.tz(), &offer.groups, &offer.sides, Some(&one)) {
        Ok(plan) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.meeting, &plan).await?;
                let said = if plan.following { "Meeting saved, and those that follow" } else { "Meeting saved" };
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), said))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&MeetingForm::of(&one), &form);
        Edit { here: can.here(), one, form, problems, offer }
    })
}
