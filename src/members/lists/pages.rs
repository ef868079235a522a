//! The steps of inviting many: send a list in, see what becomes of each row, bring it in or drop it.

use super::{
    model::{KEPT_DAYS, MOST_PEOPLE, Outcome, PeopleList, PeopleListId, ReportRow, State},
    paths,
    reading::{asked, judge},
    store,
};
use crate::{
    members::paths as of_members,
    platform::{
        aside,
        paging::with_filters,
        policy::InviteMany,
        prelude::*,
        tables::{self, Note, Table},
    },
    quarantine,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// How a pasted list is called.
const PASTED: &str = "pasted list.txt";

/// The routes of this slice.
pub(in crate::members) fn routes() -> Routes {
    let example = |path, form| Example { who: "admin", path, form };
    Routes::new()
        .get(paths::PeopleLists::PATH, index)
        .post(paths::PeopleLists::PATH, create, example("", "file=@@people.csv"))
        .limited(&limits::UPLOADS)
        .get(paths::PeopleListPage::PATH, show)
        .post(paths::Confirmation::PATH, confirm, example("people_list=@people_list", "version=@version"))
        .limited(&limits::INVITATIONS)
        .get(paths::DropList::PATH, ask)
        .post(paths::DropList::PATH, delete, example("people_list=@people_list_dropped", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    outcome: String,
    page: String,
}

#[derive(Template)]
#[template(path = "members/lists/index.html")]
struct Index {
    here: Here,
    lists: Paged<PeopleList>,
    pasted: String,
    problems: Problems,
}

impl Index {
    fn readers(&self) -> String {
        format!("The agency’s administrators can read the list, at most for {KEPT_DAYS} days.")
    }

    fn limits(&self) -> String {
        format!("CSV or Excel (.xlsx), at most {MOST_PEOPLE} rows")
    }
}

async fn listed(can: &Can<InviteMany>, at: &paths::PeopleLists, page: &str) -> Result<Index, Error> {
    let paging = Paging::from_text(page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    Ok(Index { here: can.here(), lists: paging.of(rows, &at.to_string()), pasted: String::new(), problems: Problems::default() })
}

async fn index(can: Can<InviteMany>, at: paths::PeopleLists, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    Ok(Page(listed(&can, &at, &filters.page).await?))
}

async fn create(can: Can<InviteMany>, at: paths::PeopleLists, upload: Upload) -> Result<Response, Error> {
    let (pasted, again) = (upload.field("pasted").to_owned(), listed(&can, &at, "").await?);
    take_in(&can, &upload, &at.to_string()).await.or_again(|problems| Index { pasted, problems, ..again })
}

/// Reads what was sent, a file or else what was pasted, and keeps what would become of each row.
async fn take_in(can: &Can<InviteMany>, upload: &Upload, back: &str) -> Result<Response, Error> {
    if let Some(told) = quarantine::put(can, upload, back).await? {
        return Ok(told);
    }
    let is_file = !upload.name.is_empty();
    let pasted = upload.field("pasted").trim_matches(['\n', '\r']).to_owned();
    if !is_file && pasted.trim().is_empty() {
        return Err(Error::refused("file", "Choose a file, or paste the list below"));
    }
    let field = if is_file { "file" } else { "pasted" };
    let (name, bytes) = if is_file { (upload.name.clone(), upload.bytes.clone()) } else { (PASTED.to_owned(), bytes::Bytes::from(pasted)) };
    let called = name.clone();
    let table: Table =
        aside::run(move || tables::read(&bytes, &called, None)).await?.map_err(|refusal| Error::refused(field, refusal.to_string()))?;
    let rows = asked(&table).map_err(|lacks| Error::refused(field, lacks))?;
    let notes: Vec<String> = table.notes.iter().map(told_of).collect();
    let keep = async |tx: &mut AgencyTx| {
        let known = store::known(tx).await?;
        let id = store::add(tx, can, &name, &notes, &judge(&rows, &known)).await?;
        Ok(Done::at(paths::people_list(can.slug(), id), "List checked. Nobody is invited yet"))
    };
    can.write_upload(upload, keep).await
}

/// What is said of the file: here nobody chooses another sheet.
fn told_of(note: &Note) -> String {
    match note {
        Note::OneSheetOf { sheets: 2, .. } => format!("{note} The other one is not read."),
        Note::OneSheetOf { .. } => format!("{note} The others are not read."),
        _ => note.to_string(),
    }
}

#[derive(Template)]
#[template(path = "members/lists/show.html")]
struct Report {
    here: Here,
    list: PeopleList,
    counts: Vec<(Outcome, i64)>,
    rows: Paged<ReportRow>,
    outcome: String,
    problems: Problems,
}

impl Report {
    /// The list can still be brought in.
    fn is_open(&self) -> bool {
        self.list.state == State::Checked
    }

    fn filtered(&self, outcome: &Outcome) -> String {
        with_filters(&paths::people_list(self.here.slug(), self.list.id), &[("outcome", outcome.as_str())])
    }

    /// Somebody would come of it.
    fn has_new(&self) -> bool {
        self.counts.iter().any(|(outcome, _)| matches!(outcome, Outcome::Invite | Outcome::Propose))
    }

    /// What became of a row, in words, and how it is marked.
    fn told(&self, row: &ReportRow) -> (&'static str, &'static str) {
        match (row.outcome, self.is_open()) {
            (Outcome::Invite, false) => ("invited", "good"),
            (Outcome::Propose, false) => ("proposed to their body", "good"),
            (Outcome::Invite | Outcome::Propose, true) => (row.outcome.label(), "good"),
            (Outcome::There, _) => (row.outcome.label(), "quiet"),
            (Outcome::Refused, _) => (row.outcome.label(), "late"),
        }
    }
}

async fn report(can: &Can<InviteMany>, id: PeopleListId, filters: &Filters) -> Result<Report, Error> {
    let (paging, outcome) = (Paging::from_text(&filters.page), Outcome::parse(&filters.outcome));
    let (list, (counts, rows)) = can.read(async |tx| Ok((store::find(tx, id).await?, store::page(tx, id, outcome, paging).await?))).await?;
    let address = with_filters(&paths::people_list(can.slug(), id), &[("outcome", &filters.outcome)]);
    let (outcome, problems) = (filters.outcome.clone(), Problems::default());
    let counts = if list.forgotten_at.is_some() { list.kept_counts() } else { counts };
    Ok(Report { here: can.here(), list, counts, rows: paging.of(rows, &address), outcome, problems })
}

async fn show(can: Can<InviteMany>, at: paths::PeopleListPage, Query(filters): Query<Filters>) -> Result<Page<Report>, Error> {
    Ok(Page(report(&can, at.people_list, &filters).await?))
}

async fn confirm(can: Can<InviteMany>, at: paths::Confirmation) -> Result<Response, Error> {
    let again = report(&can, at.people_list, &Filters::default()).await?;
    let bring = async |tx: &mut AgencyTx| {
        store::bring_in(tx, &can, at.people_list).await?;
        Ok(Done::at(paths::people_list(can.slug(), at.people_list), "List brought in"))
    };
    can.write(bring).await.or_again(|problems| Report { problems, ..again })
}

#[derive(Template)]
#[template(path = "members/lists/drop.html")]
struct Ask {
    here: Here,
    list: PeopleList,
    problems: Problems,
}

async fn ask(can: Can<InviteMany>, at: paths::DropList) -> Result<Page<Ask>, Error> {
    let list = can.read(async |tx| store::find(tx, at.people_list).await).await?;
    Ok(Page(Ask { here: can.here(), list, problems: Problems::default() }))
}

async fn delete(can: Can<InviteMany>, at: paths::DropList) -> Result<Response, Error> {
    let list = can.read(async |tx| store::find(tx, at.people_list).await).await?;
    let drop = async |tx: &mut AgencyTx| {
        store::drop_list(tx, &can, at.people_list).await?;
        Ok(Done::at(paths::people_lists(can.slug()), "List dropped. Nobody was invited"))
    };
    can.write(drop).await.or_again(|problems| Ask { here: can.here(), list, problems })
}
