//! Questions and answers: the list, one of them, and the forms of both sides.

use super::{
    forms::{AnswerForm, HeirForm, LoopForm, ReadersForm, ReviewForm, WhyForm},
    listed::{Counts, Listed},
    model::{Answer, Happened, Kind, Loop, Neighbour, State, audiences},
    paths,
    store::{self, Narrowed},
};
use crate::{
    comments,
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{AnswerLoops, CloseLoops, NameHeirs, RaiseLoops, ReviewAnswers, ViewLoops},
        prelude::*,
        reading::{self, Read},
        subject::{Audience, Kind as RecordKind, Subject, trace_path},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Loops::PATH, index)
        .post(paths::Loops::PATH, raise, example("parent", "", "kind=question&words=When+is+the+next+session%3F&audience=agency"))
        .get(paths::NewLoop::PATH, new)
        .get(paths::LoopPage::PATH, show)
        .post(paths::Acknowledgement::PATH, acknowledge, example("staff", "question=@loop_raised", ""))
        .get(paths::AnswerPage::PATH, write_answer)
        .post(
            paths::AnswerPage::PATH,
            answer,
            example("staff", "question=@loop_raised", "answer=done&answer_words=It+is+done&version=@loop_raised_version"),
        )
        .post(paths::Review::PATH, review, example("director", "question=@loop_in_review", "decision=release"))
        .post(paths::Closure::PATH, close, example("partner", "question=@loop_answered", ""))
        .get(paths::Reopening::PATH, ask_reopening)
        .post(paths::Reopening::PATH, reopen, example("partner", "question=@loop_answered", "why=The+form+is+still+in+English+only"))
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, example("partner", "question=@loop_answered", ""))
        .get(paths::Readers::PATH, ask_readers)
        .post(paths::Readers::PATH, set_readers, example("partner", "question=@loop_answered", "audience=partnership"))
        .get(paths::Heir::PATH, ask_heir)
        .post(paths::Heir::PATH, name_heir, example("partner", "question=@loop_left", "heir=@partner"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    state: String,
    kind: String,
    partner: String,
    whose: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Loops) -> String {
        let set = [("state", self.state.as_str()), ("kind", &self.kind), ("partner", &self.partner), ("whose", &self.whose)];
        with_filters(&at.to_string(), &set)
    }

    /// How far, as choices: the states and what they add up to.
    fn states(is_agency_side: bool) -> Vec<Choice> {
        let sums = [Choice::new("open", "no answer yet"), Choice::new("late", "late")];
        let states = State::ALL.iter().filter(|state| is_agency_side || **state != State::Review);
        sums.into_iter().chain(states.map(|state| Choice::new(state.as_str(), state.label()))).collect()
    }
}

#[derive(Template)]
#[template(path = "loops/index.html")]
struct Index {
    here: Here,
    at: paths::Loops,
    loops: Paged<Listed>,
    counts: Counts,
    filters: Filters,
    partners: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "loops/show.html")]
struct Show {
    here: Here,
    found: Loop,
    happened: Vec<Happened>,
    neighbours: Vec<Neighbour>,
    comments: comments::Thread,
    form: ReviewForm,
    problems: Problems,
}

impl Show {
    /// The way to the whole chain.
    fn trace(&self) -> String {
        trace_path(self.here.slug(), RecordKind::Loop, self.found.id)
    }
}

#[derive(Template)]
#[template(path = "loops/new.html")]
struct New {
    here: Here,
    body: Option<String>,
    source: Option<Subject>,
    form: LoopForm,
    problems: Problems,
}

impl New {
    fn audiences(&self) -> Vec<Choice> {
        audiences(self.body.as_deref())
    }
}

#[derive(Template)]
#[template(path = "loops/answer.html")]
struct WriteAnswer {
    here: Here,
    found: Loop,
    form: AnswerForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "loops/reopen.html")]
struct Reopen {
    here: Here,
    found: Loop,
    form: WhyForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "loops/withdraw.html")]
struct Withdraw {
    here: Here,
    found: Loop,
}

#[derive(Template)]
#[template(path = "loops/readers.html")]
struct Readers {
    here: Here,
    found: Loop,
    read: Vec<Read>,
    form: ReadersForm,
    problems: Problems,
}

impl Readers {
    fn audiences(&self) -> Vec<Choice> {
        audiences(self.found.body_name.as_deref())
    }
}

