//! Files that show that a promise is done: attached by whoever stands on its side, opened by whoever reads it.

use super::super::{
    model::{Commitment, Evidence, EvidenceId},
    paths, store,
};
use crate::{
    platform::{
        files::{self, NewFile},
        ids::SubjectId,
        policy::{EditCommitments, ViewFramework},
        prelude::*,
    },
    quarantine,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The largest file, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::Attaching::PATH, attaching)
        .post(paths::Attaching::PATH, attach, Example { who: "staff", path: "commitment=@commitment_open", form: "file=@@partners.csv" })
        .limited(&limits::UPLOADS)
        .get(paths::EvidenceFile::PATH, file)
        .get(paths::NoEvidence::PATH, ask)
        .post(paths::NoEvidence::PATH, take_off, Example { who: "staff", path: "evidence=@evidence", form: "" })
}

#[derive(Template)]
#[template(path = "commitments/evidence.html")]
struct Attach {
    here: Here,
    one: Commitment,
    problems: Problems,
}

async fn ours(can: &Can<EditCommitments>, id: SubjectId) -> Result<Commitment, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, id, can.today()).await).await?;
    one.as_attacher(&me)?;
    Ok(one)
}

async fn attaching(can: Can<EditCommitments>, at: paths::Attaching) -> Result<Page<Attach>, Error> {
    let one = ours(&can, at.commitment).await?;
    Ok(Page(Attach { here: can.here(), one, problems: Problems::default() }))
}

async fn attach(can: Can<EditCommitments>, at: paths::Attaching, upload: Upload) -> Result<Response, Error> {
    let one = ours(&can, at.commitment).await?;
    let put = put(&can, &at, &upload).await;
    put.or_again(|problems| Attach { here: can.here(), one, problems })
}

async fn put(can: &Can<EditCommitments>, at: &paths::Attaching, upload: &Upload) -> Result<Response, Error> {
    if let Some(told) = quarantine::put(can, upload, &at.to_string()).await? {
        return Ok(told);
    }
    let mime = kind(upload)?;
    let attach = async |tx: &mut AgencyTx| {
        let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
        let new = NewFile { name: &upload.name, mime, shared: false, expires_at: None, origin: upload.origin() };
        store::evidence::attach(tx, can, one.as_attacher(&me)?, (new, &upload.bytes)).await?;
        Ok(Done::at(paths::commitment(can.slug(), at.commitment), "File attached"))
    };
    can.write_upload(upload, attach).await
}

/// What a file is, by its name and what it holds. It is always handed out to be kept, never shown as a page.
fn kind(upload: &Upload) -> Result<&'static str, Error> {
    if upload.name.is_empty() || upload.bytes.is_empty() {
        return Err(Error::refused("file", "Choose a file that holds something"));
    }
    if upload.bytes.len() > LARGEST {
        return Err(Error::refused("file", "Choose a smaller file: at most 10 MB"));
    }
    let wanted =
        "Choose a PDF, a picture (PNG, JPEG, WebP), a text in UTF-8, a table or a document of an office program, named as what it is";
    files::kind(&upload.name, &upload.bytes).ok_or_else(|| Error::refused("file", wanted))
}

async fn file(can: Can<ViewFramework>, at: paths::EvidenceFile) -> Result<Response, Error> {
    let file = can
        .read(async |tx| {
            let one = store::evidence::find(tx, at.evidence).await?;
            files::find(tx, one.file).await?.ok_or(Error::NotFound)
        })
        .await?;
    files::attachment(&can, &file)
}

async fn own(can: &Can<EditCommitments>, id: EvidenceId) -> Result<Evidence, Error> {
    let one = can.read(async |tx| store::evidence::find(tx, id).await).await?;
    if one.mine { Ok(one) } else { Err(Error::NotAllowed) }
}

async fn ask(can: Can<EditCommitments>, at: paths::NoEvidence) -> Result<Page<Question>, Error> {
    let one = own(&can, at.evidence).await?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Take this file off?",
        about: one.name,
        note: "Nobody opens it any more, and it is destroyed as soon as no law makes the agency keep it. That it was there stays in the \
               history of the promise.",
        action: at.to_string(),
        button: "Take it off",
        back: paths::commitment(can.slug(), one.commitment),
    }))
}

async fn take_off(can: Can<EditCommitments>, at: paths::NoEvidence) -> Result<Response, Error> {
    let take = async |tx: &mut AgencyTx| {
        let of = store::evidence::take_off(tx, &can, at.evidence).await?;
        Ok(Done::at(paths::commitment(can.slug(), of), "File taken off"))
    };
    can.write(take).await
}
