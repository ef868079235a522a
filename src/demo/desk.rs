//! The Tribe's steward at their desk: records marked as concerning the Tribe, an opening that an order asked for, and a copy taken home.

use super::{DemoError, Life};

/// Barriers that concern the Tribe's children, as the county's staff and the Tribe itself say.
const CONCERN: &[(i64, &str, &str)] = &[(130, "staff", "barrier_1"), (131, "staff", "barrier_2"), (131, "tribe", "barrier_3")];

/// What was in the year, before the log was sealed for the first time.
pub(super) async fn in_the_year(life: &mut Life) -> Result<(), DemoError> {
    let tribe = life.id("tallpine")?;
    for (day, who, barrier) in CONCERN {
        life.day(*day, 16);
        let path = format!("/cedar-river/records/{}/concerns", life.id(barrier)?);
        life.post(who, &path, &[("body", &tribe)]).await?;
    }
    let marked = life.id("barrier_1")?;
    life.note("barrier_concern", &marked);
    let reason = "Order of the juvenile court of 12 November: the date on which the Tribe’s concern reached us";
    opened(life, 240, "loop_2", ("2", reason)).await
}

/// What was yesterday.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    let reason = "Subpoena of the state’s ombudsman for what the county answered the Tribe";
    opened(life, 364, "loop_6", ("72", reason)).await?;
    life.day(364, 20);
    let said = first(life, "statements?read=taken&state=stands").await?;
    life.note("tribe_statement", &said);
    let written = first(life, "comments?state=stands").await?;
    life.note("tribe_comment", &written);
    life.post("tribe", "/cedar-river/desk/copies", &[]).await?;
    let page = life.get("tribe", "/cedar-river/desk/copies").await?;
    let copy = page.split("/desk/copies/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    life.note("tribe_copy", &copy);
    life.post("tribe", &format!("/cedar-river/desk/copies/{copy}/downloads"), &[]).await.map(drop)
}

/// The first thing of a list of the Tribe's desk.
async fn first(life: &mut Life, list: &str) -> Result<String, DemoError> {
    let page = life.get("tribe", &format!("/cedar-river/desk/lists/{list}")).await?;
    let id = page.split("/desk/records/").nth(1).and_then(|rest| rest.get(..36));
    id.map(str::to_owned).ok_or_else(|| DemoError::Stopped(format!("nothing lies on the desk under {list}")))
}

/// A court or an office asks for what the Tribe raised, and the administrator reads it once.
async fn opened(life: &mut Life, day: i64, record: &str, (hours, reason): (&str, &str)) -> Result<(), DemoError> {
    life.day(day, 15);
    let record = life.id(record)?;
    let made = life.post("admin", "/cedar-river/emergency-openings", &[("record", &record), ("hours", hours), ("reason", reason)]).await?;
    life.name("opening", &made);
    life.get("admin", &format!("{made}/record")).await.map(drop)
}
