//! How trust went, one round, and what is asked.

mod answer;
mod letter;
mod links;

use super::{
    forms::{AccountForm, AskForm, WordingForm},
    model::{self, Asking, Round, Told, Trend, Wording, first_words},
    paths, store,
};
use crate::platform::{
    policy::{AskTrust, ManageSettings, SeeTrust, TellTrust},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let with = |who, path, form| Example { who, path, form };
    let wording = "question=How+much+do+you+trust+that+this+counts?&steps=none,+little,+some,+much,+all&smallest=5&by_itself=yes&version=1";
    let fell = "round=@trust_fell";
    Routes::new()
        .get(paths::Trust::PATH, index)
        .get(paths::Wording::PATH, show_wording)
        .post(paths::Wording::PATH, keep_wording, with("admin", "", wording))
        .post(paths::Rounds::PATH, ask, with("staff", "", "session=@session_5"))
        .get_such_as(paths::RoundPage::PATH, show, fell)
        .post(paths::Accounts::PATH, write_account, with("partner", fell, "words=We+lost+our+coordinator+that+month"))
        .post(paths::Account::PATH, take_account_back, with("tribe", "round=@trust_fell&account=@trust_account", ""))
        .join(answer::routes())
        .join(letter::routes())
        .join(links::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "trust/index.html")]
struct Index {
    here: Here,
    list: Paged<Round>,
    trend: Trend,
    /// None until an administrator has set what is asked.
    wording: Option<Wording>,
    /// Sessions that could be asked about now.
    sessions: Vec<Choice>,
    form: AskForm,
    problems: Problems,
}

impl Index {
    /// What the picture says.
    fn sentence(&self) -> String {
        self.list
            .rows
            .iter()
            .find(|round| round.hundredths.is_some())
            .map_or_else(String::new, |last| format!("{}: {}", last.called(), last.sentence()))
    }
}

async fn shown(can: &Asker, page: &str, form: AskForm, problems: Problems) -> Result<Index, Error> {
    let (here, paging, asks) = (can.here(), Paging::from_text(page), can.may::<AskTrust>());
    let address = paths::trust(can.slug());
    can.read(async |tx| {
        let rows = store::list(tx, paging).await?;
        let (wording, sessions) = if asks { store::offer(tx).await? } else { (None, Vec::new()) };
        Ok(Index { here, trend: Trend::of(&rows), list: paging.of(rows, &address), wording, sessions, form, problems })
    })
    .await
}

async fn index(can: Can<SeeTrust>, _: paths::Trust, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    Ok(Page(shown(&can, &turn.page, AskForm::default(), Problems::default()).await?))
}

async fn ask(can: Can<AskTrust>, _: paths::Rounds, Form(form): Form<AskForm>) -> Result<Response, Error> {
    let page = shown(&can, "1", form, Problems::default()).await?;
    let written = match page.form.parse(&page.sessions) {
        Ok(session) => {
            let ask = async |tx: &mut AgencyTx| {
                Ok(match store::ask(tx, &can, session).await? {
                    Asking::Begun(id) => Done::at(paths::round(can.slug(), id), "The question was asked"),
                    Asking::Already(id) => Done::at(paths::round(can.slug(), id), "Somebody asked it already: this is the round"),
                })
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { problems, ..page })
}

#[derive(Template)]
#[template(path = "trust/show.html")]
struct Show {
    here: Here,
    round: Round,
    said: Vec<String>,
    accounts: Vec<Told>,
    form: AccountForm,
    problems: Problems,
}

async fn one(can: &Asker, at: &super::model::RoundId, form: AccountForm) -> Result<Show, Error> {
    let here = can.here();
    can.read(async |tx| {
        let round = store::find(tx, *at).await?.ok_or(Error::NotFound)?;
        let (said, accounts) = (store::said(tx, *at).await?, store::accounts(tx, *at).await?);
        Ok(Show { here, round, said, accounts, form, problems: Problems::default() })
    })
    .await
}

async fn show(can: Can<SeeTrust>, at: paths::RoundPage) -> Result<Page<Show>, Error> {
    Ok(Page(one(&can, &at.round, AccountForm::default()).await?))
}

async fn write_account(can: Can<TellTrust>, at: paths::Accounts, Form(form): Form<AccountForm>) -> Result<Response, Error> {
    let page = one(&can, &at.round, form).await?;
    let written = match page.form.parse() {
        Ok(words) => {
            let write = async |tx: &mut AgencyTx| {
                store::write_account(tx, &can, at.round, &words).await?;
                Ok(Done::at(paths::round(can.slug(), at.round), "Your account stands here now"))
            };
            can.write(write).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { problems, ..page })
}

async fn take_account_back(can: Can<TellTrust>, at: paths::Account) -> Result<Response, Error> {
    can.write(async |tx| {
        store::take_account_back(tx, &can, at.round, at.account).await?;
        Ok(Done::at(paths::round(can.slug(), at.round), "Your account was taken back"))
    })
    .await
}

#[derive(Template)]
#[template(path = "trust/wording.html")]
struct WordingPage {
    here: Here,
    form: WordingForm,
    version: i32,
    problems: Problems,
}

async fn now(can: &Can<ManageSettings>) -> Result<Wording, Error> {
    Ok(can.read(async |tx| store::wording(tx).await).await?.unwrap_or_else(first_words))
}

async fn show_wording(can: Can<ManageSettings>, _: paths::Wording) -> Result<Page<WordingPage>, Error> {
    let now = now(&can).await?;
    Ok(Page(WordingPage { here: can.here(), form: WordingForm::of(&now), version: now.version, problems: Problems::default() }))
}

async fn keep_wording(can: Can<ManageSettings>, _: paths::Wording, Form(form): Form<WordingForm>) -> Result<Response, Error> {
    let now = now(&can).await?;
    let written = match form.parse() {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_wording(tx, &can, &new).await?;
                Ok(Done::at(paths::wording(can.slug()), "Saved; it holds from the next time it is asked"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&WordingForm::of(&now), &form);
        WordingPage { here: can.here(), form, version: now.version, problems }
    })
}
