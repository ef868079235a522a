//! The county's exports: some taken, some old enough that their file is gone, one ready to be taken today.

use super::{DemoError, Life, statements};
use crate::worker;

/// Day of the year, hour, who, the form.
type Asked = (i64, i64, &'static str, &'static [(&'static str, &'static str)]);

const ASKED: &[Asked] = &[
    (96, 15, "analyst", &[("what", "partners"), ("format", "csv")]),
    (203, 20, "director", &[("what", "commitments"), ("format", "xlsx")]),
    (340, 17, "analyst", &[("what", "goals"), ("format", "xlsx")]),
    // After the last words were confirmed, before some of them are taken back.
    (355, 16, "analyst", &[("what", "statements"), ("format", "package")]),
];

type AskedToday = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Today's: they are still there.
const TODAY: &[AskedToday] = &[
    ("statements_export", "analyst", &[("what", "statements"), ("format", "xlsx")]),
    ("loops_export", "director", &[("what", "loops"), ("format", "xlsx")]),
    ("partners_export", "staff", &[("what", "partners"), ("format", "csv")]),
];

/// Exports through the year, and what is ready at its end.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (day, hour, who, form) in ASKED {
        life.day(*day, *hour);
        let export = life.post(who, "/cedar-river/reports/exports", form).await?;
        work(life).await?;
        life.post(who, &format!("{export}/downloads"), &[]).await?;
        // The last of them is the one that is called back.
        life.name("called_back_export", &export);
    }
    statements::taken_back(life).await?;
    life.day(364, 14);
    for (name, who, form) in TODAY {
        let export = life.post(who, "/cedar-river/reports/exports", form).await?;
        life.name(name, &export);
    }
    work(life).await?;
    let partners = life.id("partners_export")?;
    life.post("staff", &format!("/cedar-river/reports/exports/{partners}/downloads"), &[]).await?;
    worker::sweep(&life.app).await.map_err(|error| DemoError::Stopped(error.to_string()))
}

/// Lets the worker do what is due.
async fn work(life: &Life) -> Result<(), DemoError> {
    worker::run_due(&life.app).await.map(drop).map_err(|error| DemoError::Stopped(error.to_string()))
}
