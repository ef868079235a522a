//! The lists so far, and the form that sends another in.

use super::super::{
    checking,
    model::{Import, State},
    paths, store,
};
use crate::{
    platform::{aside, policy::ImportPartners, prelude::*, tables::LIMITS},
    quarantine,
};
use askama::Template;
use serde::Deserialize;

/// How a pasted list is called.
const PASTED: &str = "pasted list.txt";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Number {
    page: String,
}

#[derive(Template)]
#[template(path = "partners/import/index.html")]
pub(super) struct Index {
    here: Here,
    imports: Paged<Import>,
    names: i64,
    pasted: String,
    problems: Problems,
}

impl Index {
    async fn of(can: &Can<ImportPartners>, at: &paths::Imports, page: &str) -> Result<Self, Error> {
        let paging = Paging::from_text(page);
        let (imports, names) = can.read(async |tx| Ok((store::list(tx, paging).await?, store::names_count(tx).await?))).await?;
        let imports = paging.of(imports, &at.to_string());
        Ok(Self { here: can.here(), imports, names, pasted: String::new(), problems: Problems::default() })
    }
}

pub(super) async fn index(can: Can<ImportPartners>, at: paths::Imports, Query(query): Query<Number>) -> Result<Page<Index>, Error> {
    Ok(Page(Index::of(&can, &at, &query.page).await?))
}

pub(super) async fn create(can: Can<ImportPartners>, at: paths::Imports, upload: Upload) -> Result<Response, Error> {
    let pasted = upload.field("pasted").to_owned();
    let again = Index::of(&can, &at, "").await?;
    take_in(&can, &upload, &at.to_string()).await.or_again(|problems| Index { pasted, problems, ..again })
}

/// The name and the bytes of what was sent: a file, or else what was pasted.
fn sent(upload: &Upload) -> Result<(String, bytes::Bytes), Error> {
    let pasted = upload.field("pasted").trim_matches(['\n', '\r']);
    if !upload.name.is_empty() {
        return Ok((upload.name.clone(), upload.bytes.clone()));
    }
    if pasted.trim().is_empty() {
        return Err(Error::refused("file", "Choose a file, or paste the list below"));
    }
    Ok((PASTED.to_owned(), bytes::Bytes::from(pasted.to_owned())))
}

async fn take_in(can: &Can<ImportPartners>, upload: &Upload, back: &str) -> Result<Response, Error> {
    if let Some(told) = quarantine::put(can, upload, back).await? {
        return Ok(told);
    }
    let (name, bytes) = sent(upload)?;
    let field = if upload.name.is_empty() { "pasted" } else { "file" };
    let (called, read) = (name.clone(), bytes.clone());
    let table = aside::run(move || checking::read(&read, &called, "").map(|table| (checking::what(&table), table.rows.len())))
        .await?
        .map_err(|refusal| Error::refused(field, refusal.to_string()))?;
    let keep = async |tx: &mut AgencyTx| {
        let id = store::add(tx, can, (&name, upload.origin()), &bytes, table).await?;
        Ok(Done::at(paths::columns(can.slug(), id), "List taken in. Nothing is written yet"))
    };
    can.write_upload(upload, keep).await
}
