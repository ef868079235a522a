//! A card that the speaker fills in on their own telephone, by a link that those on duty show them in the room. Until they have answered it
//! says “do not write”.

use crate::{
    consent::{self, Wording},
    listening::{
        sessions,
        speakers::{
            forms::{CardForm, NewCard},
            letters::{self, OwnText},
            model::{BlankCard, Speaker, SpeakerId},
            paths, store,
        },
        statements,
    },
    mail::Language,
    platform::{policy::WriteStatements, prelude::*, shown_once},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, header};
use serde::Deserialize;

/// The routes of such cards.
pub(super) fn routes() -> Routes {
    const ANSWER: &str = "card=without_name&label=a+father,+Cedar+Valley";
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .post(paths::OwnCards::PATH, hand_over, example("facilitator", "session=@open_session", ""))
        .get(paths::LinkCard::PATH, ask)
        .post(paths::LinkCard::PATH, keep, example("@blank_token", "", ANSWER))
        .limited(&limits::ANSWERS)
}

async fn hand_over(can: Can<WriteStatements>, at: paths::OwnCards) -> Result<Response, Error> {
    let mut made = None;
    let mut response = can
        .write(async |tx| {
            let duty = sessions::on_duty(tx, at.session).await?;
            let id = store::hand_over(tx, &can, &duty).await?;
            made = Some((id, statements::make_link(tx, &can, &duty, id).await?));
            Ok(Done::at(paths::link(can.slug(), at.session, id), "Card made"))
        })
        .await?;
    if let Some((id, token)) = made {
        response.headers_mut().append(header::SET_COOKIE, shown_once::carries(id, &token));
    }
    Ok(response)
}

/// The language in which somebody wants to be told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Spoken {
    language: String,
}

#[derive(Template)]
#[template(path = "listening/speakers/own_card.html")]
struct Answering {
    here: Here,
    text: OwnText,
    wordings: Vec<Wording>,
    form: CardForm,
    problems: Problems,
}

impl Answering {
    /// What they are told before they choose.
    fn wording(&self) -> Option<&Wording> {
        self.wordings.iter().find(|one| one.id.to_string() == self.form.wording)
    }

    /// Every other language in which the card asks, or in which the agency wrote what is told, each with its name.
    fn others(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> =
            Language::choices().into_iter().map(|one| (one.value.into_owned(), one.label.into_owned())).collect();
        for one in &self.wordings {
            if all.iter().all(|(code, _)| *code != one.language) {
                all.push((one.language.clone(), one.language_name().to_owned()));
            }
        }
        all.retain(|(code, _)| *code != self.form.language);
        all
    }
}

/// The first language that the browser wants in which the card can ask.
fn of_browser(headers: &HeaderMap) -> Option<Language> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    wanted.split(',').find_map(|one| Language::parse(one.trim().split(['-', ';']).next()?))
}

/// In which language the card asks: the house’s, where there is no file for the one that was chosen.
fn asked_in(form: &CardForm) -> Language {
    Language::known(Some(&form.language))
}

#[derive(Template)]
#[template(path = "listening/speakers/own_card_filled.html")]
struct Filled {
    here: Here,
    card: Speaker,
    /// What they were told.
    wording: Option<Wording>,
}

impl Filled {
    fn beside_the_words(&self) -> String {
        self.card.shown_as(self.card.attribution())
    }
}

/// The card of whoever holds the link.
async fn own(bearer: &Bearer) -> Result<Speaker, Error> {
    let id = bearer.link().filter(|_| bearer.purpose != "loop").map(SpeakerId).ok_or(Error::NotFound)?;
    bearer.read(async |tx| store::find(tx, id).await).await?.ok_or(Error::NotFound)
}

async fn answering(bearer: &Bearer, mut form: CardForm, problems: Problems) -> Result<Answering, Error> {
    let (table, wordings) = bearer.read(async |tx| Ok((store::table(tx).await?, consent::wordings(tx).await?))).await?;
    if Language::parse(&form.language).is_none() && wordings.iter().all(|one| one.language != form.language) {
        Language::default().code().clone_into(&mut form.language);
    }
    let here = bearer.here();
    let hotline = here.agency().map(|agency| agency.hotline.clone()).unwrap_or_default();
    Ok(Answering { text: OwnText::of(asked_in(&form), &table, &hotline)?, here, wordings, form, problems })
}

async fn ask(bearer: Bearer, _: paths::LinkCard, Query(spoken): Query<Spoken>, headers: HeaderMap) -> Result<Response, Error> {
    let card = own(&bearer).await?;
    if card.blank().is_none() {
        let wording = match card.wording {
            Some(id) => bearer.read(async |tx| consent::wording(tx, id).await).await?,
            None => None,
        };
        return Ok(Page(Filled { here: bearer.here(), card, wording }).into_response());
    }
    let chosen = Some(spoken.language).filter(|one| !one.is_empty());
    let language = chosen.unwrap_or_else(|| of_browser(&headers).unwrap_or_default().code().to_owned());
    let form = CardForm { community: card.community, language, ..CardForm::default() };
    let mut page = answering(&bearer, form, Problems::default()).await?;
    let told = page.wordings.iter().find(|one| one.language == page.form.language);
    let told = told.or_else(|| page.wordings.iter().find(|one| one.language == "en")).or_else(|| page.wordings.first());
    page.form.wording = told.map(|one| one.id.to_string()).unwrap_or_default();
    Ok(Page(page).into_response())
}

async fn keep(bearer: Bearer, _: paths::LinkCard, Form(form): Form<CardForm>) -> Result<Response, Error> {
    let card = own(&bearer).await?;
    let written = match (card.blank(), form.parse_own()) {
        (Some(blank), Ok(new)) => fill_in(&bearer, blank, &new).await,
        (None, _) => Err(Error::refused("", "This card is filled in already. Tell those who listen to you what should change")),
        (_, Err(problems)) => Err(Error::Refused(problems)),
    };
    match bearer.with_next(written) {
        Err(Error::Refused(problems)) => {
            let problems = letters::to_mend(asked_in(&form), &problems)?;
            Ok(Again(answering(&bearer, form, problems).await?).into_response())
        }
        other => other,
    }
}

/// From here on only they hold a way to their words, and come to the page that tells them so.
async fn fill_in(bearer: &Bearer, blank: BlankCard, new: &NewCard) -> Result<Response, Error> {
    let fill = async |tx: &mut AgencyTx| {
        store::fill_in(tx, blank, new).await?;
        statements::next_link(tx, bearer).await?;
        Ok(Done::at(statements::paths::of_link(bearer.slug()), "Your card is filled in"))
    };
    bearer.write(fill).await
}
