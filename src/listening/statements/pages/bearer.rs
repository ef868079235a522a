//! What a speaker's link leads to: their own words of one session, without a sign-in, on a phone, in a minute. Opening it
//! changes nothing; the first answer spends the link and hands over another, which only the speaker holds from then on.

use super::Questions;
use crate::{
    consent::{self, Given, How, Recall, RecallState, Remains},
    listening::{
        answers::{self, Told},
        back,
        speakers::{self, SpeakerId},
        statements::{
            forms::AnswerForm,
            model::{Decides, Decision, Spoken, State, Statement, TakenBack, Word},
            paths,
            store::{
                answer::{self, Brings},
                choose, links, show as store, spoken,
            },
        },
    },
    platform::{
        bearer,
        ids::SubjectId,
        prelude::*,
        session::{LINK_COOKIE, Token, cookie},
        subject::Audience,
        widening, words,
    },
};
use askama::Template;
use axum::extract;
use chrono::{DateTime, NaiveDate, Utc};
use http::HeaderMap;
use serde::Deserialize;

/// Which of the speaker's statements; without it, the one that waits.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    statement: String,
}

/// One statement among all that the speaker said in the session.
struct Item {
    statement: Statement,
    others: Vec<Spoken>,
    recalls: Vec<Recall>,
    given: Option<Given>,
    /// The last decision about who reads it, where it was not the speaker's.
    decided: Option<Decision>,
    /// When the words were last opened in an emergency, as far as the speaker may know.
    opened: Option<DateTime<Utc>>,
    /// When it was last asked whether somebody sees the words.
    asked: Option<DateTime<Utc>>,
    /// How they may be reached, as it was noted.
    reach: String,
    /// Who took the words back, if somebody did.
    taken_back: Option<TakenBack>,
    /// Who may read what the speaker decided about last.
    chosen_last: Option<Audience>,
    /// Until when they are asked for their word.
    asked_until: Option<NaiveDate>,
    /// What remains of words that are gone.
    remains: Remains,
    /// What the agency tells the speaker of what came of them.
    told: Vec<Told>,
}

#[derive(Template)]
#[template(path = "listening/statements/return.html")]
struct Show {
    here: Here,
    statement: Statement,
    others: Vec<Spoken>,
    recalls: Vec<Recall>,
    given: Option<Given>,
    decided: Option<Decision>,
    opened: Option<DateTime<Utc>>,
    asked: Option<DateTime<Utc>>,
    reach: String,
    taken_back: Option<TakenBack>,
    asked_until: Option<NaiveDate>,
    told: Vec<Told>,
    questions: Questions,
    problems: Problems,
    /// Where to come back to, once the word has been given.
    address: Option<String>,
}

impl Show {
    fn of(here: Here, item: Item, questions: Questions, problems: Problems) -> Self {
        let Item {
            statement,
            others,
            recalls,
            given,
            decided,
            opened,
            asked,
            reach,
            taken_back,
            chosen_last: _,
            asked_until,
            remains: _,
            told,
        } = item;
        Self {
            here,
            statement,
            others,
            recalls,
            given,
            decided,
            opened,
            asked,
            reach,
            taken_back,
            asked_until,
            told,
            questions,
            problems,
            address: None,
        }
    }
}

#[derive(Template)]
#[template(path = "listening/statements/return_nothing.html")]
struct Nothing {
    here: Here,
    address: Option<String>,
}

#[derive(Template)]
#[template(path = "listening/statements/return_consent.html")]
pub(super) struct Choosing {
    here: Here,
    statement: Statement,
    questions: Questions,
    problems: Problems,
}

impl Choosing {
    /// The tick that more people read it, once it is asked.
    fn wider(&self) -> Option<String> {
        widening::who_reads_then(&self.problems, &self.questions.form.audience)
    }
}

#[derive(Template)]
#[template(path = "listening/statements/return_withdrawal.html")]
pub(super) struct Ask {
    here: Here,
    statement: Statement,
}

