//! The key for what a note-taker types while the line is away: given to a live sign-in of somebody on duty, for a session that takes
//! words now, and kept nowhere in the browser.

use crate::{
    listening::{
        sessions::{self, Brief},
        statements::{paths, store::notes},
    },
    platform::{policy::WriteStatements, prelude::*},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderValue, header};

pub(super) async fn show(can: Can<WriteStatements>, at: paths::NotesKey) -> Result<Response, Error> {
    let sign_in = can.session().ok_or(Error::NotFound)?;
    let key = can
        .read(async |tx| {
            sessions::on_duty(tx, at.session).await?;
            sessions::brief(tx, at.session).await?.filter(Brief::takes_words).ok_or(Error::NotFound)?;
            notes::key(tx, sign_in, can.me()).await
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], STANDARD.encode(key)).into_response())
}
