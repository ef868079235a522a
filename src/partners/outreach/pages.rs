//! The log of outreach, one entry, and its forms.

use super::{
    forms::{NextDateForm, OutreachForm},
    model::{Entry, How, Kept, Order},
    paths,
    store::{self, Narrowed},
};
use crate::{
    comments,
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{LogOutreach, ViewOutreach},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    let entry = "partner=@court&held_on=2026-01-15&went=@director&how=visit&said=The+judge+asked+for+monthly+numbers";
    let kept = "partner=@court&held_on=2026-01-15&went=@director&how=visit&version=1";
    Routes::new()
        .get(paths::Outreach::PATH, index)
        .post(paths::Outreach::PATH, create, example("", entry))
        .get(paths::NewOutreach::PATH, new)
        .get(paths::Governments::PATH, governments)
        .get(paths::OutreachPage::PATH, show)
        .post(paths::OutreachPage::PATH, update, example("entry=@outreach_kept", kept))
        .get(paths::EditOutreach::PATH, edit)
        .post(paths::NextStep::PATH, finish, example("entry=@outreach_open", ""))
        .post(paths::NextDate::PATH, keep_next, example("entry=@outreach_20", "rhythm_next=2027-04-01"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    partner: String,
    government: String,
    went: String,
    next: String,
    how: String,
    delegate: String,
    since: String,
    until: String,
    sort: String,
    page: String,
}

impl Filters {
    fn narrowed(&self, between_governments: bool) -> Narrowed<'_> {
        let mut unread = Problems::default();
        Narrowed {
            partner: self.partner.parse().ok(),
            went: self.went.parse().ok(),
            how: &self.how,
            open: self.next == "open",
            delegated: self.delegate == "yes",
            since: unread.optional_day("since", &self.since),
            until: unread.optional_day("until", &self.until),
            between_governments,
            sort: &self.sort,
        }
    }

    fn address(&self, at: &str) -> String {
        let set = [
            ("partner", self.partner.as_str()),
            ("went", &self.went),
            ("next", &self.next),
            ("how", &self.how),
            ("delegate", &self.delegate),
            ("since", &self.since),
            ("until", &self.until),
            ("sort", &self.sort),
        ];
        with_filters(at, &set)
    }
}

#[derive(Template)]
#[template(path = "partners/outreach/index.html")]
struct Index {
    here: Here,
    /// The address of the log shown, without its filters.
    at: String,
    /// Contacts between governments, which are never mixed with outreach in the community.
    between_governments: bool,
    entries: Paged<Entry>,
    filters: Filters,
    partners: Vec<Choice>,
    people: Vec<Choice>,
}

impl Index {
    fn of_whom(&self) -> &'static str {
        if self.between_governments { "Tribe" } else { "Partner" }
    }
}

#[derive(Template)]
#[template(path = "partners/outreach/show.html")]
struct Show {
    here: Here,
    entry: Entry,
    kept: Option<Kept>,
    comments: comments::Thread,
    form: NextDateForm,
    problems: Problems,
}

impl Show {
    fn of(here: Here, (entry, kept, comments): (Entry, Option<Kept>, comments::Thread)) -> Self {
        let offered = kept.as_ref().and_then(|kept| kept.offered_after(entry.held_on));
        let form = NextDateForm { rhythm_next: offered.map(|day| day.to_string()).unwrap_or_default() };
        Self { here, entry, kept, comments, form, problems: Problems::default() }
    }
}

#[derive(Template)]
#[template(path = "partners/outreach/form.html")]
struct Edit {
    here: Here,
    /// The entry that is edited with its version; none for a new one.
    entry: Option<(SubjectId, i32)>,
    form: OutreachForm,
    problems: Problems,
    partners: Vec<Choice>,
    people: Vec<Choice>,
}

async fn index(can: Can<ViewOutreach>, at: paths::Outreach, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    log(&can, at.to_string(), filters, false).await
}

async fn governments(can: Can<ViewOutreach>, at: paths::Governments, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    log(&can, at.to_string(), filters, true).await
}

