//! What a speaker's link leads to: that one statement, without a sign-in, on a phone, in a minute. Opening it changes
//! nothing; the answer spends the link and hands over another, by which the speaker can take the words back later.

use super::Questions;
use crate::{
    consent::{self, Attribution, How, Recall, RecallState},
    listening::statements::{
        forms::AnswerForm,
        model::{State, Statement, Word},
        paths,
        store::{
            answer::{self, Brings},
            links, show as store,
        },
    },
    platform::{
        bearer::link_cookie,
        prelude::*,
        session::{LINK_COOKIE, Token, cookie},
    },
};
use askama::Template;
use axum::extract;
use http::{HeaderMap, StatusCode, header};

#[derive(Template)]
#[template(path = "listening/statements/return.html")]
struct Show {
    here: Here,
    statement: Statement,
    questions: Questions,
    problems: Problems,
    recalls: Vec<Recall>,
    /// Where to come back to, once the word has been given.
    address: Option<String>,
}

#[derive(Template)]
#[template(path = "listening/statements/return_withdrawal.html")]
pub(super) struct Ask {
    here: Here,
    statement: Statement,
}

/// The token leaves the address at once and goes into a cookie. Whether it is a live one, the next page finds out.
pub(super) async fn swap(_: Anyone, at: paths::ReturnToken) -> Result<Response, Error> {
    let token = Token::from_text(&at.token).ok_or(Error::LinkOver)?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = http::HeaderValue::from_str(&paths::of_link(&at.agency)).map_err(|_| Error::NotFound)?;
    response.headers_mut().insert(header::LOCATION, to);
    response.headers_mut().append(header::SET_COOKIE, link_cookie(&token));
    Ok(response)
}

async fn about(bearer: &Bearer) -> Result<(Statement, Vec<Recall>), Error> {
    bearer
        .read(async |tx| {
            let statement = store::find(tx, bearer.subject).await?.ok_or(Error::NotFound)?;
            Ok((statement, consent::recalls_of(tx, bearer.subject).await?))
        })
        .await
}

pub(super) async fn show(
    bearer: Bearer,
    _: paths::Return,
    extract::State(app): extract::State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (statement, recalls) = about(&bearer).await?;
    let token = cookie(&headers, LINK_COOKIE).and_then(Token::from_text).filter(|_| bearer.purpose == "withdraw");
    let address = token.map(|token| format!("{}{}", app.settings.public_url, paths::return_token(bearer.slug(), token.reveal())));
    let questions = Questions::of(&statement);
    Ok(Page(Show { here: bearer.here(), statement, questions, problems: Problems::default(), recalls, address }).into_response())
}

pub(super) async fn answer(bearer: Bearer, _: paths::Return, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (statement, recalls) = about(&bearer).await?;
    let mine = statement.spoken_by(bearer.standing()).ok_or(Error::NotFound)?;
    let written = match form.parse(&statement, How::Link) {
        Ok(word) => {
            let take = async |tx: &mut AgencyTx| {
                answer::take(tx, Brings { id: mine.id, version: bearer.version() }, &word).await?;
                links::next(tx, &bearer).await?;
                Ok(Done::at(paths::of_link(bearer.slug()), "Your word is kept. You can change your mind at any time"))
            };
            bearer.write(take).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    bearer.with_next(written).or_again(|problems| {
        let problems = problems.since(bearer.version(), statement.version);
        let questions = Questions::again(&statement, form);
        Show { here: bearer.here(), statement, questions, problems, recalls, address: None }
    })
}

pub(super) async fn ask(bearer: Bearer, _: paths::ReturnWithdrawal) -> Result<Page<Ask>, Error> {
    let (statement, _) = about(&bearer).await?;
    if statement.words.is_none() { Err(Error::NotFound) } else { Ok(Page(Ask { here: bearer.here(), statement })) }
}

pub(super) async fn withdraw(bearer: Bearer, _: paths::ReturnWithdrawal) -> Result<Response, Error> {
    let (statement, _) = about(&bearer).await?;
    if statement.words.is_none() {
        return Err(Error::NotFound);
    }
    let written = bearer
        .write(async |tx| {
            consent::withdraw(tx, bearer.subject, How::Link).await?;
            links::next(tx, &bearer).await?;
            Ok(Done::at(paths::of_link(bearer.slug()), "The words are gone from here"))
        })
        .await;
    bearer.with_next(written)
}
