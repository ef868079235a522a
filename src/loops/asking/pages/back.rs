//! Coming back with a code: what was asked, what came of it, and the raiser's word on that.

use super::{
    super::{
        super::{
            model::Loop,
            store::{self as loops, find, happened},
        },
        forms::{BackForm, MoreForm, ReturnForm, WordForm},
        model::ReturnCode,
        paths, store,
        view::{Text, Told},
    },
    Said,
};
use crate::{
    consent::{self, Recall, RecallState, Remains},
    mail::Language,
    platform::{
        prelude::*,
        stranger::{ToReturn, code_cookie, opens},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::header;

pub(super) fn routes() -> Routes {
    let by = |who, form| Example { who, path: "", form };
    Routes::new()
        .get(paths::Return::PATH, show)
        .post(paths::Return::PATH, enter, by("", "language=en&code=@asked_code"))
        .limited(&limits::RETURN_CODES)
        .get(paths::Question::PATH, question)
        .post(paths::Word::PATH, word, by("@asked_answered_token", "language=en&word=closes&why="))
        .limited(&limits::ANSWERS)
        .post(paths::Words::PATH, add, by("@asked_token", "language=en&more=It+happened+again"))
        .limited(&limits::ANSWERS)
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, by("@asked_token", "language=en"))
        .limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "loops/asking/back.html")]
struct Back {
    here: Here,
    text: Text,
    /// Something new may be asked as well.
    may_ask: bool,
    form: ReturnForm,
    problems: Problems,
}

async fn show(who: Stranger<ToReturn>, _: paths::Return, Query(said): Query<Said>) -> Result<Page<Back>, Error> {
    let (text, form) = (Text::of(said.language())?, ReturnForm { language: said.language, ..ReturnForm::default() });
    Ok(Page(Back { here: who.here(), text, may_ask: who.may_ask, form, problems: Problems::default() }))
}

/// Whatever was typed is looked up once, in one way, and one answer is given for everything that opens nothing here.
async fn enter(who: Stranger<ToReturn>, _: paths::Return, Form(form): Form<ReturnForm>) -> Result<Response, Error> {
    let (token, language) = (ReturnCode::token_for(&form.code), Language::known(Some(&form.language)));
    if opens(&who.app, who.slug(), &token).await? {
        let mut response = Done::at(paths::question(who.slug(), language), "").into_response();
        response.headers_mut().append(header::SET_COOKIE, code_cookie(&token));
        return Ok(response);
    }
    let problems = form.opens_nothing()?;
    Ok(Again(Back { here: who.here(), text: Text::of(language)?, may_ask: who.may_ask, form, problems }).into_response())
}

#[derive(Template)]
#[template(path = "loops/asking/question.html")]
struct Asked {
    here: Here,
    text: Text,
    found: Loop,
    told: Told,
    recalls: Vec<Recall>,
    remains: Remains,
    /// What was just done.
    done: String,
    word: WordForm,
    more: MoreForm,
    problems: Problems,
}

async fn one(tx: &mut AgencyTx, by: &ByCode) -> Result<Loop, Error> {
    find(tx, by.record).await?.ok_or(Error::LinkOver)
}

async fn asked(by: &ByCode, language: Language, done: String) -> Result<Asked, Error> {
    by.read(async |tx| {
        let found = one(tx, by).await?;
        let told = Told::of(language, &by.here(), &found, &happened(tx, by.record).await?)?;
        let (recalls, remains) = if found.words.is_none() {
            (consent::recalls_of(tx, by.record).await?, consent::remains_of(tx, by.record, None).await?)
        } else {
            (Vec::new(), Remains::default())
        };
        let (word, more, problems) = (WordForm::default(), MoreForm::default(), Problems::default());
        Ok(Asked { here: by.here(), text: Text::of(language)?, found, told, recalls, remains, done, word, more, problems })
    })
    .await
}

async fn question(by: ByCode, _: paths::Question, Query(said): Query<Said>) -> Result<Page<Asked>, Error> {
    let language = said.language();
    Ok(Page(asked(&by, language, said.done).await?))
}

/// The page again where the question has moved on meanwhile.
fn moved_on(by: &ByCode, language: Language) -> Error {
    Error::Answered(Done::at(paths::question(by.slug(), language), ""))
}

/// The browser keeps the code for some while longer.
fn kept(by: &ByCode, written: Result<Response, Error>) -> Result<Response, Error> {
    written.map(|mut response| {
        response.headers_mut().append(header::SET_COOKIE, by.cookie());
        response
    })
}

async fn word(by: ByCode, _: paths::Word, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let language = Language::known(Some(&form.language));
    let written = match form.parse() {
        Ok(why) => by.write(async |tx| keep(tx, &by, language, why.as_deref()).await).await,
        Err(error) => Err(error),
    };
    let page = asked(&by, language, String::new()).await?;
    kept(&by, written).or_again(|problems| Asked { word: form, problems, ..page })
}

async fn keep(tx: &mut AgencyTx, by: &ByCode, language: Language, why: Option<&str>) -> Result<Done, Error> {
    let found = one(tx, by).await?;
    match why {
        None => loops::close(tx, by.slug(), found.may_close().ok_or_else(|| moved_on(by, language))?).await?,
        Some(why) => store::open_again(tx, by.slug(), found.may_reopen().ok_or_else(|| moved_on(by, language))?, why).await?,
    }
    Ok(Done::at(paths::done(by.slug(), language, if why.is_none() { "closed" } else { "open" }), ""))
}

async fn add(by: ByCode, _: paths::Words, Form(form): Form<MoreForm>) -> Result<Response, Error> {
    let language = Language::known(Some(&form.language));
    let written = match form.parse() {
        Ok(more) => {
            let add = async |tx: &mut AgencyTx| {
                let raiser = one(tx, &by).await?.may_add().ok_or_else(|| moved_on(&by, language))?;
                store::add(tx, (by.slug(), language), raiser, &more).await?;
                Ok(Done::at(paths::done(by.slug(), language, "added"), ""))
            };
            by.write(add).await
        }
        Err(error) => Err(error),
    };
    let page = asked(&by, language, String::new()).await?;
    kept(&by, written).or_again(|problems| Asked { more: form, problems, ..page })
}

#[derive(Template)]
#[template(path = "loops/asking/withdraw.html")]
struct Withdraw {
    here: Here,
    text: Text,
    found: Loop,
}

async fn ask_withdrawal(by: ByCode, _: paths::Withdrawal, Query(said): Query<Said>) -> Result<Page<Withdraw>, Error> {
    let found = by.read(async |tx| one(tx, &by).await).await?;
    found.may_withdraw().ok_or_else(|| moved_on(&by, said.language()))?;
    Ok(Page(Withdraw { here: by.here(), text: Text::of(said.language())?, found }))
}

async fn withdraw(by: ByCode, _: paths::Withdrawal, Form(form): Form<BackForm>) -> Result<Response, Error> {
    let language = Language::known(Some(&form.language));
    let taken = by
        .write(async |tx| {
            let raiser = one(tx, &by).await?.may_withdraw().ok_or_else(|| moved_on(&by, language))?;
            loops::withdraw(tx, raiser).await?;
            Ok(Done::at(paths::done(by.slug(), language, "gone"), ""))
        })
        .await;
    kept(&by, taken)
}
