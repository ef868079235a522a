//! The job that makes an export, as whoever asked for it and with what they may see when it runs; and the sweep that ends
//! exports whose time or consent is over.

use super::{
    model::{Export, ExportId, What},
    sheets,
    store::{
        consents,
        exports::{self, JOB},
        rows::{self, Ask, Key, Noted},
    },
    writing::Spool,
};
use crate::{
    jobs::Work,
    platform::{
        db::AgencyTx,
        errand::Errand,
        error::Error,
        files::{self, NewFile, Origin},
        policy::{Permission as _, ViewReports},
        sheet::Sheet,
        words,
    },
};
use chrono::NaiveDate;
use serde_json::Value;
use std::fs::File;

/// No export is larger than this many bytes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;
/// Progress is noted every so many pages.
const STEP: usize = 5;

/// The work of this slice.
#[must_use]
pub fn jobs() -> Vec<Work> {
    vec![Work {
        kind: JOB,
        needs: ViewReports::GRANT,
        run: |errand, payload| Box::pin(async move { make(&errand, of(&payload)?).await }),
        gave_up: |errand, payload, reason| Box::pin(async move { give_up(&errand, of(&payload)?, &reason).await }),
    }]
}

/// Ends what is over: files after seven days, and files whose consent changed.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            tx.as_keeper("end exports whose time or consent is over", async |tx| {
                consents::expire(tx).await?;
                consents::void_changed(tx, "Consent or audience of something in it changed").await
            })
            .await
        })
        .await
}

fn of(payload: &Value) -> Result<ExportId, Error> {
    let id = payload.get("export").and_then(Value::as_str).and_then(|id| id.parse().ok());
    id.ok_or_else(|| Error::internal("a job without its export"))
}

/// What is known before the rows are read.
struct Made {
    export: Export,
    ask: Ask,
    file_name: String,
    noted: Vec<Noted>,
    rows: i64,
}

async fn make(errand: &Errand, id: ExportId) -> Result<(), Error> {
    if !errand.write(async |tx| exports::begin(tx, id).await).await? {
        return Ok(());
    }
    let (made, file) = errand.snapshot(async |tx| written(errand, tx, id).await).await?;
    // Noted before the words are stored: a withdrawal from here on finds the export, one before is found below.
    errand
        .write(async |tx| {
            for some in made.noted.chunks(rows::PAGE) {
                exports::note(tx, id, some).await?;
            }
            Ok(())
        })
        .await?;
    errand.write(async |tx| keep(tx, &made, file).await).await
}

/// The rows, written to a file without a name.
async fn written(errand: &Errand, tx: &mut AgencyTx, id: ExportId) -> Result<(Made, File), Error> {
    let export = exports::find(tx, id).await?.ok_or(Error::NotFound)?;
    let (slug, agency) = rows::agency(tx).await?;
    let (zone, today) = (tx.standing().zone, tx.today());
    let ask = Ask { filters: export.filters.clone(), zone, today };
    let file_name = format!("{slug}-{}-{today}.{}", export.what.file_word(), export.format.extension());
    let mut spool = Spool::begin(export.what, sheet(&export, &agency, today), export.format).await?;
    let mut made = Made { export, ask, file_name, noted: Vec::new(), rows: 0 };
    let (mut after, mut pages) = (Some(Key::FIRST), 0_usize);
    while let Some(key) = after {
        let batch = rows::page(tx, made.export.what, &made.ask, key).await?;
        made.rows += batch.rows.len() as i64;
        made.noted.extend(batch.noted);
        spool = spool.rows(batch.rows).await?;
        (after, pages) = (batch.next, pages + 1);
        if pages.is_multiple_of(STEP) {
            errand.write(async |tx| exports::progress(tx, id, made.rows).await).await?;
        }
    }
    // A statement may count for several rows.
    made.noted.sort_unstable();
    made.noted.dedup_by_key(|noted| noted.id);
    Ok((made, spool.finish().await?))
}

/// Stores the file, if all that is in it is still consented to; otherwise the job begins anew. Asked last, when no withdrawal is under
/// way: one that comes later finds the export.
async fn keep(tx: &mut AgencyTx, made: &Made, file: File) -> Result<(), Error> {
    let (name, mime, expires_at) = (made.file_name.as_str(), made.export.format.media_type(), Some(exports::until(tx)));
    let new = NewFile { name, mime, shared: false, expires_at, origin: Origin::Here };
    let stored = files::store(tx, new, tokio::fs::File::from_std(file), LARGEST).await?;
    consents::stand_still(tx).await?;
    if consents::changed(tx, made.export.id).await? > 0 {
        return Err(Error::internal("a consent changed while the file was made"));
    }
    exports::ready(tx, &made.export, made.rows, &consent_words(made), stored).await
}

async fn give_up(errand: &Errand, id: ExportId, reason: &str) -> Result<(), Error> {
    errand
        .write(async |tx| tx.as_keeper("say that an export could not be made", async |tx| exports::fail(tx, id, reason).await).await)
        .await
}

/// The consent that the file rests on, in words.
fn consent_words(made: &Made) -> String {
    let day = words::day(made.ask.today);
    match made.export.what {
        What::Statements => {
            format!("{}, each with consent to be exported as it stood on {day}", words::count(made.rows, "statement", "statements"))
        }
        What::Loops => format!("{}, each shared with the agency or wider on {day}", words::count(made.rows, "question", "questions")),
        What::Obstacles => format!("{}, each shared with the agency or wider on {day}", words::count(made.rows, "obstacle", "obstacles")),
        What::Sessions => "summaries that each room agreed aloud; nobody’s own words".to_owned(),
        What::Barriers | What::Themes => {
            format!("nobody’s contributed words; statements are counted where they may be exported, as that stood on {day}")
        }
        _ => "nobody’s contributed words".to_owned(),
    }
}

/// The table with what to know of this file.
fn sheet(export: &Export, agency: &str, today: NaiveDate) -> Sheet {
    let table = sheets::table(export.what);
    let about = [
        ("Agency", agency.to_owned()),
        ("Made on", words::day(today)),
        ("Made for", export.asker.clone()),
        ("Export", export.id.to_string()),
        ("Narrowed to", export.narrowed()),
        ("Rows", table.row.to_owned()),
        ("Consent", table.consent.to_owned()),
        ("Left out", table.left_out.to_owned()),
        ("Texts", "A text that begins like a formula has an apostrophe before it.".to_owned()),
        ("Taking back", "If a consent changes this file is void: delete your copies when you are told so.".to_owned()),
    ];
    Sheet { name: table.name, columns: table.columns, about: about.map(|(label, text)| (label.to_owned(), text)).into() }
}
