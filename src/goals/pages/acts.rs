//! What is done with one goal: its values, its story, the words on it, where it stands.

use super::super::{
    difference::{self, Difference},
    forms::{StateForm, StoryForm, ValueForm, WordForm},
    model::{Former, Given, Goal, State, Value, Word},
    paths, store,
};
use crate::platform::{
    ids::SubjectId,
    policy::{EditFramework, GiveWord},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let staff = |path, form| Example { who: "staff", path, form };
    let agreed = Example { who: "partner", path: "goal=@goal_open", form: "word=agreed&version=@goal_open_version" };
    Routes::new()
        .get(paths::Values::PATH, values)
        .post(paths::Values::PATH, put_value, staff("goal=@goal_open", "on_day=2020-01-31&value=31.5&source=Placement+report"))
        .get(paths::DropValue::PATH, ask_dropping)
        .post(paths::DropValue::PATH, drop_value, staff("goal=@goal_open&day=@goal_open_day", ""))
        .get(paths::Story::PATH, story)
        .post(paths::Story::PATH, tell, staff("goal=@goal_open", "story=Kin+are+asked+on+the+first+day&version=@goal_open_story"))
        .get(paths::Agreement::PATH, agreement)
        .post(paths::Agreement::PATH, give_word, agreed)
        .get(paths::GoalState::PATH, state)
        .post(paths::GoalState::PATH, put_state, staff("goal=@goal_open", "state=met&version=@goal_open_version"))
}

async fn of(can: &Asker, id: SubjectId) -> Result<(Goal, Vec<Value>), Error> {
    can.read(async |tx| Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, store::values(tx, id).await?))).await
}

#[derive(Template)]
#[template(path = "goals/values.html")]
struct ValuesPage {
    here: Here,
    one: Goal,
    values: Vec<Value>,
    form: ValueForm,
    problems: Problems,
}

async fn values(can: Can<EditFramework>, at: paths::Values) -> Result<Page<ValuesPage>, Error> {
    let (one, values) = of(&can, at.goal).await?;
    Ok(Page(ValuesPage { here: can.here(), one, values, form: ValueForm::default(), problems: Problems::default() }))
}

async fn put_value(can: Can<EditFramework>, at: paths::Values, Form(form): Form<ValueForm>) -> Result<Response, Error> {
    let (one, values) = of(&can, at.goal).await?;
    let written = match form.parse(&one.unit, can.today()) {
        Ok(measured) => {
            let put = async |tx: &mut AgencyTx| {
                store::put_value(tx, &can, at.goal, &measured).await?;
                Ok(Done::at(paths::goal(can.slug(), at.goal), "Value added"))
            };
            can.write(put).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| ValuesPage { here: can.here(), one, values, form, problems })
}

#[derive(Template)]
#[template(path = "goals/drop_value.html")]
struct DropPage {
    here: Here,
    one: Goal,
    value: Value,
}

async fn ask_dropping(can: Can<EditFramework>, at: paths::DropValue) -> Result<Page<DropPage>, Error> {
    let (one, values) = of(&can, at.goal).await?;
    let value = values.into_iter().find(|value| value.on_day == at.day).ok_or(Error::NotFound)?;
    Ok(Page(DropPage { here: can.here(), one, value }))
}

async fn drop_value(can: Can<EditFramework>, at: paths::DropValue) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_value(tx, &can, at.goal, at.day).await?;
        Ok(Done::at(paths::values(can.slug(), at.goal), "Value taken away"))
    })
    .await
}

#[derive(Template)]
#[template(path = "goals/story.html")]
struct StoryPage {
    here: Here,
    one: Goal,
    form: StoryForm,
    problems: Problems,
}

async fn story(can: Can<EditFramework>, at: paths::Story) -> Result<Page<StoryPage>, Error> {
    let (one, _) = of(&can, at.goal).await?;
    let form = StoryForm { story: one.story.clone() };
    Ok(Page(StoryPage { here: can.here(), one, form, problems: Problems::default() }))
}

