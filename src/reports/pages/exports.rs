//! Exports: all of them, one of them, and the form that says beforehand what will be in the file.

use super::super::{
    forms::ExportForm,
    model::{Export, Format, State, Taken, What},
    paths,
    sheets::{self, Table},
    store::{
        exports::{self, Which},
        year,
    },
};
use crate::platform::{
    ids::MembershipId,
    paging::with_filters,
    policy::{Hat, TakeExports, ViewReports},
    prelude::*,
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Narrow {
    what: String,
    state: String,
    why: String,
    whose: String,
    page: String,
}

impl Narrow {
    fn which(&self, me: MembershipId) -> Which {
        let withdrawn = match self.why.as_str() {
            "withdrawn" => Some(true),
            "otherwise" => Some(false),
            _ => None,
        };
        let asked_by = (self.whose == "mine").then_some(me);
        Which { what: What::parse(&self.what), state: State::parse(&self.state), asked_by, withdrawn, ..Which::default() }
    }

    fn reasons() -> Vec<Choice> {
        vec![Choice::new("withdrawn", "Voided by a withdrawal"), Choice::new("otherwise", "Everything else")]
    }

    fn askers() -> Vec<Choice> {
        vec![Choice::new("mine", "You")]
    }
}

#[derive(Template)]
#[template(path = "reports/exports.html")]
pub(super) struct Index {
    here: Here,
    me: MembershipId,
    hat: Hat,
    exports: Paged<Export>,
    narrow: Narrow,
    address: String,
}

pub(super) async fn index(can: Can<ViewReports>, at: paths::Exports, Query(narrow): Query<Narrow>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&narrow.page);
    let which = narrow.which(can.me());
    let rows = can.read(async |tx| exports::list(tx, which, paging).await).await?;
    let address = at.to_string();
    let set = [("what", narrow.what.as_str()), ("state", &narrow.state), ("why", &narrow.why), ("whose", &narrow.whose)];
    let exports = paging.of(rows, &with_filters(&address, &set));
    Ok(Page(Index { here: can.here(), me: can.me(), hat: can.hat(), exports, narrow, address }))
}

#[derive(Template)]
#[template(path = "reports/export.html")]
pub(super) struct Show {
    here: Here,
    me: MembershipId,
    hat: Hat,
    export: Export,
    taken: Vec<Taken>,
    table: &'static Table,
    /// Its file was asked for just now.
    taking: bool,
}

/// Whether the file is to come by itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Taking {
    taking: String,
}

impl Show {
    fn can_be_taken(&self) -> bool {
        self.export.can_be_taken_by(self.me, self.hat)
    }

    fn comes_by_itself(&self) -> bool {
        self.taking && self.can_be_taken()
    }

    fn tells_numbers(&self) -> bool {
        self.export.tells_numbers_to(self.me, self.hat)
    }

    /// The reader took copies that are asked for, and has not said that they are deleted.
    fn has_copies(&self) -> bool {
        self.export.asks_for_copies() && self.taken.iter().any(|one| one.by_me && one.deleted_at.is_none())
    }

    /// It is the reader's own, from when they had another role.
    fn is_of_another_role(&self) -> bool {
        self.export.asked_by == self.me && self.export.is_made_under_another_hat(self.hat)
    }
}

pub(super) async fn show(can: Can<ViewReports>, at: paths::ExportPage, Query(asked): Query<Taking>) -> Result<Page<Show>, Error> {
    let (export, taken) = can
        .read(async |tx| Ok((exports::find(tx, at.export).await?.ok_or(Error::NotFound)?, exports::taken(tx, at.export).await?)))
        .await?;
    let table = sheets::table(export.what);
    Ok(Page(Show { here: can.here(), me: can.me(), hat: can.hat(), export, taken, table, taking: asked.taking == "yes" }))
}

#[derive(Template)]
#[template(path = "reports/new.html")]
pub(super) struct New {
    here: Here,
    form: ExportForm,
    problems: Problems,
    chosen: Option<(What, &'static Table)>,
    themes: Vec<Choice>,
}

impl New {
    fn of(here: Here, form: ExportForm, problems: Problems, themes: Vec<Choice>) -> Self {
        let chosen = form.chosen().map(|what| (what, sheets::table(what)));
        Self { here, form, problems, chosen, themes }
    }

    fn formats() -> Vec<Choice> {
        vec![
            Choice::new("xlsx", "Excel").hint("One workbook: the table, and a second sheet that says what each column means."),
            Choice::new("csv", "CSV").hint("One plain table. The data dictionary is a file beside it."),
            Choice::new("package", "Data package")
                .hint("A zip for programs: CSV, data dictionary and datapackage.json (Frictionless Data)."),
        ]
    }

    fn kinds() -> Vec<Choice> {
        What::ALL.iter().map(|what| Choice::new(what.as_str(), what.label()).hint(sheets::table(*what).about)).collect()
    }
}

pub(super) async fn new(can: Can<ViewReports>, _: paths::NewExport, Query(mut form): Query<ExportForm>) -> Result<Page<New>, Error> {
    let themes = can.read(async |tx| year::themes(tx).await).await?;
    if form.format.is_empty() {
        form.format = Format::Xlsx.as_str().to_owned();
    }
    Ok(Page(New::of(can.here(), form, Problems::default(), themes)))
}

pub(super) async fn create(can: Can<TakeExports>, _: paths::Exports, Form(form): Form<ExportForm>) -> Result<Response, Error> {
    let themes = can.read(async |tx| year::themes(tx).await).await?;
    let written = match form.parse() {
        Ok((what, format, filters)) => {
            let ask = async |tx: &mut AgencyTx| {
                let id = exports::ask(tx, &can, what, format, &filters).await?;
                Ok(Done::at(paths::export(can.slug(), id), "Export asked for"))
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New::of(can.here(), form, problems, themes))
}
