//! The minutes of a meeting: who came, what was talked about and decided, and the other side's word.

use super::super::{
    forms::{DecisionForm, MinutesForm, WordForm},
    model::{Decided, How, Meeting, Vote, Voter, Word},
    paths, store,
};
use crate::{
    commitments::{self, Sides},
    platform::{
        ids::{PartnerId, SubjectId},
        policy::{ConfirmMinutes, EditGroups},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let decision = "what=Relatives+are+called+first&how=vote&reasons=It+works&dissent=";
    Routes::new()
        .get(paths::Minutes::PATH, minutes)
        .post(
            paths::Minutes::PATH,
            keep_minutes,
            example("staff", "meeting=@meeting_open", "agency=3&bodies=@kinship&notes=We+talked&version=@version"),
        )
        .get(paths::Decisions::PATH, ask_decision)
        .post(paths::Decisions::PATH, decide, example("staff", "meeting=@meeting_open", decision))
        .get(paths::DropDecision::PATH, ask_dropping)
        .post(paths::DropDecision::PATH, drop_decision, example("staff", "meeting=@meeting_open&decision=@meeting_open_decision", ""))
        .get(paths::SendMinutes::PATH, ask_sending)
        .post(paths::SendMinutes::PATH, send, example("staff", "meeting=@meeting_open", ""))
        .get(paths::MinutesWord::PATH, ask_word)
        .post(paths::MinutesWord::PATH, give_word, example("partner", "meeting=@meeting_sent", "word=confirmed&version=@version"))
}

#[derive(Template)]
#[template(path = "groups/meetings/minutes.html")]
struct MinutesPage {
    here: Here,
    one: Meeting,
    sides: Sides,
    form: MinutesForm,
    problems: Problems,
}

/// The meeting, who can have come, and who did as far as it is noted.
async fn written(can: &Can<EditGroups>, id: SubjectId) -> Result<(Meeting, Sides, Vec<PartnerId>), Error> {
    can.read(async |tx| {
        let writable = |one: &Meeting| one.is_planned() || one.is_open();
        let one = store::find(tx, id).await?.filter(writable).ok_or(Error::NotFound)?;
        let bodies = store::bodies(tx, id).await?.into_iter().map(|(id, _)| id).collect();
        Ok((one, commitments::sides(tx).await?, bodies))
    })
    .await
}

async fn minutes(can: Can<EditGroups>, at: paths::Minutes) -> Result<Page<MinutesPage>, Error> {
    let (one, sides, bodies) = written(&can, at.meeting).await?;
    let form = MinutesForm::of(&one, &bodies);
    Ok(Page(MinutesPage { here: can.here(), one, sides, form, problems: Problems::default() }))
}

async fn keep_minutes(can: Can<EditGroups>, at: paths::Minutes, Form(form): Form<MinutesForm>) -> Result<Response, Error> {
    let (one, sides, bodies) = written(&can, at.meeting).await?;
    let written = match form.parse(&sides) {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_minutes(tx, &can, at.meeting, &new).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Minutes saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&MinutesForm::of(&one, &bodies), &form);
        MinutesPage { here: can.here(), one, sides, form, problems }
    })
}

#[derive(Template)]
#[template(path = "groups/meetings/decision.html")]
struct DecisionPage {
    here: Here,
    one: Meeting,
    voters: Vec<Voter>,
    form: DecisionForm,
    problems: Problems,
}

impl DecisionPage {
    /// The ways of deciding that are open to this meeting.
    fn ways(&self) -> Vec<Choice> {
        How::choices().into_iter().filter(|one| !self.one.open_law || one.value != How::Ballot.as_str()).collect()
    }

    fn votes(&self) -> &'static [Vote] {
        Vote::ALL
    }
}

/// A meeting whose minutes are open, and who could vote.
async fn deciding(can: &Can<EditGroups>, id: SubjectId) -> Result<(Meeting, Vec<Voter>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.filter(Meeting::is_open).ok_or(Error::NotFound)?;
        let voters = store::voters(tx, one.group_id, one.day()).await?;
        Ok((one, voters))
    })
    .await
}

async fn ask_decision(can: Can<EditGroups>, at: paths::Decisions) -> Result<Page<DecisionPage>, Error> {
    let (one, voters) = deciding(&can, at.meeting).await?;
    Ok(Page(DecisionPage { here: can.here(), one, voters, form: DecisionForm::default(), problems: Problems::default() }))
}

