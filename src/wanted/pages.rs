//! The page of all that waits for one person's word, how often they want it by letter, and where a letter's line leads.

mod telephone;

use super::{
    forms::PaceForm,
    model::{Pace, Waiting},
    paths, store,
};
use crate::{
    commitments, groups, influence, listening, loops,
    platform::{
        policy::{KeepOwnPage, SeeWanted},
        prelude::*,
        session::Token,
    },
    trust,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let pace = Example { who: "parent", path: "", form: "pace=month" };
    Routes::new()
        .get(paths::Wanted::PATH, index)
        .get(paths::Pace::PATH, show_pace)
        .post(paths::Pace::PATH, keep_pace, pace)
        .get_such_as(paths::LineToken::PATH, swap, "link=@word_answer&token=@word_answer_token")
        .get(paths::Thanks::PATH, thanks)
        .join(telephone::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "wanted/index.html")]
struct Index {
    here: Here,
    list: Paged<Waiting>,
}

async fn index(can: Can<SeeWanted>, at: paths::Wanted, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::waiting(tx, can.today(), paging).await).await?;
    Ok(Page(Index { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "wanted/letter.html")]
struct Letter {
    here: Here,
    last: Option<chrono::DateTime<chrono::Utc>>,
    form: PaceForm,
    problems: Problems,
}

async fn show_pace(can: Can<KeepOwnPage>, _: paths::Pace) -> Result<Page<Letter>, Error> {
    let (pace, last) = can.read(async |tx| store::letter::pace(tx).await).await?;
    Ok(Page(Letter { here: can.here(), last, form: PaceForm::of(pace), problems: Problems::default() }))
}

async fn keep_pace(can: Can<KeepOwnPage>, at: paths::Pace, Form(form): Form<PaceForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok(pace) => {
            let keep = async |tx: &mut AgencyTx| {
                store::letter::keep_pace(tx, &can, pace).await?;
                Ok(Done::at(&at, "Kept: letters about what waits come no more often than that"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Letter { here: can.here(), last: None, form, problems })
}

/// The token leaves the address at once and goes into a cookie. Opening changes nothing, however often and by whom: programs that look
/// into letters open what is in them.
async fn swap(visitor: Anyone, at: paths::LineToken, headers: HeaderMap) -> Result<Response, Error> {
    let token = Token::from_text(&at.token).ok_or(Error::LinkOver)?;
    let (agency, what) = by_letter::place(&visitor.app, visitor.network, at.link, &token).await?;
    let to = place_of(&agency, &what, &at.link);
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_str(&to).map_err(|_| Error::NotFound)?);
    response.headers_mut().append(header::SET_COOKIE, by_letter::word_cookie(&headers, &token));
    Ok(response)
}

/// The page of one thing that waits.
fn place_of(agency: &str, what: &str, link: &uuid::Uuid) -> String {
    match what {
        "confirm" => listening::statements::paths::letter_word(agency, link),
        "answer" => loops::paths::letter_word(agency, link),
        "done" => commitments::paths::letter_word(agency, link),
        "promise" => commitments::paths::letter_avowal(agency, link),
        "reply" => listening::invitees::paths::letter_reply(agency, link),
        "renewal" => listening::statements::paths::letter_again(agency, link),
        "influence" => influence::paths::letter_word(agency, link),
        "minutes" => groups::meetings::paths::letter_word(agency, link),
        _ => trust::paths::letter_answer(agency, link),
    }
}

#[derive(Template)]
#[template(path = "wanted/thanks.html")]
struct Thanks {
    here: Here,
}

/// Where an answer by a line of a letter leads: the line opens nothing any more.
async fn thanks(visitor: Anyone, _: paths::Thanks) -> Result<Page<Thanks>, Error> {
    Ok(Page(Thanks { here: visitor.here() }))
}
