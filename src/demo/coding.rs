//! Two people read the same words differently; once a third person settles it, once it still waits. One theme is merged into another. At
//! the end of the year what was allowed in the first session runs out soon, and its speakers are to be asked.

use super::{DemoError, Life, statements::find};

/// Two readings of two statements, and a name that leads on.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(353, 15);
    let (ride, paper, visits, siblings) =
        (life.id("theme_ride")?, life.id("theme_paper")?, life.id("theme_visits")?, life.id("theme_siblings")?);
    let (meeting, purpose) =
        (life.id(&find("session_4", "The first meeting was at ten"))?, life.id(&find("session_5", "Give the visit a purpose"))?);
    life.note("read_source", &meeting);
    for (theme, source) in [(&paper, &meeting), (&siblings, &purpose)] {
        life.post("director", &format!("/cedar-river/themes/{theme}/sources"), &[("sources", source)]).await?;
    }
    life.day(353, 18);
    let settled = [
        ("themes", visits.as_str()),
        (
            "reason",
            "It asks what a visit is for. Brothers and sisters are one answer to that, and have a theme of their own with other words.",
        ),
    ];
    life.post("facilitator", &format!("/cedar-river/themes/readings/{purpose}"), &settled).await?;
    life.post("director", &format!("/cedar-river/themes/{siblings}/rereading"), &[]).await?;
    merged(life, &ride).await
}

async fn merged(life: &mut Life, ride: &str) -> Result<(), DemoError> {
    let source = life.id(&find("session_1", "The powwow was on"))?;
    let fields = [("name", "No bus after six"), ("description", "Evenings end when the last bus goes."), ("sources", source.as_str())];
    let made = life.post("staff", "/cedar-river/themes", &fields).await?;
    life.name("theme_merged", &made);
    life.day(354, 15);
    let why = [("into", ride), ("reason", "Both tell of the same road: without a ride, what is offered is out of reach.")];
    life.post("staff", &format!("{made}/merge"), &why).await?;
    let page = life.get("staff", &made).await?;
    let change = page.split("/changes/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    life.note("theme_change", &change);
    Ok(())
}

/// Whom those on duty are to ask, after the worker looked.
pub(super) async fn to_be_asked_again(life: &mut Life) -> Result<(), DemoError> {
    let page = life.get("facilitator", "/cedar-river/renewals").await?;
    let renewal = page.split("/cedar-river/renewals/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    life.note("renewal", &renewal);
    Ok(())
}
