//! The note-taker's page: type the words, tap the speaker.

use crate::{
    listening::{
        sessions::{self, Brief},
        speakers,
        statements::{
            forms::{self, NoteForm},
            model::{Holds, Statement, Told},
            paths,
            store::{
                list::{self, Narrowed},
                mend, show, write,
            },
        },
    },
    platform::{
        ids::{SessionId, SubjectId},
        paging::with_filters,
        policy::WriteStatements,
        prelude::*,
        subject::Audience,
    },
};
use askama::Template;
use chrono::{DateTime, Utc};

/// What stands around the form.
struct Around {
    brief: Brief,
    notice: String,
    speakers: Vec<Choice>,
    waiting: Vec<Statement>,
    /// When the reader's sign-in ends, where that is before the session does.
    sign_in_ends: Option<DateTime<Utc>>,
}

#[derive(Template)]
#[template(path = "listening/statements/session.html")]
pub(super) struct Index {
    here: Here,
    around: Around,
    form: NoteForm,
    problems: Problems,
    languages: Vec<Choice>,
    audiences: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "listening/statements/mend.html")]
pub(super) struct Mend {
    here: Here,
    statement: Statement,
    speakers: Vec<Choice>,
    form: NoteForm,
    problems: Problems,
    languages: Vec<Choice>,
    audiences: Vec<Choice>,
}

/// Who may read it, as the speaker is asked.
fn audiences() -> Vec<Choice> {
    let label = |one: Audience| match one {
        Audience::Author => "Only the speaker, for now",
        Audience::Body => "The speaker’s own organization or Tribe",
        Audience::Leadership => "Their organization or Tribe, and the agency’s directors",
        Audience::Agency => "Their organization or Tribe, and the agency’s directors, staff and analysts",
        Audience::Partnership => "Everybody in the partnership",
        Audience::Public => "Anybody",
    };
    Audience::ALL.iter().map(|one| Choice::new(one.as_str(), label(*one))).collect()
}

async fn around(tx: &mut AgencyTx, session: SubjectId, sign_in: Option<SessionId>) -> Result<Around, Error> {
    let brief = sessions::brief(tx, session).await?.ok_or(Error::NotFound)?;
    if !sessions::is_mine(tx, session).await? {
        return Err(Error::NotFound);
    }
    let held = Narrowed { session: Some(session), whose: "held", ..Narrowed::default() };
    let waiting = list::list(tx, &held, Paging::from_text("1")).await?.statements;
    let (speakers, sign_in_ends) = (speakers::choices(tx, session).await?, sessions::ends_within(tx, session, sign_in).await?);
    Ok(Around { notice: sessions::notice(tx).await?, brief, speakers, waiting, sign_in_ends })
}

impl Index {
    fn of(here: Here, around: Around, form: NoteForm, problems: Problems) -> Self {
        let languages = forms::languages(&form.language);
        Self { here, around, form, problems, languages, audiences: audiences() }
    }

    /// Something was chosen or is to be mended below the words.
    fn has_more(&self) -> bool {
        let begun = NoteForm::begun();
        let chosen = |form: &NoteForm| [&form.wanted, &form.language, &form.told_how, &form.sensitivity].map(Clone::clone);
        ["wanted", "language", "told_how", "sensitivity"].iter().any(|name| self.problems.of(name).is_some())
            || chosen(&self.form) != chosen(&begun)
    }
}

pub(super) async fn index(can: Can<WriteStatements>, at: paths::SessionStatements) -> Result<Page<Index>, Error> {
    let around = can.read(async |tx| around(tx, at.session, can.session()).await).await?;
    Ok(Page(Index::of(can.here(), around, NoteForm::begun(), Problems::default())))
}

pub(super) async fn create(can: Can<WriteStatements>, at: paths::SessionStatements, Form(form): Form<NoteForm>) -> Result<Response, Error> {
    let around = can.read(async |tx| around(tx, at.session, can.session()).await).await?;
    let written = match form.parse() {
        Ok(note) => {
            let add = async |tx: &mut AgencyTx| {
                let id = write::add(tx, &can, at.session, &note).await?;
                Ok(Done::at(with_new(&at, id), "Written down. Nobody reads it before the speaker has given their word"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index::of(can.here(), around, form, problems))
}

/// The session's page again, at the new statement.
fn with_new(at: &paths::SessionStatements, id: SubjectId) -> String {
    with_filters(&at.to_string(), &[("new", &id.to_string())])
}

/// What is held, the proof of it, and whose words it may be instead.
async fn mendable(can: &Can<WriteStatements>, id: SubjectId) -> Result<(Statement, Holds, Vec<Choice>), Error> {
    can.read(async |tx| {
        let statement = show::find(tx, id).await?.ok_or(Error::NotFound)?;
        let holds = statement.held().ok_or(Error::NotFound)?;
        let speakers = speakers::choices(tx, statement.session).await?;
        Ok((statement, holds, speakers))
    })
    .await
}

/// The form by itself: here its draft waits.
pub(super) async fn mending(can: Can<WriteStatements>, at: paths::MendPage) -> Result<Page<Mend>, Error> {
    let (statement, _, speakers) = mendable(&can, at.statement).await?;
    let (form, languages, audiences) = mend_form(&statement);
    Ok(Page(Mend { here: can.here(), statement, speakers, form, problems: Problems::default(), languages, audiences }))
}

pub(super) async fn mend(can: Can<WriteStatements>, at: paths::StatementPage, Form(form): Form<NoteForm>) -> Result<Response, Error> {
    let (now, holds, speakers) = mendable(&can, at.statement).await?;
    let written = match form.parse() {
        Ok(note) => {
            let mend = async |tx: &mut AgencyTx| {
                mend::mend(tx, &can, (holds, &now), &note).await?;
                Ok(Done::at(paths::statement(can.slug(), at.statement), "Words mended"))
            };
            can.write(mend).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&NoteForm::of(&now), &form);
        let languages = forms::languages(&form.language);
        Mend { here: can.here(), statement: now, speakers, form, problems, languages, audiences: audiences() }
    })
}

/// The form that mends what was written down, on the statement's own page.
pub(super) fn mend_form(statement: &Statement) -> (NoteForm, Vec<Choice>, Vec<Choice>) {
    (NoteForm::of(statement), forms::languages(&statement.language), audiences())
}
