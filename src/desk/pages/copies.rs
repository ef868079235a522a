//! Copies of all that is the body's: made, and taken once for each time that it was asked for.

use super::{
    super::{
        model::{BodyCopy, CopyId, DOOR},
        package, paths,
        store::{copies, everything},
    },
    body,
};
use crate::platform::{files, ids::MembershipId, policy::KeepDesk, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// Which page of them, and which one's file is to come by itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    page: String,
    taking: String,
}

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "tribe", path, form };
    Routes::new()
        .get(paths::Copies::PATH, index)
        .post(paths::Copies::PATH, create, example("", ""))
        .limited(&limits::EXPORTS)
        .post(paths::Downloads::PATH, take, example("copy=@tribe_copy", ""))
        .limited(&limits::EXPORTS)
        .post(paths::CopyDeleted::PATH, deleted, example("copy=@tribe_copy", ""))
        .get(paths::File::PATH, file)
}

#[derive(Template)]
#[template(path = "desk/copies.html")]
struct Index {
    here: Here,
    me: MembershipId,
    copies: Paged<BodyCopy>,
    /// Whose file was asked for just now.
    taking: Option<CopyId>,
    problems: Problems,
}

impl Index {
    async fn of(can: &Can<KeepDesk>, page: &str) -> Result<Self, Error> {
        let (body, paging) = (body(can)?, Paging::from_text(page));
        let rows = can.read(async |tx| copies::list(tx, body, None, paging).await).await?;
        let copies = paging.of(rows, &paths::copies(can.slug()));
        Ok(Self { here: can.here(), me: can.me(), copies, taking: None, problems: Problems::default() })
    }
}

async fn index(can: Can<KeepDesk>, _: paths::Copies, Query(asked): Query<Asked>) -> Result<Page<Index>, Error> {
    let all = Index::of(&can, &asked.page).await?;
    let taking = all.copies.rows.iter().find(|one| one.id.to_string() == asked.taking && one.can_be_taken_by(can.me())).map(|one| one.id);
    Ok(Page(Index { taking, ..all }))
}

async fn create(can: Can<KeepDesk>, _: paths::Copies) -> Result<Response, Error> {
    let (now, body) = (Index::of(&can, "").await?, body(&can)?);
    let by = can.member().map(|member| member.name.clone()).unwrap_or_default();
    let made = async |tx: &mut AgencyTx| {
        copies::stand_still(tx).await?;
        let all = everything::of(tx, body, &by).await?;
        copies::keep(tx, &can, body, &all, &package::zip(&all)?).await?;
        Ok(Done::at(paths::copies(can.slug()), "The copy is ready. Download it within seven days"))
    };
    can.write(made).await.or_again(|problems| Index { problems, ..now })
}

async fn take(can: Can<KeepDesk>, at: paths::Downloads) -> Result<Response, Error> {
    let (body, id) = (body(&can)?, CopyId(at.copy));
    let take = async |tx: &mut AgencyTx| {
        let copy = copies::list(tx, body, Some(id), Paging::from_text("")).await?.pop().ok_or(Error::NotFound)?;
        if !copy.can_be_taken_by(can.me()) {
            return Ok(Done::at(paths::copies(can.slug()), "There is no file to take any more. Make a new copy"));
        }
        if !copies::is_whole(tx, id).await? {
            copies::void(tx, body, &copy).await?;
            return Ok(Done::at(paths::copies(can.slug()), "Words in it were taken back or closed since. Make a new copy"));
        }
        copies::take(tx, &can, body, &copy).await?;
        // As with an export: a page that is shown anew, from which the file comes by itself.
        Ok(Done::at(paths::taking(can.slug(), id), ""))
    };
    can.write(take).await
}

/// Whoever took it says that every copy is deleted.
async fn deleted(can: Can<KeepDesk>, at: paths::CopyDeleted) -> Result<Response, Error> {
    let body = body(&can)?;
    let say = async |tx: &mut AgencyTx| {
        copies::say_deleted(tx, &can, body, CopyId(at.copy)).await?;
        Ok(Done::at(paths::copies(can.slug()), "Noted: every copy that you took is deleted"))
    };
    can.write(say).await
}

async fn file(can: Can<KeepDesk>, at: paths::File) -> Result<Response, Error> {
    let (body, id, since) = (body(&can)?, CopyId(at.copy), can.now() - DOOR);
    let look = async |tx: &mut AgencyTx| {
        let copy = copies::list(tx, body, Some(id), Paging::from_text("")).await?.pop().ok_or(Error::NotFound)?;
        let file = copy.file.filter(|_| copy.can_be_taken_by(can.me()));
        match (file, copies::is_whole(tx, id).await?) {
            (Some(file), true) => files::find(tx, file).await,
            _ => Ok(None),
        }
    };
    let door = async |tx: &mut AgencyTx| copies::go_through(tx, &can, id, since).await;
    Ok(match can.read(look).await? {
        Some(file) if can.go_through(door).await? => files::attachment(&can, &file)?,
        _ => Done::at(paths::copies(can.slug()), "Press Download to take the file").into_response(),
    })
}
