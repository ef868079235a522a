//! What becomes of each row, what a person decides on doubles, and the one button that writes.

use super::super::{
    forms::ChoicesForm,
    model::{Choice as Decision, Counts, Import, ImportId, ReportRow, RowState, State},
    paths,
    store::{self, Candidate, Decisions},
    taking::earlier_rows,
};
use crate::{
    partners::compared::{Compared, Difference, compared},
    platform::{files, ids::PartnerId, paging::with_filters, policy::ImportPartners, prelude::*},
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    outcome: String,
    page: String,
}

#[derive(Template)]
#[template(path = "partners/import/report.html")]
pub(super) struct Report {
    here: Here,
    import: Import,
    counts: Counts,
    outcome: String,
    rows: Paged<ReportRow>,
    candidates: Vec<Candidate>,
    earlier: Vec<ReportRow>,
    undecided: i64,
    /// Only whoever sent the list in may read its file again.
    is_sender: bool,
    problems: Problems,
}

impl Report {
    async fn of(can: &Can<ImportPartners>, id: ImportId, filters: &Filters) -> Result<Self, Error> {
        let paging = Paging::from_text(&filters.page);
        let ((import, counts, undecided, is_sender), outcome, rows, (candidates, earlier)) = can
            .read(async |tx| {
                let head = head(tx, id).await?;
                // Whoever comes to decide sees first what waits for a decision.
                let outcome = match filters.outcome.as_str() {
                    "" if head.0.state == State::Checked && head.2 > 0 => RowState::Double.as_str(),
                    "all" => "",
                    other => other,
                };
                let rows = store::page(tx, id, RowState::parse(outcome), Some(paging)).await?;
                let beside = beside(tx, id, &rows).await?;
                Ok((head, outcome, rows, beside))
            })
            .await?;
        let address = with_filters(&paths::import(can.slug(), id), &[("outcome", if filters.outcome == "all" { "all" } else { outcome })]);
        let (here, outcome, rows, problems) = (can.here(), outcome.to_owned(), paging.of(rows, &address), Problems::default());
        Ok(Self { here, import, counts, outcome, rows, candidates, earlier, undecided, is_sender, problems })
    }

    /// The list can still be decided on.
    fn is_open(&self) -> bool {
        self.import.state == State::Checked
    }

    /// The rows of this page are doubles to be decided.
    fn decides_doubles(&self) -> bool {
        self.is_open() && self.outcome == RowState::Double.as_str()
    }

    /// Rows of this page may be left out one by one.
    fn may_leave_out(&self) -> bool {
        let leaves = [RowState::Added.as_str(), RowState::Changed.as_str()];
        self.is_open() && !self.import.what.is_national() && leaves.contains(&self.outcome.as_str())
    }

    /// Something on this page can be chosen.
    fn has_choices(&self) -> bool {
        !self.rows.is_empty() && (self.decides_doubles() || self.may_leave_out())
    }

    /// The rows with one outcome.
    fn filtered(&self, state: &RowState) -> String {
        with_filters(&paths::import(self.here.slug(), self.import.id), &[("outcome", state.as_str())])
    }

    /// Outcomes that occur, for the filter.
    fn outcomes(&self) -> Vec<Choice> {
        let choice = |(state, n): (&RowState, &i64)| Choice::new(state.as_str(), format!("{state} ({n})"));
        std::iter::once(Choice::new("all", "All rows")).chain(self.counts.iter().map(choice)).collect()
    }

    /// What the filter stands at.
    fn filter_value(&self) -> &str {
        if self.outcome.is_empty() { "all" } else { &self.outcome }
    }

    /// Where the choices of this page go, and come back from.
    fn keep_at(&self) -> String {
        let page = (self.rows.from() - 1) / crate::platform::paging::PAGE_SIZE + 1;
        with_filters(&paths::choices(self.here.slug(), self.import.id), &[("outcome", &self.outcome), ("page", &page.to_string())])
    }

    /// What becomes of a row, in words.
    fn told(&self, row: &ReportRow) -> (&'static str, &'static str) {
        match (row.outcome, row.choice) {
            (RowState::Double, None) if self.is_open() => ("likely double, to be decided", "wait"),
            (RowState::Double, Some(Decision::Add)) => ("a new partner", ""),
            (RowState::Double, Some(Decision::Merge)) => ("the same as another", ""),
            (_, Some(Decision::Leave)) | (RowState::Left, _) => ("left out", "quiet"),
            (RowState::Added | RowState::Listed, _) => ("new", "good"),
            (RowState::Refused, _) => ("refused", "late"),
            (state, _) => (state.label(), ""),
        }
    }

