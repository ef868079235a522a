//! Putting a logo up, and the two files that pages ask for: the logo and the accent's sheet.

use super::super::{
    super::paths,
    model::{Accent, picture},
    pages::as_now,
    store,
};
use crate::{
    platform::{
        files::{self, NewFile},
        ids::FileId,
        policy::{ManageSettings, SeeHome},
        prelude::*,
    },
    quarantine,
};
use axum_extra::routing::TypedPath as _;
use http::{HeaderValue, header};

/// The largest logo, in bytes.
const LARGEST: usize = 1024 * 1024;
const FOR_EVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// The routes of this slice.
pub(in crate::agencies::settings) fn routes() -> Routes {
    let example = |form| Example { who: "admin", path: "", form };
    Routes::new()
        .post(paths::NewLogo::PATH, put_up, example("file=@@logo.png"))
        .limited(&limits::UPLOADS)
        .get(paths::NoLogo::PATH, ask_take_down)
        .post(paths::NoLogo::PATH, take_down, example(""))
        .get(paths::Logo::PATH, logo)
        .get(paths::LinkLogo::PATH, logo_by_link)
        .get(paths::LetterLogo::PATH, logo_by_letter)
        .get(paths::AccentSheet::PATH, accent)
}

async fn put_up(can: Can<ManageSettings>, _: paths::NewLogo, upload: Upload) -> Result<Response, Error> {
    match hang(&can, &upload).await {
        Err(Error::Refused(problems)) => Ok(Again(as_now(&can, problems).await?).into_response()),
        other => other,
    }
}

async fn hang(can: &Can<ManageSettings>, upload: &Upload) -> Result<Response, Error> {
    if let Some(told) = quarantine::put(can, upload, &paths::settings(can.slug())).await? {
        return Ok(told);
    }
    if upload.name.is_empty() {
        return Err(Error::refused("file", "Choose a picture"));
    }
    let mime = mime(&upload.name, &upload.bytes)?;
    let put = async |tx: &mut AgencyTx| {
        let new = NewFile { name: "logo", mime, shared: true, expires_at: None, origin: upload.origin() };
        let id = files::store_bytes(tx, new, &upload.bytes).await?;
        if let Some(before) = store::put_logo(tx, can, Some(id)).await? {
            files::delete(tx, before).await?;
        }
        Ok(Done::at(paths::settings(can.slug()), "Logo changed"))
    };
    can.write_upload(upload, put).await
}

/// What a picture is: by what it holds, and its name must agree.
fn mime(name: &str, bytes: &[u8]) -> Result<&'static str, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::refused("file", "Choose a smaller picture: at most 1 MB"));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let agrees =
        |kind: &&str| matches!((*kind, ending.as_str()), ("image/png", "png") | ("image/jpeg", "jpg" | "jpeg") | ("image/webp", "webp"));
    picture(bytes)
        .filter(agrees)
        .ok_or_else(|| Error::refused("file", "Choose a picture in PNG, JPEG or WebP, at most 4,000 pixels across and down"))
}

async fn ask_take_down(can: Can<ManageSettings>, at: paths::NoLogo) -> Result<Page<Question>, Error> {
    let (_, logo, _) = can.read(async |tx| store::find(tx).await).await?;
    logo.ok_or(Error::NotFound)?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Take the logo down?",
        about: "Our own mark stands at the head of every page then.".to_owned(),
        note: "The picture is destroyed. You can put one up again at any time.",
        action: at.to_string(),
        button: "Take the logo down",
        back: paths::settings(can.slug()),
    }))
}

async fn take_down(can: Can<ManageSettings>, _: paths::NoLogo) -> Result<Response, Error> {
    let take = async |tx: &mut AgencyTx| {
        if let Some(before) = store::put_logo(tx, &can, None).await? {
            files::delete(tx, before).await?;
        }
        Ok(Done::at(paths::settings(can.slug()), "Logo taken down"))
    };
    can.write(take).await
}

async fn logo(can: Can<SeeHome>, at: paths::Logo) -> Result<Response, Error> {
    hand_out(&can, at.file).await
}

async fn logo_by_link(bearer: Bearer, at: paths::LinkLogo) -> Result<Response, Error> {
    hand_out(&bearer, at.file).await
}

async fn logo_by_letter(by: ByLetter<SeeHome>, at: paths::LetterLogo) -> Result<Response, Error> {
    hand_out(&by, at.file).await
}

/// Only the file that is the logo now; whatever it holds, it can do nothing on a page of its own.
async fn hand_out(asker: &Asker, wanted: FileId) -> Result<Response, Error> {
    let file = asker
        .read(async |tx| {
            let (_, logo, _) = store::find(tx).await?;
            if logo == Some(wanted) { files::find(tx, wanted).await?.ok_or(Error::NotFound) } else { Err(Error::NotFound) }
        })
        .await?;
    let mut response = files::inline(asker, &file)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    Ok(response)
}

/// The sheet is made of its own name alone, so anybody may have it; a colour that cannot be read has none.
async fn accent(_: Anyone, at: paths::AccentSheet) -> Result<Response, Error> {
    let accent = at.sheet.strip_suffix(".css").filter(|hex| !hex.starts_with('#')).and_then(Accent::parse);
    let accent = accent.filter(|accent| accent.is_readable()).ok_or(Error::NotFound)?;
    let sheet = format!(":root{{--accent:{accent};--accent-ink:{}}}", accent.ink());
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")), (header::CACHE_CONTROL, FOR_EVER)], sheet)
        .into_response())
}