#[derive(Template)]
#[template(path = "loops/heir.html")]
struct NameHeir {
    here: Here,
    found: Loop,
    members: Vec<Choice>,
    form: HeirForm,
    problems: Problems,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct From {
    from: String,
}

async fn one(tx: &mut AgencyTx, id: SubjectId) -> Result<Loop, Error> {
    store::find(tx, id).await?.ok_or(Error::NotFound)
}

async fn index(can: Can<ViewLoops>, at: paths::Loops, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed {
        state: &filters.state,
        kind: &filters.kind,
        partner: filters.partner.parse().ok(),
        ours: filters.whose == "ours",
        today: can.today(),
    };
    let (rows, counts, partners) = can
        .read(async |tx| Ok((store::list(tx, &narrowed, paging).await?, store::counts(tx, can.today()).await?, store::partners(tx).await?)))
        .await?;
    let loops = paging.of(rows, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, loops, counts, filters, partners }))
}

async fn shown(can: &Asker, id: SubjectId) -> Result<Show, Error> {
    let (found, happened, neighbours, comments) = can
        .open(id, async |tx| {
            let found = one(tx, id).await?;
            Ok((found, store::happened(tx, id).await?, store::neighbours(tx, id).await?, comments::of(tx, id).await?))
        })
        .await?;
    Ok(Show { here: can.here(), found, happened, neighbours, comments, form: ReviewForm::default(), problems: Problems::default() })
}

async fn show(can: Can<ViewLoops>, at: paths::LoopPage) -> Result<Page<Show>, Error> {
    Ok(Page(shown(&can, at.question).await?))
}

async fn new(can: Can<RaiseLoops>, _: paths::NewLoop, Query(query): Query<From>) -> Result<Page<New>, Error> {
    let from = if query.from.is_empty() { None } else { Some(query.from.parse().map_err(|_| Error::NotFound)?) };
    let source = can.read(async |tx| store::source(tx, from).await).await?;
    let form = LoopForm { from: query.from, audience: Audience::Agency.as_str().to_owned(), ..LoopForm::default() };
    Ok(Page(New { here: can.here(), body: body_of(&can), source, form, problems: Problems::default() }))
}

fn body_of(can: &Asker) -> Option<String> {
    can.member().and_then(|member| member.body_name.clone())
}

async fn raise(can: Can<RaiseLoops>, _: paths::Loops, Form(form): Form<LoopForm>) -> Result<Response, Error> {
    let from = form.from.parse().ok();
    let source = can.read(async |tx| store::source(tx, from).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let raise = async |tx: &mut AgencyTx| {
                Ok(Done::at(paths::question(can.slug(), store::raise(tx, &can, &new).await?), "Sent to the agency"))
            };
            can.write(raise).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), body: body_of(&can), source, form, problems })
}

async fn acknowledge(can: Can<AnswerLoops>, at: paths::Acknowledgement) -> Result<Response, Error> {
    can.write(async |tx| {
        let found = one(tx, at.question).await?;
        store::acknowledge(tx, &can, &found).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), "Acknowledged"))
    })
    .await
}

async fn write_answer(can: Can<AnswerLoops>, at: paths::AnswerPage) -> Result<Page<WriteAnswer>, Error> {
    let found = can.open(at.question, async |tx| one(tx, at.question).await).await?;
    if !found.is_open() {
        return Err(Error::NotFound);
    }
    let form = AnswerForm::of(&found);
    Ok(Page(WriteAnswer { here: can.here(), found, form, problems: Problems::default() }))
}

async fn answer(can: Can<AnswerLoops>, at: paths::AnswerPage, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let answer = async |tx: &mut AgencyTx| {
                let now = one(tx, at.question).await?;
                let sent = store::answer(tx, &can, &now, &new).await?;
                let said = if sent { "Answer sent" } else { "Answer kept for the director to let go" };
                Ok(Done::at(paths::question(can.slug(), at.question), said))
            };
            can.write(answer).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.with_theirs(&AnswerForm::of(&found), &form);
        WriteAnswer { here: can.here(), found, form, problems }
    })
}

async fn review(can: Can<ReviewAnswers>, at: paths::Review, Form(form): Form<ReviewForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok((release, said)) => {
            let decide = async |tx: &mut AgencyTx| {
                let found = one(tx, at.question).await?;
                let reviewer = found.may_review().ok_or(Error::NotAllowed)?;
                store::review(tx, &can, (reviewer, &found), release, &said).await?;
                let told = if release { "The answer has gone out" } else { "The answer went back to the one who wrote it" };
                Ok(Done::at(paths::question(can.slug(), at.question), told))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    match written {
        Err(Error::Refused(problems)) => Ok(Again(Show { form, problems, ..shown(&can, at.question).await? }).into_response()),
        other => other,
    }
}

async fn close(can: Can<CloseLoops>, at: paths::Closure) -> Result<Response, Error> {
    can.write(async |tx| {
        let raiser = one(tx, at.question).await?.may_close().ok_or(Error::NotFound)?;
        store::close(tx, &can, raiser).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), "Closed, by your word"))
    })
    .await
}