    /// The likely doubles of a row, each compared with it.
    fn likely(&self, row: &ReportRow) -> Vec<Likely> {
        let partners = partners_of(row).filter_map(|id| self.candidates.iter().find(|one| one.id == id));
        let beside = |name: &str, facts: &[(&'static str, String)]| -> Vec<Compared> {
            std::iter::once(Compared::of("Name", &row.name, name)).chain(compared(&row.facts(), facts)).collect()
        };
        let partners = partners.map(|one| (one.id.to_string(), one.name.clone(), "Already a partner", beside(&one.name, &one.facts)));
        let rows = earlier_rows(row).filter_map(|number| self.earlier.iter().find(|one| one.number == number));
        let rows =
            rows.map(|one| (format!("row-{}", one.number), one.name.clone(), "Earlier in this list", beside(&one.name, &one.facts())));
        partners.chain(rows).collect()
    }
}

impl Report {
    /// Shown again with what was chosen, which is not kept yet.
    fn chosen(mut self, decided: &Decisions, problems: Problems) -> Self {
        for row in &mut self.rows.rows {
            if let Some(at) = decided.numbers.iter().position(|number| *number == row.number) {
                row.choice = Decision::parse(&decided.choices[at]);
                row.partner = if row.outcome == RowState::Double { decided.partners[at].map(PartnerId) } else { row.partner };
                row.same_row = decided.rows[at];
            }
        }
        Self { problems, ..self }
    }
}

/// The list, how many rows have which outcome, how many wait for a decision, and whether the reader sent it in.
async fn head(tx: &mut AgencyTx, id: ImportId) -> Result<(Import, Counts, i64, bool), Error> {
    let import = store::find(tx, id).await?;
    let is_sender = if let Some(file) = import.file { files::find(tx, file).await?.is_some() } else { false };
    Ok((import, store::counts(tx, id).await?, store::undecided(tx, id).await?, is_sender))
}

/// What stands beside rows that may be doubles: partners, and earlier rows of the list.
async fn beside(tx: &mut AgencyTx, id: ImportId, rows: &[ReportRow]) -> Result<(Vec<Candidate>, Vec<ReportRow>), Error> {
    let ids: Vec<PartnerId> = rows.iter().flat_map(partners_of).collect();
    let numbers: Vec<i32> = rows.iter().flat_map(earlier_rows).collect();
    Ok((store::candidates(tx, &ids).await?, store::rows_with(tx, id, &numbers).await?))
}

/// The value of the choice, the name, where it stands, both field by field.
type Likely = (String, String, &'static str, Vec<Compared>);

fn partners_of(row: &ReportRow) -> impl Iterator<Item = PartnerId> + '_ {
    use super::super::Same;
    row.details.same.iter().filter_map(|same| match same {
        Same::Partner(id) => Some(*id),
        Same::Row(_) => None,
    })
}

pub(super) async fn show(can: Can<ImportPartners>, at: paths::ImportPage, Query(filters): Query<Filters>) -> Result<Page<Report>, Error> {
    Ok(Page(Report::of(&can, at.import, &filters).await?))
}

/// What was chosen, as the rows are told.
fn decisions(pairs: &[(String, String)]) -> Decisions {
    let mut decided = Decisions::default();
    for (number, choice, partner, row) in ChoicesForm::of(pairs).decided {
        decided.numbers.push(number);
        decided.choices.push(choice.to_owned());
        decided.partners.push(partner);
        decided.rows.push(row);
    }
    decided
}

pub(super) async fn choose(
    can: Can<ImportPartners>,
    at: paths::Choices,
    Query(filters): Query<Filters>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let decided = decisions(&pairs);
    let brings_in = pairs.iter().any(|(name, value)| name == "then" && value == "bring");
    let again = Report::of(&can, at.import, &filters).await?;
    let national = again.import.what.is_national();
    let back = with_filters(&paths::import(can.slug(), at.import), &[("outcome", &filters.outcome), ("page", &filters.page)]);
    let keep = async |tx: &mut AgencyTx| {
        store::choose(tx, &can, at.import, &decided).await?;
        if brings_in {
            return bring(tx, &can, at.import, national).await;
        }
        Ok(Done::at(back, "Your choices are kept. Nothing is written yet"))
    };
    can.write(keep).await.or_again(|problems| again.chosen(&decided, problems))
}

pub(super) async fn confirm(can: Can<ImportPartners>, at: paths::Confirmation) -> Result<Response, Error> {
    let again = Report::of(&can, at.import, &Filters::default()).await?;
    let national = again.import.what.is_national();
    can.write(async |tx| bring(tx, &can, at.import, national).await).await.or_again(|problems| Report { problems, ..again })
}

/// Writes the list as it was decided.
async fn bring(tx: &mut AgencyTx, can: &Can<ImportPartners>, id: ImportId, national: bool) -> Result<Done, Error> {
    let _ = if national { store::bring_in_names(tx, can, id).await? } else { store::bring_in(tx, can, id).await? };
    Ok(Done::at(paths::import(can.slug(), id), "List brought in"))
}

#[derive(Template)]
#[template(path = "partners/import/drop.html")]
pub(super) struct Ask {
    here: Here,
    import: Import,
    problems: Problems,
}

pub(super) async fn ask(can: Can<ImportPartners>, at: paths::DropImport) -> Result<Page<Ask>, Error> {
    let import = can.read(async |tx| store::find(tx, at.import).await).await?;
    Ok(Page(Ask { here: can.here(), import, problems: Problems::default() }))
}

pub(super) async fn delete(can: Can<ImportPartners>, at: paths::DropImport) -> Result<Response, Error> {
    let import = can.read(async |tx| store::find(tx, at.import).await).await?;
    let drop = async |tx: &mut AgencyTx| {
        store::drop_list(tx, &can, at.import).await?;
        Ok(Done::at(paths::imports(can.slug()), "List dropped. Nothing was written"))
    };
    can.write(drop).await.or_again(|problems| Ask { here: can.here(), import, problems })
}
