//! What the raiser does with one obstacle: change the words and who reads them, take them back.

use super::{
    super::{
        forms::{ObstacleForm, With},
        model::{Kind, Obstacle, audiences},
        paths, store,
    },
    one,
};
use crate::platform::{
    policy::KeepObstacles,
    prelude::*,
    reading::{self, Read},
    widening,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let kept = "kind=travel&name=The+meetings+are+an+hour+away&audience=agency&version=@version";
    let raised = |form| Example { who: "partner", path: "obstacle=@obstacle_travel", form };
    Routes::new()
        .get(paths::EditObstacle::PATH, edit)
        .post(paths::ObstaclePage::PATH, update, raised(kept))
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, raised(""))
}

#[derive(Template)]
#[template(path = "obstacles/edit.html")]
struct Edit {
    here: Here,
    one: Obstacle,
    /// With whom it is stands since it was raised.
    with: With,
    form: ObstacleForm,
    problems: Problems,
}

impl Edit {
    fn audiences(&self) -> Vec<Choice> {
        audiences(self.one.partner.as_deref())
    }

    /// The tick that more people read it, once it is asked.
    fn wider(&self) -> Option<String> {
        widening::who_reads_then(&self.problems, &self.form.audience)
    }
}

async fn edit(can: Can<KeepObstacles>, at: paths::EditObstacle) -> Result<Page<Edit>, Error> {
    let one = can.read(async |tx| one(tx, at.obstacle).await).await?;
    one.may_edit().ok_or(Error::NotFound)?;
    let form = ObstacleForm::of(&one);
    Ok(Page(Edit { here: can.here(), with: With::Own(one.partner_id), one, form, problems: Problems::default() }))
}

async fn update(can: Can<KeepObstacles>, at: paths::ObstaclePage, Form(form): Form<ObstacleForm>) -> Result<Response, Error> {
    let now = can.read(async |tx| one(tx, at.obstacle).await).await?;
    let raiser = now.may_edit().ok_or(Error::NotFound)?;
    let with = With::Own(now.partner_id);
    let written = match form.parse(&with, Some(now.audience)) {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, raiser, &entry).await?;
                Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), "Obstacle saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = ObstacleForm { sure: form.sure.clone(), ..ObstacleForm::of(&now) };
        let problems = problems.since(can.version(), now.version).with_theirs(&theirs, &form);
        Edit { here: can.here(), with, one: now, form, problems }
    })
}

#[derive(Template)]
#[template(path = "obstacles/withdraw.html")]
struct Withdraw {
    here: Here,
    one: Obstacle,
    copies: Vec<Read>,
}

async fn ask_withdrawal(can: Can<KeepObstacles>, at: paths::Withdrawal) -> Result<Page<Withdraw>, Error> {
    let look = async |tx: &mut AgencyTx| Ok((one(tx, at.obstacle).await?, reading::copies(tx, at.obstacle.0).await?));
    let (one, copies) = can.read(look).await?;
    one.may_take_back().ok_or(Error::NotFound)?;
    Ok(Page(Withdraw { here: can.here(), one, copies }))
}

async fn withdraw(can: Can<KeepObstacles>, at: paths::Withdrawal) -> Result<Response, Error> {
    can.write(async |tx| {
        let taken = one(tx, at.obstacle).await?.may_take_back().ok_or(Error::NotFound)?;
        store::take_back(tx, taken).await?;
        let remains = crate::consent::remains_of(tx, at.obstacle, None).await?;
        Ok(Done::at(paths::obstacle(can.slug(), at.obstacle), remains.told("Taken back; its words are gone")))
    })
    .await
}