async fn ask_reopening(can: Can<CloseLoops>, at: paths::Reopening) -> Result<Page<Reopen>, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    found.may_reopen().ok_or(Error::NotFound)?;
    Ok(Page(Reopen { here: can.here(), found, form: WhyForm::default(), problems: Problems::default() }))
}

async fn reopen(can: Can<CloseLoops>, at: paths::Reopening, Form(form): Form<WhyForm>) -> Result<Response, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    let written = match form.parse() {
        Ok(why) => {
            let reopen = async |tx: &mut AgencyTx| {
                let raiser = one(tx, at.question).await?.may_reopen().ok_or(Error::NotFound)?;
                store::reopen(tx, &can, raiser, &why).await?;
                Ok(Done::at(paths::question(can.slug(), at.question), "Open again; the agency was told why"))
            };
            can.write(reopen).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Reopen { here: can.here(), found, form, problems })
}

async fn ask_withdrawal(can: Can<CloseLoops>, at: paths::Withdrawal) -> Result<Page<Withdraw>, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    found.may_withdraw().ok_or(Error::NotFound)?;
    Ok(Page(Withdraw { here: can.here(), found }))
}

async fn withdraw(can: Can<CloseLoops>, at: paths::Withdrawal) -> Result<Response, Error> {
    can.write(async |tx| {
        let raiser = one(tx, at.question).await?.may_withdraw().ok_or(Error::NotFound)?;
        store::withdraw(tx, &can, raiser).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), "Taken back; its words are gone"))
    })
    .await
}

/// A loop with who has read it.
async fn readers_of(can: &Can<CloseLoops>, id: SubjectId) -> Result<(Loop, Vec<Read>), Error> {
    can.read(async |tx| Ok((one(tx, id).await?, reading::of(tx, id.0, None).await?))).await
}

async fn ask_readers(can: Can<CloseLoops>, at: paths::Readers) -> Result<Page<Readers>, Error> {
    let (found, read) = readers_of(&can, at.question).await?;
    found.may_withdraw().ok_or(Error::NotFound)?;
    let form = ReadersForm { audience: found.audience.as_str().to_owned() };
    Ok(Page(Readers { here: can.here(), found, read, form, problems: Problems::default() }))
}

async fn set_readers(can: Can<CloseLoops>, at: paths::Readers, Form(form): Form<ReadersForm>) -> Result<Response, Error> {
    let (found, read) = readers_of(&can, at.question).await?;
    let written = match form.parse() {
        Ok(audience) => {
            let set = async |tx: &mut AgencyTx| {
                let raiser = one(tx, at.question).await?.may_withdraw().ok_or(Error::NotFound)?;
                store::set_readers(tx, &can, raiser, audience).await?;
                Ok(Done::at(paths::question(can.slug(), at.question), "Who may read it was changed"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Readers { here: can.here(), found, read, form, problems })
}

async fn ask_heir(can: Can<NameHeirs>, at: paths::Heir) -> Result<Page<NameHeir>, Error> {
    let (found, members) = heirs_of(&can, at.question).await?;
    Ok(Page(NameHeir { here: can.here(), found, members, form: HeirForm::default(), problems: Problems::default() }))
}

async fn heirs_of(can: &Asker, id: SubjectId) -> Result<(Loop, Vec<Choice>), Error> {
    can.read(async |tx| {
        let found = one(tx, id).await?;
        let steward = found.may_name_heir().ok_or(Error::NotFound)?;
        Ok((found, store::heirs(tx, steward.1).await?))
    })
    .await
}

async fn name_heir(can: Can<NameHeirs>, at: paths::Heir, Form(form): Form<HeirForm>) -> Result<Response, Error> {
    let (found, members) = heirs_of(&can, at.question).await?;
    let written = match form.parse() {
        Ok(heir) => {
            let name = async |tx: &mut AgencyTx| {
                let steward = found.may_name_heir().ok_or(Error::NotFound)?;
                store::name_heir(tx, &can, &found, steward, heir).await?;
                Ok(Done::at(paths::question(can.slug(), at.question), "The heir was named"))
            };
            can.write(name).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| NameHeir { here: can.here(), found, members, form, problems })
}
