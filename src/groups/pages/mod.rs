//! The list of groups, one group, and the forms that keep it.

mod seats;

use super::{
    forms::{CharterForm, GroupForm},
    meetings::paths as met,
    model::{Brought, Charter, Former, Group, GroupKind, Listed, Met, Method, Seat, State},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened},
    comments,
    commitments::Sides,
    listening::sessions::Constituency,
    platform::{
        ids::{PartnerId, SubjectId},
        paging::with_filters,
        policy::{EditGroups, NameSitter, ViewGroups},
        prelude::*,
        subject::Audience,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::NaiveDate;
use serde::Deserialize;

const ENTRY: &str = "name=Kinship+council&kind=council&purpose=To+advise+on+kinship+care&method=advice&audience=partnership";
const KEPT: &str =
    "name=Shared+table&kind=board&purpose=To+decide+together&method=each_side&agenda_days=3&audience=partnership&version=@version";

/// The routes of this slice.
#[must_use]
pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Groups::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Groups::PATH, create, example("", ENTRY))
        .get(paths::NewGroup::PATH, new)
        .get(paths::GroupPage::PATH, show)
        .post(paths::GroupPage::PATH, update, example("group=@group_board", KEPT))
        .get(paths::EditGroup::PATH, edit)
        .get(paths::CharterOf::PATH, charter)
        .post(paths::CharterOf::PATH, add_charter, example("group=@group_board", "text=We+meet+every+month&version=@group_board_charter"))
        .join(seats::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    kind: String,
    seats: String,
    sort: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Groups) -> String {
        let set = [("q", self.q.as_str()), ("kind", &self.kind), ("seats", &self.seats), ("sort", &self.sort)];
        with_filters(&at.to_string(), &set)
    }

    fn narrowed(&self, today: NaiveDate) -> Narrowed<'_> {
        Narrowed { words: &self.q, kind: &self.kind, seats: &self.seats, sort: &self.sort, today }
    }

    fn by_seats() -> Vec<Choice> {
        vec![Choice::new("vacant", "With a vacant seat"), Choice::new("mine", "Where I or mine have a seat")]
    }
}

#[derive(Template)]
#[template(path = "groups/index.html")]
struct Index {
    here: Here,
    at: paths::Groups,
    groups: Paged<Listed>,
    filters: Filters,
}

async fn index(can: Can<ViewGroups>, at: paths::Groups, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| store::list(tx, &filters.narrowed(can.today()), paging).await).await?;
    let groups = paging.of(rows, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, groups, filters }))
}

#[derive(Template)]
#[template(path = "groups/show.html")]
struct Show {
    here: Here,
    one: Group,
    charters: Vec<Charter>,
    seats: Vec<Seat>,
    former: Vec<Former>,
    met: Vec<Met>,
    brought: Vec<Brought>,
    history: Vec<Happened>,
    comments: comments::Thread,
    /// The body that the reader speaks for.
    mine: Option<PartnerId>,
}

impl Show {
    fn count(&self) -> i64 {
        self.seats.len() as i64
    }

    fn vacant(&self) -> i64 {
        self.seats.iter().filter(|seat| seat.is_vacant()).count() as i64
    }

    /// The sides that have no chair.
    fn without_chair(&self) -> Vec<&'static str> {
        let has = |agency: bool| {
            self.seats.iter().any(|seat| seat.is_chair && !seat.is_vacant() && (seat.constituency == Constituency::Agency) == agency)
        };
        let sides = [(true, "the agency’s side"), (false, "the partners’ side")];
        sides.into_iter().filter(|(side, _)| !has(*side)).map(|(_, name)| name).collect()
    }

    fn before(&self, seat: &Seat) -> Vec<&Former> {
        self.former.iter().filter(|one| one.seat == seat.id).collect()
    }

    /// Whether the reader says who sits here.
    fn names(&self, seat: &Seat) -> bool {
        self.here.may::<NameSitter>() && seat.body_id.is_some() && seat.body_id == self.mine
    }

    /// What came up and what went up, as far as there is any: an anchor, a heading, and the items.
    fn sections(&self) -> Vec<(&'static str, &'static str, Vec<&Brought>)> {
        let of = |came: bool| self.brought.iter().filter(|one| one.came == came).collect::<Vec<_>>();
        let all = [("came", "What came up to it", of(true)), ("went", "What it sent up", of(false))];
        all.into_iter().filter(|(_, _, items)| !items.is_empty()).collect()
    }
}