#[derive(Template)]
#[template(path = "listening/statements/return_withdrawn.html")]
struct Withdrawn {
    here: Here,
    statement: Statement,
    recalls: Vec<Recall>,
    remains: Remains,
}

/// The token leaves the address at once and goes into a cookie. Whether it is a live one, the next page finds out.
pub(super) async fn swap(_: Anyone, at: paths::ReturnToken) -> Result<Response, Error> {
    bearer::swapped(&at.token, &paths::of_link(&at.agency))
}

/// The statement asked for; asked for none in particular, the first that fits. Nothing when there is none.
async fn first(bearer: &Bearer, wanted: &str, fits: fn(&Spoken) -> bool) -> Result<Option<Item>, Error> {
    let speaker = bearer.link().filter(|_| bearer.purpose != "loop").map(SpeakerId).ok_or(Error::NotFound)?;
    bearer
        .read(async |tx| {
            let mut all = spoken::of_speaker(tx, speaker).await?;
            let meant = |one: &Spoken| fits(one) && (wanted.is_empty() || one.id.to_string() == wanted);
            let Some(place) = all.iter().position(meant) else { return Ok(None) };
            let id = all.remove(place).id;
            whole(tx, speaker, id, all).await.map(Some)
        })
        .await
}

/// Everything that is shown of one statement, beside what else the same person said.
async fn whole(tx: &mut AgencyTx, speaker: SpeakerId, id: SubjectId, others: Vec<Spoken>) -> Result<Item, Error> {
    let statement = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let card = speakers::find(tx, speaker).await?;
    let (reach, asked_until) = card.map(|card| (card.reach_words(), card.asked_until)).unwrap_or_default();
    let decided = store::decisions(tx, id).await?.into_iter().next().filter(|last| last.by.is_some());
    let (opened, asked) = (spoken::opened_at(tx, id).await?, spoken::sight_asked_at(tx, id).await?);
    let (recalls, given) = (consent::recalls_of(tx, id).await?, consent::given(tx, id).await?);
    let taken_back = store::taken_back(tx, &statement).await?;
    let gone = statement.state == State::Withdrawn;
    let remains = if gone { consent::remains_of(tx, id, None).await? } else { Remains::default() };
    let chosen_last = if statement.state.waits() { spoken::chosen_last(tx, speaker).await? } else { None };
    let told = if statement.state.stands() { answers::told_to(tx, speaker, id).await? } else { Vec::new() };
    Ok(Item { statement, others, recalls, given, decided, opened, asked, reach, taken_back, chosen_last, asked_until, remains, told })
}

/// Whether the card that was handed over with the link is still to be answered.
async fn card_is_open(bearer: &Bearer) -> Result<bool, Error> {
    let Some(id) = bearer.link().map(SpeakerId) else { return Ok(false) };
    Ok(bearer.read(async |tx| speakers::find(tx, id).await).await?.is_some_and(|card| card.is_open))
}

async fn item(bearer: &Bearer, wanted: &str, fits: fn(&Spoken) -> bool) -> Result<Item, Error> {
    first(bearer, wanted, fits).await?.ok_or(Error::NotFound)
}

/// The address that only the speaker holds, once the link that was handed to them is spent.
fn own_address(bearer: &Bearer, app: &App, headers: &HeaderMap) -> Option<String> {
    let token = cookie(headers, LINK_COOKIE).and_then(Token::from_text).filter(|_| bearer.purpose == "withdraw");
    token.map(|token| format!("{}{}", app.settings.public_url, paths::return_token(bearer.slug(), token.reveal())))
}

