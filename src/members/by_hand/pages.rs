//! The button of whoever told somebody.

use super::{super::paths, store};
use crate::platform::{policy::TellByHand, prelude::*};
use axum_extra::routing::TypedPath as _;
use chrono::DateTime;
use serde::Deserialize;

pub(in crate::members) fn routes() -> Routes {
    let example = Example { who: "facilitator", path: "member=@parent", form: "until=4102444800000000" };
    Routes::new().post(paths::Told::PATH, note_told, example)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ToldForm {
    until: String,
}

/// What came after the page was shown is not told yet.
async fn note_told(can: Can<TellByHand>, at: paths::Told, Form(form): Form<ToldForm>) -> Result<Response, Error> {
    let until = form.until.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or(Error::NotFound)?;
    let done = can
        .write(async |tx| {
            let told = store::note_told(tx, &can, at.member, until).await?;
            Ok(Done::at(paths::member(can.slug(), at.member), if told { "Noted: you told them" } else { "Nothing waits any more" }))
        })
        .await?;
    Ok(done.into_response())
}