async fn show(can: Can<ViewGroups>, at: paths::GroupPage) -> Result<Page<Show>, Error> {
    let (id, here, mine) = (at.group, can.here(), can.mandated_body());
    let page = can
        .read(async |tx| {
            let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
            let (charters, seats) = (store::charters(tx, id).await?, store::seats(tx, id, can.today()).await?);
            let (former, met) = (store::former(tx, id, can.today()).await?, store::met(tx, id).await?);
            let (brought, history) = (store::brought(tx, id).await?, chain::history(tx, id).await?);
            Ok(Show { here, one, charters, seats, former, met, brought, history, comments: comments::of(tx, id).await?, mine })
        })
        .await?;
    Ok(Page(page))
}

#[derive(Template)]
#[template(path = "groups/new.html")]
struct New {
    here: Here,
    form: GroupForm,
    problems: Problems,
    groups: Vec<Choice>,
    may_draft: bool,
}

async fn new(can: Can<EditGroups>, _: paths::NewGroup) -> Result<Page<New>, Error> {
    let groups = can.read(async |tx| store::choices(tx, None).await).await?;
    Ok(Page(New { here: can.here(), form: GroupForm::begun(), problems: Problems::default(), groups, may_draft: true }))
}

async fn create(can: Can<EditGroups>, _: paths::Groups, Form(form): Form<GroupForm>) -> Result<Response, Error> {
    let groups = can.read(async |tx| store::choices(tx, None).await).await?;
    let written = match form.parse(&groups) {
        Ok(entry) => {
            let add = async |tx: &mut AgencyTx| Ok(Done::at(paths::group(can.slug(), store::add(tx, &can, &entry).await?), "Group added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, groups, may_draft: true })
}

#[derive(Template)]
#[template(path = "groups/edit.html")]
struct Edit {
    here: Here,
    one: Group,
    form: GroupForm,
    problems: Problems,
    groups: Vec<Choice>,
    may_draft: bool,
}

/// The group as it is, and those to which it may report.
async fn now(can: &Can<EditGroups>, id: SubjectId) -> Result<(Group, Vec<Choice>), Error> {
    can.read(async |tx| Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, store::choices(tx, Some(id)).await?))).await
}

async fn edit(can: Can<EditGroups>, at: paths::EditGroup) -> Result<Page<Edit>, Error> {
    let (one, groups) = now(&can, at.group).await?;
    let (form, may_draft) = (GroupForm::of(&one), one.is_draft());
    Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), groups, may_draft }))
}

async fn update(can: Can<EditGroups>, at: paths::GroupPage, Form(form): Form<GroupForm>) -> Result<Response, Error> {
    let (one, groups) = now(&can, at.group).await?;
    let written = match form.parse(&groups) {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.group, &entry).await?;
                Ok(Done::at(paths::group(can.slug(), at.group), "Group saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&GroupForm::of(&one), &form);
        let may_draft = one.is_draft();
        Edit { here: can.here(), one, form, problems, groups, may_draft }
    })
}

#[derive(Template)]
#[template(path = "groups/charter.html")]
struct CharterPage {
    here: Here,
    one: Group,
    version: i32,
    form: CharterForm,
    problems: Problems,
}

impl CharterPage {
    fn is_first(&self) -> bool {
        self.version == 0
    }
}

/// The group, and the charter in force.
async fn in_force(can: &Can<EditGroups>, id: SubjectId) -> Result<(Group, Option<Charter>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        Ok((one, store::charters(tx, id).await?.into_iter().next()))
    })
    .await
}

async fn charter(can: Can<EditGroups>, at: paths::CharterOf) -> Result<Page<CharterPage>, Error> {
    let (one, now) = in_force(&can, at.group).await?;
    let (version, text) = now.map(|charter| (charter.version, charter.text)).unwrap_or_default();
    let form = CharterForm { text, ..CharterForm::default() };
    Ok(Page(CharterPage { here: can.here(), one, version, form, problems: Problems::default() }))
}

async fn add_charter(can: Can<EditGroups>, at: paths::CharterOf, Form(form): Form<CharterForm>) -> Result<Response, Error> {
    let (one, now) = in_force(&can, at.group).await?;
    let (version, text) = now.map(|charter| (charter.version, charter.text)).unwrap_or_default();
    let written = match form.parse() {
        Ok(written) => {
            let add = async |tx: &mut AgencyTx| {
                store::add_charter(tx, &can, at.group, &written).await?;
                Ok(Done::at(paths::group(can.slug(), at.group), "A new version of the charter is in force"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = CharterForm { text, ..CharterForm::default() };
        let problems = problems.since(can.version(), version).with_theirs(&theirs, &form);
        CharterPage { here: can.here(), one, version, form, problems }
    })
}