pub(super) async fn show(
    bearer: Bearer,
    Query(which): Query<Which>,
    extract::State(app): extract::State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (here, address) = (bearer.here(), own_address(&bearer, &app, &headers));
    let Some(item) = first(&bearer, &which.statement, |_| true).await? else {
        if !which.statement.is_empty() {
            return Err(Error::NotFound);
        }
        if card_is_open(&bearer).await? {
            return Ok(Done::at(speakers::paths::link_card(bearer.slug()), "").into_response());
        }
        return Ok(Page(Nothing { here, address }).into_response());
    };
    let questions = Questions::after(&item.statement, item.chosen_last);
    Ok(Page(Show { address, ..Show::of(here, item, questions, Problems::default()) }).into_response())
}

pub(super) async fn answer(bearer: Bearer, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let item = item(&bearer, &form.statement, |one| one.state.waits()).await?;
    let mine = item.statement.spoken_by(bearer.standing()).ok_or(Error::NotFound)?;
    let written = match form.parse(&item.statement, How::Link) {
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
        let problems = problems.since(bearer.version(), item.statement.version).with_theirs(&form.beside(&item.statement), &form);
        let questions = Questions::again(&item.statement, form);
        Show::of(bearer.here(), item, questions, problems)
    })
}

/// A statement that stands, and the speaker's proof that they decide about it.
async fn standing(bearer: &Bearer, wanted: &str) -> Result<(Statement, Decides), Error> {
    let statement = item(bearer, wanted, |one| one.state.stands()).await?.statement;
    let decides = statement.decided_by(bearer.standing()).filter(|_| statement.state.stands()).ok_or(Error::NotFound)?;
    Ok((statement, decides))
}

pub(super) async fn choices(bearer: Bearer, _: paths::ReturnConsent, Query(which): Query<Which>) -> Result<Page<Choosing>, Error> {
    let (statement, _) = standing(&bearer, &which.statement).await?;
    let questions = Questions::of(&statement);
    Ok(Page(Choosing { here: bearer.here(), statement, questions, problems: Problems::default() }))
}

pub(super) async fn choose(bearer: Bearer, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (statement, decides) = standing(&bearer, &form.statement).await?;
    let written = match form.parse_decided(&statement) {
        Ok(choices) => {
            let keep = async |tx: &mut AgencyTx| {
                choose::choose(tx, decides, &statement, &choices, bearer.version()).await?;
                links::next(tx, &bearer).await?;
                Ok(Done::at(paths::of_link_about(bearer.slug(), decides.id), "Your choice is kept and holds from now on"))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    bearer.with_next(written).or_again(|problems| {
        let problems = problems.since(bearer.version(), statement.version).with_theirs(&AnswerForm::of(&statement), &form);
        let questions = Questions::again(&statement, form);
        Choosing { here: bearer.here(), statement, questions, problems }
    })
}

/// Asks before; afterwards it says what became of every copy.
pub(super) async fn ask(bearer: Bearer, _: paths::ReturnWithdrawal, Query(which): Query<Which>) -> Result<Response, Error> {
    let asked = item(&bearer, &which.statement, |one| one.words.is_some() || one.state == State::Withdrawn).await?;
    let Item { statement, recalls, remains, .. } = asked;
    if statement.words.is_some() {
        return Ok(Page(Ask { here: bearer.here(), statement }).into_response());
    }
    Ok(Page(Withdrawn { here: bearer.here(), statement, recalls, remains }).into_response())
}

async fn withdrawable(bearer: &Bearer, wanted: &str) -> Result<Statement, Error> {
    Ok(item(bearer, wanted, |one| one.words.is_some()).await?.statement)
}

pub(super) async fn withdraw(bearer: Bearer, Form(which): Form<Which>) -> Result<Response, Error> {
    let statement = withdrawable(&bearer, &which.statement).await?;
    let written = bearer
        .write(async |tx| {
            consent::withdraw(tx, statement.id, How::Link).await?;
            links::next(tx, &bearer).await?;
            let remains = consent::remains_of(tx, statement.id, None).await?;
            Ok(Done::at(paths::of_link_about(bearer.slug(), statement.id), remains.told("The words are gone from here")))
        })
        .await;
    bearer.with_next(written)
}
