//! Who is away and who stands in; saying so, the answer of whoever was asked, and the end before its day.

use super::{
    super::paths,
    forms::{AbsenceForm, TakesForm},
    model::{Absence, Takes},
    store,
};
use crate::platform::{
    ids::MembershipId,
    policy::{BeAway, StandIn, ViewDuties},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
pub(in crate::members) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let asked = "absence=@absence_asked";
    Routes::new()
        .get(paths::Absences::PATH, index)
        .post(paths::Absences::PATH, say, example("staff", "", "deputy=@facilitator&from=@in_a_month&until=@in_a_month"))
        .get(paths::StandingIn::PATH, asking)
        .post(paths::StandingIn::PATH, answer, example("staff", asked, "word=yes"))
        .post(paths::EndedAbsence::PATH, end, example("facilitator", asked, ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    page: String,
}

#[derive(Template)]
#[template(path = "members/absences.html")]
struct Index {
    here: Here,
    me: MembershipId,
    absences: Paged<Absence>,
    people: Vec<Choice>,
    form: AbsenceForm,
    problems: Problems,
}

impl Index {
    async fn of(asker: &Asker, page: &str) -> Result<Self, Error> {
        let (paging, me) = (Paging::from_text(page), asker.me());
        let (rows, people) = asker.read(async |tx| store::list(tx, me, paging).await).await?;
        let absences = paging.of(rows, &paths::absences(asker.slug()));
        Ok(Self { here: asker.here(), me, absences, people, form: AbsenceForm::default(), problems: Problems::default() })
    }

    fn may_answer(&self, one: &Absence) -> bool {
        self.here.can("StandIn") && one.as_asked(self.me, self.here.today()).is_ok()
    }

    /// The button that ends it, as far as it is the reader’s to press.
    fn ending(&self, one: &Absence) -> Option<&'static str> {
        one.as_either(self.me, self.here.today()).ok().filter(|_| self.here.can("StandIn"))?;
        Some(match (one.away == self.me, one.has_begun(self.here.today())) {
            (true, true) => "I am back",
            (true, false) => "I am not away after all",
            (false, _) => "I cannot stand in any longer",
        })
    }
}

async fn index(can: Can<ViewDuties>, _: paths::Absences, Query(at): Query<At>) -> Result<Page<Index>, Error> {
    Ok(Page(Index::of(&can, &at.page).await?))
}

async fn say(can: Can<BeAway>, _: paths::Absences, Form(form): Form<AbsenceForm>) -> Result<Response, Error> {
    let now = Index::of(&can, "").await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let say = async |tx: &mut AgencyTx| {
                store::add(tx, &can, &new).await?;
                Ok(Done::at(paths::absences(can.slug()), "Asked. It holds for these days once they say yes"))
            };
            can.write(say).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { form, problems, ..now })
}

#[derive(Template)]
#[template(path = "members/standing_in.html")]
struct AskedPage {
    here: Here,
    one: Absence,
    form: TakesForm,
    problems: Problems,
}

async fn to_answer(can: &Can<StandIn>, id: uuid::Uuid) -> Result<Absence, Error> {
    let one = can.read(async |tx| store::find(tx, id).await).await?;
    if one.deputy != can.me() {
        return Err(Error::NotAllowed);
    }
    match one.as_asked(can.me(), can.today()) {
        Ok(_) => Ok(one),
        Err(_) => Err(Error::Answered(Done::at(paths::absences(can.slug()), "Nobody waits for your answer to this"))),
    }
}

async fn asking(can: Can<StandIn>, at: paths::StandingIn) -> Result<Page<AskedPage>, Error> {
    let one = to_answer(&can, at.absence).await?;
    Ok(Page(AskedPage { here: can.here(), one, form: TakesForm::default(), problems: Problems::default() }))
}

async fn answer(can: Can<StandIn>, at: paths::StandingIn, Form(form): Form<TakesForm>) -> Result<Response, Error> {
    let one = to_answer(&can, at.absence).await?;
    let written = match form.parse() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find(tx, at.absence).await?;
                store::answer(tx, &can, now.as_asked(can.me(), can.today())?, word).await?;
                let said = if word == Takes::Yes {
                    "You stand in. It begins and ends by itself"
                } else {
                    "They are told, and can ask somebody else"
                };
                Ok(Done::at(paths::absences(can.slug()), said))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| AskedPage { here: can.here(), one, form, problems })
}

async fn end(can: Can<StandIn>, at: paths::EndedAbsence) -> Result<Response, Error> {
    let end = async |tx: &mut AgencyTx| {
        let now = store::find(tx, at.absence).await?;
        store::end(tx, &can, now.as_either(can.me(), can.today())?).await?;
        Ok(Done::at(paths::absences(can.slug()), "Ended. The other of you is told"))
    };
    can.write(end).await
}