async fn tell(can: Can<EditFramework>, at: paths::Story, Form(form): Form<StoryForm>) -> Result<Response, Error> {
    let (one, _) = of(&can, at.goal).await?;
    let written = match form.parse() {
        Ok(story) => {
            let tell = async |tx: &mut AgencyTx| {
                store::tell(tx, &can, at.goal, &story).await?;
                Ok(Done::at(paths::goal(can.slug(), at.goal), "Story saved"))
            };
            can.write(tell).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.story_version).with_theirs(&StoryForm { story: one.story.clone() }, &form);
        StoryPage { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "goals/agreement.html")]
struct AgreementPage {
    here: Here,
    one: Goal,
    /// The version that the person had read, where another has taken its place meanwhile.
    read: Option<Former>,
    /// What this version says otherwise than the one that the reader knows.
    difference: Option<Difference>,
    /// Words that stand for the reader or their body on this version.
    stands: Vec<Given>,
    form: WordForm,
    problems: Problems,
}

async fn agreement(can: Can<GiveWord>, at: paths::Agreement) -> Result<Page<AgreementPage>, Error> {
    let (one, difference, stands) = asked(&can, at.goal).await?;
    let (form, problems) = (WordForm::default(), Problems::default());
    Ok(Page(AgreementPage { here: can.here(), one, read: None, difference, stands, form, problems }))
}

/// The goal that somebody is asked about, what it says otherwise than the version that they know, and their word on it so far.
async fn asked(can: &Asker, id: SubjectId) -> Result<(Goal, Option<Difference>, Vec<Given>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let given = store::given(tx, id).await?;
        let difference = difference::since_read(&one, &store::former(tx, id).await?, &given);
        let stands = given.into_iter().filter(|word| word.ours && word.version == one.version).collect();
        Ok((one, difference, stands))
    })
    .await
}

async fn give_word(can: Can<GiveWord>, at: paths::Agreement, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let (one, difference, stands) = asked(&can, at.goal).await?;
    let written = match form.parse() {
        Ok(word) => {
            let give = async |tx: &mut AgencyTx| {
                let voice = store::speaker(tx, can.today()).await?;
                store::give_word(tx, &can, voice, at.goal, &word).await?;
                Ok(Done::at(paths::goal(can.slug(), at.goal), "Your word was kept with this version"))
            };
            can.write(give).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let read = former(&can, &one).await?;
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version);
        AgreementPage { here: can.here(), problems, one, read, difference, stands, form }
    })
}

/// The version with which a form was begun, where it is no longer the present one.
async fn former(can: &Asker, one: &Goal) -> Result<Option<Former>, Error> {
    if can.version() == 0 || can.version() == one.version {
        return Ok(None);
    }
    let all = can.read(async |tx| store::former(tx, one.id).await).await?;
    Ok(all.into_iter().find(|former| former.version == can.version()))
}

#[derive(Template)]
#[template(path = "goals/state.html")]
struct StatePage {
    here: Here,
    one: Goal,
    form: StateForm,
    problems: Problems,
}

async fn state(can: Can<EditFramework>, at: paths::GoalState) -> Result<Page<StatePage>, Error> {
    let (one, _) = of(&can, at.goal).await?;
    let form = StateForm::of(&one);
    Ok(Page(StatePage { here: can.here(), one, form, problems: Problems::default() }))
}

async fn put_state(can: Can<EditFramework>, at: paths::GoalState, Form(form): Form<StateForm>) -> Result<Response, Error> {
    let (one, _) = of(&can, at.goal).await?;
    let written = match form.parse() {
        Ok(put) => {
            let keep = async |tx: &mut AgencyTx| {
                store::put_state(tx, &can, at.goal, &put).await?;
                Ok(Done::at(paths::goal(can.slug(), at.goal), "Noted where the goal stands"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = StateForm { why: form.why.clone(), ..StateForm::of(&one) };
        let problems = problems.since(can.version(), one.version).with_theirs(&theirs, &form);
        StatePage { here: can.here(), one, form, problems }
    })
}
