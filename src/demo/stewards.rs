//! Bodies that name their first steward by an act of their own, and how they and the county rate their relationship: near,
//! far apart, and where the partner thinks better of it than the county does.

use super::{DemoError, Life, members};
use crate::accounts;
use chrono::Duration;

/// A body that names somebody: its name here, the day, who comes, the part before `@`, what the body sent.
const NAMED: &[(&str, i64, &str, &str, &str)] = &[
    ("wic", 52, "Adaeze Obi", "adaeze", "Letter of the health officer"),
    ("youth", 53, "Imani Castellan", "imani", "Letter signed by the nine members of the group"),
    ("clinic", 54, "Beatriz Holm", "beatriz", "Letter of the clinic’s board"),
    ("foster", 55, "Walter Nyland", "walter", "Letter of the families’ council, with the minutes"),
    ("hope", 56, "Pastor Calvin Reese", "calvin", "Letter of the elders"),
    ("lawyers", 57, "Hannah Weiss", "hannah", "Letter of the managing attorney"),
    ("housing", 59, "Gloria Tanaka", "gloria", "Letter of the executive director"),
];

/// Day, body, who rates, value, note. The steward of a body rates for it, everybody else for the county.
const RATINGS: &[(i64, &str, &str, &str, &str)] = &[
    (69, "foster", "staff", "3", "We see them every month."),
    (70, "lawyers", "staff", "3", ""),
    (72, "housing", "staff", "2", "Good people, long waiting lists."),
    (74, "stonebend", "director", "2", ""),
    (75, "wic", "staff", "2", ""),
    (90, "wic", "adaeze", "2", "We meet at the same doors. We could knock together."),
    (92, "youth", "imani", "1", "You come when there is pizza. Come when there is a plan to change."),
    (95, "clinic", "beatriz", "3", "They ask before they send somebody."),
    (97, "foster", "walter", "1", "We are called at ten at night and told nothing at nine in the morning."),
    (99, "hope", "calvin", "2", "They came back after the first no."),
    (102, "lawyers", "hannah", "2", "The hallway is still where we meet the plan."),
    (121, "housing", "gloria", "3", "The coordinator answers the same day."),
    (124, "stonebend", "marian", "1", "We wait to see what is kept."),
    (300, "foster", "staff", "3", ""),
    (312, "foster", "walter", "1", "The newsletter is nice. The telephone is not better."),
    (318, "youth", "imani", "1", "Better talks, same decisions."),
];

/// In the second month seven bodies name somebody, who comes in.
pub(super) async fn named(life: &mut Life) -> Result<(), DemoError> {
    for (body, day, name, who, reference) in NAMED {
        life.day(*day, 16);
        let (of, receiver, dated, email) = (life.id(body)?, life.id("director")?, life.date(-6), format!("{who}@demo.example"));
        let fields = [
            ("body", of.as_str()),
            ("document", "letter"),
            ("dated", &dated),
            ("reference", reference),
            ("received_by", &receiver),
            ("name", name),
            ("email", &email),
        ];
        members::first_steward(life, who, name, &fields).await?;
        sign_in(life, who).await?;
    }
    life.day(60, 16);
    sign_in(life, "marian").await
}

/// Over the year both sides rate, each for itself.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (day, body, who, value, note) in RATINGS {
        life.day(*day, 18);
        let path = format!("/cedar-river/partners/{}/ratings", life.id(body)?);
        life.post(who, &path, &[("value", value), ("note", note)]).await?;
    }
    Ok(())
}

/// Somebody who came in by an invitation signs in, for the rest of the year.
pub(super) async fn sign_in(life: &mut Life, who: &'static str) -> Result<(), DemoError> {
    let begun = accounts::begin_session_of(&life.app.db, &format!("{who}@demo.example"), Duration::days(330)).await;
    let token = begun.map_err(|error| DemoError::Stopped(error.to_string()))?;
    life.person(who, &token);
    Ok(())
}
