//! Taking the file of an export. Asked for by a POST, which is logged where those whose words are in it can read it; then the
//! file comes once, checked once more: whoever wants it again asks again.

use super::super::{
    model::{DOOR, State},
    paths, sheets,
    store::{consents, exports},
};
use crate::platform::{
    files,
    policy::{TakeExports, ViewReports},
    prelude::*,
    sheet::{self, Sheet},
};

/// Why an export becomes void when somebody wants to take it.
const CHANGED: &str = "Consent or audience of something in it changed after it was made";
/// Said to whoever presses again on the page from before: each press of a fresh page gives one file.
const TAKEN: &str = "You took it already, as Downloads shows. Press Download once more for another copy";
const OTHER_ROLE: &str = "Whoever asked for it has another role now";

pub(super) async fn create(can: Can<TakeExports>, at: paths::Downloads) -> Result<Response, Error> {
    let take = async |tx: &mut AgencyTx| {
        let export = exports::find(tx, at.export).await?.ok_or(Error::NotFound)?;
        if export.asked_by != can.me() {
            return Err(Error::NotFound);
        }
        if export.state != State::Ready {
            return Ok(Done::at(paths::export(can.slug(), at.export), "There is no file to take any more"));
        }
        if export.is_made_under_another_hat(can.hat()) {
            consents::void(tx, at.export, OTHER_ROLE).await?;
            return Ok(Done::at(paths::export(can.slug(), at.export), "The file was destroyed: it was made under another role"));
        }
        if consents::changed(tx, at.export).await? > 0 {
            consents::void(tx, at.export, CHANGED).await?;
            return Ok(Done::at(paths::export(can.slug(), at.export), "The file was destroyed: a consent in it changed"));
        }
        exports::take(tx, &can, &export).await?;
        // A page that is shown anew, with this download on it: the file then comes by itself, and leaves the page where it is.
        Ok(Done::at(paths::taking(can.slug(), at.export), ""))
    };
    can.write(take).await
}

pub(super) async fn file(can: Can<ViewReports>, at: paths::ExportFile) -> Result<Response, Error> {
    let door = async |tx: &mut AgencyTx| exports::go_through(tx, &can, at.export, can.now() - DOOR).await;
    let look = async |tx: &mut AgencyTx| {
        let export = exports::find(tx, at.export).await?.ok_or(Error::NotFound)?;
        match export.file.filter(|_| export.can_be_taken_by(can.me(), can.hat())) {
            Some(id) if consents::changed(tx, at.export).await? == 0 => files::find(tx, id).await,
            _ => Ok(None),
        }
    };
    Ok(match can.read(look).await? {
        Some(file) if can.go_through(door).await? => files::attachment(&can, &file)?,
        _ => {
            let taken = can.read(async |tx| exports::taken(tx, at.export).await).await?;
            let said = if taken.iter().any(|one| one.by_me) { TAKEN } else { "Press Download to take the file" };
            Done::at(paths::export(can.slug(), at.export), said).into_response()
        }
    })
}

/// Whoever took it says that every copy is deleted.
pub(super) async fn deleted(can: Can<ViewReports>, at: paths::Copies) -> Result<Response, Error> {
    let say = async |tx: &mut AgencyTx| {
        let export = exports::find(tx, at.export).await?.ok_or(Error::NotFound)?;
        exports::say_deleted(tx, &can, &export).await?;
        Ok(Done::at(paths::export(can.slug(), at.export), "Noted: every copy that you took is deleted"))
    };
    can.write(say).await
}

pub(super) async fn dictionary(can: Can<ViewReports>, at: paths::Dictionary) -> Result<Response, Error> {
    let export = can.read(async |tx| exports::find(tx, at.export).await?.ok_or(Error::NotFound)).await?;
    let table = sheets::table(export.what);
    let about = [("Export", export.id.to_string()), ("Narrowed to", export.narrowed()), ("Consent", table.consent.to_owned())];
    let sheet = Sheet { name: table.name, columns: table.columns, about: about.map(|(label, text)| (label.to_owned(), text)).into() };
    let csv = sheet::dictionary_csv(&sheet, Vec::new()).map_err(|error| Error::Internal(Box::new(error)))?;
    let name = format!("attachment; filename=\"{}-data-dictionary.csv\"", export.what.as_str());
    Ok(([(http::header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (http::header::CONTENT_DISPOSITION, name)], csv)
        .into_response())
}
