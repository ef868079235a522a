//! What both sides do with one obstacle: each its own part, the next step and the review, settled and open again.

use super::{
    super::{
        forms::{CourseForm, PartForm, WordForm},
        model::{Hand, Obstacle},
        paths, store,
    },
    one,
};
use crate::{
    commitments::Sides,
    platform::{ids::SubjectId, policy::KeepObstacles, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let with = |who, path, form| Example { who, path, form };
    let open = "obstacle=@obstacle_travel";
    let course = "state=easing&owner=@kinship&next_step=Try+the+library&next_on=2099-01-01&review_on=2099-02-01&version=@version";
    Routes::new()
        .get(paths::Part::PATH, part)
        .post(paths::Part::PATH, keep_part, with("staff", open, "can=Where+we+meet&cannot=The+bus&version=@version"))
        .get(paths::Course::PATH, course_form)
        .post(paths::Course::PATH, keep_course, with("staff", open, course))
        .get(paths::Settlement::PATH, ask_settlement)
        .post(paths::Settlement::PATH, settle, with("partner", open, "words=We+meet+on+the+east+side+now&version=@version"))
        .get_such_as(paths::Reopening::PATH, ask_reopening, "obstacle=@obstacle_language")
        .post(paths::Reopening::PATH, reopen, with("staff", "obstacle=@obstacle_language", "words=It+is+back&version=@version"))
}

#[derive(Template)]
#[template(path = "obstacles/part.html")]
struct PartPage {
    here: Here,
    one: Obstacle,
    form: PartForm,
    problems: Problems,
}

/// The obstacle, and the side for which the asker writes.
async fn at_hand(can: &Can<KeepObstacles>, id: SubjectId, may: fn(&Obstacle) -> Option<Hand>) -> Result<(Obstacle, Hand), Error> {
    let one = can.read(async |tx| one(tx, id).await).await?;
    let hand = may(&one).ok_or(Error::NotFound)?;
    Ok((one, hand))
}

async fn part(can: Can<KeepObstacles>, at: paths::Part) -> Result<Page<PartPage>, Error> {
    let (one, hand) = at_hand(&can, at.obstacle, Obstacle::hand).await?;
    let form = PartForm::of(&one, hand.1);
    Ok(Page(PartPage { here: can.here(), one, form, problems: Problems::default() }))
}

async fn keep_part(can: Can<KeepObstacles>, at: paths::Part, Form(form): Form<PartForm>) -> Result<Response, Error> {
    let (one, hand) = at_hand(&can, at.obstacle, Obstacle::hand).await?;
    let written = match form.parse() {
        Ok(part) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_part(tx, &can, hand, &part).await?;
                Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), "Your side’s part saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&PartForm::of(&one, hand.1), &form);
        PartPage { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "obstacles/course.html")]
struct CoursePage {
    here: Here,
    one: Obstacle,
    owners: Sides,
    form: CourseForm,
    problems: Problems,
}

async fn with_owners(can: &Can<KeepObstacles>, id: SubjectId) -> Result<(Obstacle, Hand, Sides), Error> {
    can.read(async |tx| {
        let one = one(tx, id).await?;
        let hand = one.may_move().ok_or(Error::NotFound)?;
        let owners = store::owners(tx, &one).await?;
        Ok((one, hand, owners))
    })
    .await
}

async fn course_form(can: Can<KeepObstacles>, at: paths::Course) -> Result<Page<CoursePage>, Error> {
    let (one, _, owners) = with_owners(&can, at.obstacle).await?;
    let form = CourseForm::of(&one);
    Ok(Page(CoursePage { here: can.here(), one, owners, form, problems: Problems::default() }))
}

async fn keep_course(can: Can<KeepObstacles>, at: paths::Course, Form(form): Form<CourseForm>) -> Result<Response, Error> {
    let (one, hand, owners) = with_owners(&can, at.obstacle).await?;
    let written = match form.parse(&owners, &one, can.today()) {
        Ok(course) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_course(tx, &can, hand, &course).await?;
                Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), "Where it stands was saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&CourseForm::of(&one), &form);
        CoursePage { here: can.here(), one, owners, form, problems }
    })
}

#[derive(Template)]
#[template(path = "obstacles/settle.html")]
struct Settle {
    here: Here,
    one: Obstacle,
    form: WordForm,
    problems: Problems,
}

async fn ask_settlement(can: Can<KeepObstacles>, at: paths::Settlement) -> Result<Page<Settle>, Error> {
    let (one, _) = at_hand(&can, at.obstacle, Obstacle::may_settle).await?;
    Ok(Page(Settle { here: can.here(), one, form: WordForm::default(), problems: Problems::default() }))
}

async fn settle(can: Can<KeepObstacles>, at: paths::Settlement, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let (one, hand) = at_hand(&can, at.obstacle, Obstacle::may_settle).await?;
    let written = match form.parse("Enter what settled it") {
        Ok(how) => {
            let settle = async |tx: &mut AgencyTx| {
                store::settle(tx, &can, hand, &how).await?;
                Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), "Settled, by the side that raised it"))
            };
            can.write(settle).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version);
        Settle { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "obstacles/reopen.html")]
struct Reopen {
    here: Here,
    one: Obstacle,
    form: WordForm,
    problems: Problems,
}

async fn ask_reopening(can: Can<KeepObstacles>, at: paths::Reopening) -> Result<Page<Reopen>, Error> {
    let (one, _) = at_hand(&can, at.obstacle, Obstacle::may_reopen).await?;
    Ok(Page(Reopen { here: can.here(), one, form: WordForm::default(), problems: Problems::default() }))
}

async fn reopen(can: Can<KeepObstacles>, at: paths::Reopening, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let (one, hand) = at_hand(&can, at.obstacle, Obstacle::may_reopen).await?;
    let written = match form.parse("Enter what makes it hard again") {
        Ok(why) => {
            let reopen = async |tx: &mut AgencyTx| {
                store::reopen(tx, &can, hand, &why).await?;
                Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), "Open again; the other side sees why"))
            };
            can.write(reopen).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version);
        Reopen { here: can.here(), one, form, problems }
    })
}