async fn log(can: &Asker, at: String, filters: Filters, between_governments: bool) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let log = can.read(async |tx| store::list(tx, &filters.narrowed(between_governments), paging).await).await?;
    let entries = paging.of(log.entries, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, between_governments, entries, filters, partners: log.partners, people: log.people }))
}

async fn one(tx: &mut AgencyTx, id: SubjectId) -> Result<(Entry, Option<Kept>, comments::Thread), Error> {
    let entry = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = store::kept(tx, entry.partner).await?;
    Ok((entry, kept, comments::of(tx, id).await?))
}

async fn show(can: Can<ViewOutreach>, at: paths::OutreachPage) -> Result<Page<Show>, Error> {
    Ok(Page(Show::of(can.here(), can.read(async |tx| one(tx, at.entry).await).await?)))
}

async fn choices(tx: &mut AgencyTx, before: Option<&Entry>) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    Ok((store::partners(tx, before).await?, store::who_may_go(tx, before).await?))
}

/// An entry that is edited, with what may be chosen for it.
async fn edited(can: &Can<LogOutreach>, id: SubjectId) -> Result<(Entry, Vec<Choice>, Vec<Choice>), Error> {
    can.read(async |tx| {
        let entry = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let (partners, people) = choices(tx, Some(&entry)).await?;
        Ok((entry, partners, people))
    })
    .await
}

async fn new(can: Can<LogOutreach>, _: paths::NewOutreach, Query(asked): Query<Filters>) -> Result<Page<Edit>, Error> {
    let (partners, people) = can.read(async |tx| choices(tx, None).await).await?;
    let (held_on, went) = (can.today().to_string(), can.me().to_string());
    let form = OutreachForm { partner: asked.partner, government: asked.government, held_on, went, ..OutreachForm::default() };
    Ok(Page(Edit { here: can.here(), entry: None, form, problems: Problems::default(), partners, people }))
}

async fn create(can: Can<LogOutreach>, _: paths::Outreach, Form(form): Form<OutreachForm>) -> Result<Response, Error> {
    let (partners, people) = can.read(async |tx| choices(tx, None).await).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                Ok(Done::at(paths::entry(can.slug(), store::add(tx, &can, &new).await?), "Outreach written down"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Edit { here: can.here(), entry: None, form, problems, partners, people })
}

async fn edit(can: Can<LogOutreach>, at: paths::EditOutreach) -> Result<Page<Edit>, Error> {
    let (entry, partners, people) = edited(&can, at.entry).await?;
    let form = OutreachForm::of(&entry);
    Ok(Page(Edit { here: can.here(), entry: Some((entry.id, entry.version)), form, problems: Problems::default(), partners, people }))
}

async fn update(can: Can<LogOutreach>, at: paths::OutreachPage, Form(form): Form<OutreachForm>) -> Result<Response, Error> {
    let (now, partners, people) = edited(&can, at.entry).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, &now, &new).await?;
                Ok(Done::at(paths::entry(can.slug(), at.entry), "Outreach saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&OutreachForm::of(&now), &form);
        Edit { here: can.here(), entry: Some((now.id, now.version)), form, problems, partners, people }
    })
}

async fn finish(can: Can<LogOutreach>, at: paths::NextStep) -> Result<Response, Error> {
    can.write(async |tx| {
        store::finish(tx, &can, at.entry).await?;
        Ok(Done::at(paths::entry(can.slug(), at.entry), "Next step done"))
    })
    .await
}

async fn keep_next(can: Can<LogOutreach>, at: paths::NextDate, Form(form): Form<NextDateForm>) -> Result<Response, Error> {
    let shown = can.read(async |tx| one(tx, at.entry).await).await?;
    let written = match form.parse() {
        Ok(next) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_next(tx, &can, &shown.0, next).await?;
                Ok(Done::at(paths::entry(can.slug(), at.entry), "Next date put down"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { form, problems, ..Show::of(can.here(), shown) })
}
