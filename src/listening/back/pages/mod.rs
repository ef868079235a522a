//! The list of whom to reach, how a try went, and the sheet on paper; and what a speaker adds.

mod own;
mod room;

use super::{
    forms::{TryForm, UntilForm},
    letters::{self, Text},
    model::{self, Group, OnSheet, ToReach},
    paths, store,
};
use crate::{
    listening::{
        sessions::{self, Brief},
        speakers::{self, Speaker, SpeakerId},
        statements,
    },
    platform::{
        clock,
        ids::SubjectId,
        paging::with_filters,
        policy::{KeepRoom, WriteStatements},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::NaiveDate;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "facilitator", path, form };
    let words = "words=We+would+come+again+if+there+was+a+ride&attribution=role&audience=agency&uses=quoted";
    Routes::new()
        .get(paths::Back::PATH, index)
        .post(paths::Back::PATH, ask_until, example("session=@open_session", "asked_until=2027-05-01"))
        .get(paths::Tries::PATH, tries)
        .post(paths::Tries::PATH, note, example("session=@open_session&speaker=@open_speaker", "outcome=sent"))
        .get_such_as(paths::SheetPage::PATH, sheet, "session=@open_session&speaker=@open_speaker")
        .get(paths::OwnWords::PATH, own::signed_in)
        .post(paths::OwnWords::PATH, own::keep, Example { who: "tribe", path: "session=@session_5&speaker=@speaker_5_1", form: words })
        .limited(&limits::COMMENTS)
        .get(paths::ReturnWords::PATH, own::by_link)
        .post(paths::ReturnWords::PATH, own::keep_by_link, Example { who: "@return_token", path: "", form: words })
        .limited(&limits::ANSWERS)
        .get(paths::OwnRoom::PATH, room::signed_in)
        .post(paths::OwnRoom::PATH, room::keep, Example { who: "tribe", path: "session=@session_5&speaker=@speaker_5_1", form: "" })
        .get(paths::ReturnRoom::PATH, room::by_link)
        .post(paths::ReturnRoom::PATH, room::keep_by_link, Example { who: "@return_token", path: "", form: "" })
        .limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/back/index.html")]
struct Index {
    here: Here,
    session: Brief,
    groups: Vec<Group>,
    /// The last day on which those who spoke are asked.
    until: Option<NaiveDate>,
    form: UntilForm,
    problems: Problems,
}

async fn looked(can: &Asker, session: SubjectId) -> Result<(Brief, Vec<ToReach>), Error> {
    can.read(async |tx| {
        sessions::on_duty(tx, session).await?;
        let brief = sessions::brief(tx, session).await?.ok_or(Error::NotFound)?;
        Ok((brief, store::to_reach(tx, session).await?))
    })
    .await
}

impl Index {
    fn of(here: Here, (session, all): (Brief, Vec<ToReach>), form: Option<UntilForm>, problems: Problems) -> Self {
        let until = all.iter().filter_map(|one| one.speaker.asked_until).max();
        let form = form.unwrap_or_else(|| UntilForm::of(until));
        Self { here, session, groups: model::groups(all), until, form, problems }
    }
}

async fn index(can: Can<KeepRoom>, at: paths::Back) -> Result<Page<Index>, Error> {
    let found = looked(&can, at.session).await?;
    Ok(Page(Index::of(can.here(), found, None, Problems::default())))
}

async fn ask_until(can: Can<WriteStatements>, at: paths::Back, Form(form): Form<UntilForm>) -> Result<Response, Error> {
    let found = looked(&can, at.session).await?;
    let written = match form.parse(can.today()) {
        Ok(day) => {
            let ask = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, at.session).await?;
                store::ask_until(tx, &can, &duty, day).await?;
                Ok(Done::at(&at, "They are asked until that day"))
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index::of(can.here(), found, Some(form), problems))
}

#[derive(Template)]
#[template(path = "listening/back/tries.html")]
struct Tried {
    here: Here,
    session: Brief,
    one: ToReach,
    form: TryForm,
    problems: Problems,
}

async fn to_reach(can: &Asker, session: SubjectId, speaker: SpeakerId) -> Result<(Brief, ToReach), Error> {
    can.read(async |tx| {
        sessions::on_duty(tx, session).await?;
        let brief = sessions::brief(tx, session).await?.ok_or(Error::NotFound)?;
        Ok((brief, store::find(tx, session, speaker).await?))
    })
    .await
}

async fn tries(can: Can<WriteStatements>, at: paths::Tries) -> Result<Page<Tried>, Error> {
    let (session, one) = to_reach(&can, at.session, at.speaker).await?;
    Ok(Page(Tried { here: can.here(), session, one, form: TryForm::default(), problems: Problems::default() }))
}

async fn note(can: Can<WriteStatements>, at: paths::Tries, Form(form): Form<TryForm>) -> Result<Response, Error> {
    let (session, one) = to_reach(&can, at.session, at.speaker).await?;
    let way = one.way().ok_or(Error::NotFound)?;
    let written = match form.parse(&one) {
        Ok(outcome) => {
            let note = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, at.session).await?;
                store::note(tx, &can, &duty, (&one, way, outcome)).await?;
                Ok(Done::at(paths::back(can.slug(), at.session), "Noted, so that nobody tries twice"))
            };
            can.write(note).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Tried { here: can.here(), session, one, form, problems })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    language: String,
}

#[derive(Template)]
#[template(path = "listening/back/sheet.html")]
struct Sheet {
    here: Here,
    session: Brief,
    speaker: Speaker,
    on: OnSheet,
    text: Text,
    /// The same in other languages: their names with their addresses.
    others: Vec<(String, String)>,
}

async fn sheet(can: Can<WriteStatements>, at: paths::SheetPage, Query(wanted): Query<Wanted>) -> Result<Page<Sheet>, Error> {
    let (session, speaker, on) = can
        .read(async |tx| {
            sessions::on_duty(tx, at.session).await?;
            let speaker = speakers::find(tx, at.speaker).await?.filter(|one| one.session == at.session).ok_or(Error::NotFound)?;
            let on = store::on_sheet(tx, speaker.id, &wanted.language).await?;
            Ok((sessions::brief(tx, at.session).await?.ok_or(Error::NotFound)?, speaker, on))
        })
        .await?;
    let heard_on = clock::day_in(session.zone.parse().unwrap_or(chrono_tz::Tz::UTC), session.starts_at);
    let language = letters::language(&wanted.language, on.words.first().map(|one| one.language.as_str()));
    let text = letters::text(language, &speaker, heard_on, can.here().contact())?;
    let address = |code: &str| with_filters(&at.to_string(), &[("language", code)]);
    let others = letters::languages().into_iter().filter(|one| one.value != language.code());
    let others = others.map(|one| (one.label.to_string(), address(&one.value))).collect();
    Ok(Page(Sheet { here: can.here(), session, speaker, on, text, others }))
}