async fn decide(can: Can<EditGroups>, at: paths::Decisions, Form(form): Form<DecisionForm>) -> Result<Response, Error> {
    let (one, voters) = deciding(&can, at.meeting).await?;
    let written = match form.parse(&one, &voters) {
        Ok(decision) => {
            let add = async |tx: &mut AgencyTx| {
                store::decide(tx, &can, at.meeting, &decision).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Decision noted"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| DecisionPage { here: can.here(), one, voters, form, problems })
}

async fn ask_dropping(can: Can<EditGroups>, at: paths::DropDecision) -> Result<Page<Question>, Error> {
    let (one, _) = deciding(&can, at.meeting).await?;
    let decisions = can.read(async |tx| store::decisions(tx, at.meeting).await).await?;
    let decided = decisions.into_iter().find(|decided| decided.id == at.decision).ok_or(Error::NotFound)?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Take this out of the minutes?",
        about: decided.what,
        note: "It is gone then, with its votes. Write it down anew if it was only worded wrongly.",
        action: paths::drop_decision(can.slug(), one.id, at.decision),
        button: "Take it out",
        back: paths::meeting(can.slug(), one.id),
    }))
}

async fn drop_decision(can: Can<EditGroups>, at: paths::DropDecision) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_decision(tx, &can, at.meeting, at.decision).await?;
        Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Taken out of the minutes"))
    })
    .await
}

async fn ask_sending(can: Can<EditGroups>, at: paths::SendMinutes) -> Result<Page<Question>, Error> {
    let (one, _) = deciding(&can, at.meeting).await?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Send the minutes to the other side?",
        about: format!("{}, {}", one.title, one.when()),
        note: "The chair of the partners’ side, or the co-host of a forum, confirms them or sends them back. Until then nothing in them changes.",
        action: paths::sending(can.slug(), one.id),
        button: "Send the minutes",
        back: paths::meeting(can.slug(), one.id),
    }))
}

async fn send(can: Can<EditGroups>, at: paths::SendMinutes) -> Result<Response, Error> {
    can.write(async |tx| {
        store::send(tx, &can, at.meeting).await?;
        Ok(Done::at(paths::meeting(can.slug(), at.meeting), "The minutes are with the other side"))
    })
    .await
}

/// The minutes as they were sent.
pub(super) struct Minutes {
    pub(super) one: Meeting,
    pub(super) bodies: Vec<String>,
    pub(super) decisions: Vec<Decided>,
}

impl Minutes {
    /// The rest of them, for a meeting that the reader sees.
    pub(super) async fn of(tx: &mut AgencyTx, one: Meeting) -> Result<Self, Error> {
        let bodies = store::bodies(tx, one.id).await?.into_iter().map(|(_, name)| name).collect();
        let decisions = store::decisions(tx, one.id).await?;
        Ok(Self { one, bodies, decisions })
    }
}

#[derive(Template)]
#[template(path = "groups/meetings/word.html")]
struct WordPage {
    here: Here,
    minutes: Minutes,
    form: WordForm,
    problems: Problems,
}

/// The minutes, as far as the reader's word on them is wanted.
async fn waiting(can: &Can<ConfirmMinutes>, id: SubjectId) -> Result<Option<Minutes>, Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        if one.my_word { Minutes::of(tx, one).await.map(Some) } else { Ok(None) }
    })
    .await
}

async fn ask_word(can: Can<ConfirmMinutes>, at: paths::MinutesWord) -> Result<Page<WordPage>, Error> {
    let over = || Error::Answered(Done::at(paths::meeting(can.slug(), at.meeting), "Nobody waits for your word on these minutes"));
    let minutes = waiting(&can, at.meeting).await?.ok_or_else(over)?;
    Ok(Page(WordPage { here: can.here(), minutes, form: WordForm::default(), problems: Problems::default() }))
}

async fn give_word(can: Can<ConfirmMinutes>, at: paths::MinutesWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let minutes = waiting(&can, at.meeting).await?.ok_or(Error::NotAllowed)?;
    let written = match form.parse() {
        Ok(word) => {
            let give = async |tx: &mut AgencyTx| {
                store::give_word(tx, &can, at.meeting, &word).await?;
                Ok(Done::at(paths::meeting(can.slug(), at.meeting), "Your word on the minutes is noted"))
            };
            can.write(give).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), minutes.one.version);
        WordPage { here: can.here(), minutes, form, problems }
    })
}
