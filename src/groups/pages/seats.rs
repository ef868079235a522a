//! Seats of a group: added, given, named for and vacant again.

use super::super::{
    forms::{SeatForm, SitterForm, TermForm},
    model::{self, Group, Seat},
    paths, store,
};
use crate::{
    commitments::{self, Sides},
    platform::{
        ids::SubjectId,
        policy::{EditGroups, NameSitter},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use uuid::Uuid;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    let named = Example { who: "partner", path: "group=@group_board&seat=@seat_kinship", form: "member=@partner&mandate=Circle+vote" };
    Routes::new()
        .get(paths::Seats::PATH, ask_seat)
        .post(paths::Seats::PATH, add_seat, example("group=@group_board", "constituency=tribes&title=A+third+Tribe"))
        .get(paths::Term::PATH, ask_term)
        .post(paths::Term::PATH, fill, example("group=@group_board&seat=@seat_vacant", "who=@parent&from_on=2032-01-01"))
        .get(paths::SitterOf::PATH, ask_sitter)
        .post(paths::SitterOf::PATH, name_sitter, named)
        .get(paths::Vacancy::PATH, ask_vacancy)
        .post(paths::Vacancy::PATH, vacate, example("group=@group_board&seat=@seat_kinship", ""))
}

#[derive(Template)]
#[template(path = "groups/seat.html")]
struct SeatPage {
    here: Here,
    one: Group,
    constituencies: Vec<Choice>,
    form: SeatForm,
    problems: Problems,
}

async fn of(can: &Can<EditGroups>, id: SubjectId) -> Result<Group, Error> {
    can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await
}

async fn ask_seat(can: Can<EditGroups>, at: paths::Seats) -> Result<Page<SeatPage>, Error> {
    let (one, constituencies) = (of(&can, at.group).await?, model::constituencies());
    Ok(Page(SeatPage { here: can.here(), one, constituencies, form: SeatForm::default(), problems: Problems::default() }))
}

async fn add_seat(can: Can<EditGroups>, at: paths::Seats, Form(form): Form<SeatForm>) -> Result<Response, Error> {
    let one = of(&can, at.group).await?;
    let written = match form.parse() {
        Ok(seat) => {
            let add = async |tx: &mut AgencyTx| {
                store::add_seat(tx, &can, at.group, &seat).await?;
                Ok(Done::at(paths::group(can.slug(), at.group), "Seat added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| SeatPage { here: can.here(), one, constituencies: model::constituencies(), form, problems })
}

#[derive(Template)]
#[template(path = "groups/term.html")]
struct TermPage {
    here: Here,
    one: Group,
    seat: Seat,
    offered: Vec<Choice>,
    form: TermForm,
    problems: Problems,
}

/// The group, the seat and who can have it.
async fn open(can: &Can<EditGroups>, at: &paths::Term) -> Result<(Group, Seat, Sides), Error> {
    can.read(async |tx| {
        let one = store::find(tx, at.group).await?.ok_or(Error::NotFound)?;
        let seat = store::seat(tx, at.group, at.seat, can.today()).await?.ok_or(Error::NotFound)?;
        Ok((one, seat, commitments::sides(tx).await?))
    })
    .await
}

async fn ask_term(can: Can<EditGroups>, at: paths::Term) -> Result<Page<TermPage>, Error> {
    let (one, seat, sides) = open(&can, &at).await?;
    let offered = TermForm::offered(&seat, &sides);
    let form = TermForm { from_on: can.today().to_string(), ..TermForm::default() };
    Ok(Page(TermPage { here: can.here(), one, seat, offered, form, problems: Problems::default() }))
}

async fn fill(can: Can<EditGroups>, at: paths::Term, Form(form): Form<TermForm>) -> Result<Response, Error> {
    let (one, seat, sides) = open(&can, &at).await?;
    let offered = TermForm::offered(&seat, &sides);
    let written = match form.parse(&offered, &sides) {
        Ok(term) => {
            let fill = async |tx: &mut AgencyTx| {
                store::fill(tx, &can, (at.group, at.seat), &term).await?;
                Ok(Done::at(paths::group(can.slug(), at.group), "The seat is given"))
            };
            can.write(fill).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| TermPage { here: can.here(), one, seat, offered, form, problems })
}

#[derive(Template)]
#[template(path = "groups/sitter.html")]
struct SitterPage {
    here: Here,
    one: Group,
    seat: Seat,
    people: Vec<Choice>,
    form: SitterForm,
    problems: Problems,
}

/// The group, a seat that the reader's body has, and the people of that body.
async fn held(can: &Can<NameSitter>, group: SubjectId, id: Uuid) -> Result<(Group, Seat, Vec<Choice>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, group).await?.ok_or(Error::NotFound)?;
        let seat = store::seat(tx, group, id, can.today()).await?.ok_or(Error::NotFound)?;
        if seat.body_id.is_none() || seat.body_id != can.mandated_body() {
            return Err(Error::NotAllowed);
        }
        Ok((one, seat, store::own_people(tx).await?))
    })
    .await
}

async fn ask_sitter(can: Can<NameSitter>, at: paths::SitterOf) -> Result<Page<SitterPage>, Error> {
    let (one, seat, people) = held(&can, at.group, at.seat).await?;
    let form = SitterForm { mandate: seat.mandate.clone(), ..SitterForm::default() };
    Ok(Page(SitterPage { here: can.here(), one, seat, people, form, problems: Problems::default() }))
}

async fn name_sitter(can: Can<NameSitter>, at: paths::SitterOf, Form(form): Form<SitterForm>) -> Result<Response, Error> {
    let (one, seat, people) = held(&can, at.group, at.seat).await?;
    let written = match form.parse(&people) {
        Ok(named) => {
            let name = async |tx: &mut AgencyTx| {
                store::name_sitter(tx, &can, (at.group, at.seat), &named).await?;
                Ok(Done::at(paths::group(can.slug(), at.group), "Noted who sits for you"))
            };
            can.write(name).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| SitterPage { here: can.here(), one, seat, people, form, problems })
}

async fn ask_vacancy(can: Can<EditGroups>, at: paths::Vacancy) -> Result<Page<Question>, Error> {
    let one = of(&can, at.group).await?;
    let seat = can.read(async |tx| store::seat(tx, at.group, at.seat, can.today()).await?.ok_or(Error::NotFound)).await?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Is the seat vacant from today?",
        about: format!("{}: {}", seat.called(), seat.who()),
        note: "Who sat there stays on the record, with the days. The seat can be given anew.",
        action: paths::vacancy(can.slug(), one.id, at.seat),
        button: "Say that it is vacant",
        back: paths::group(can.slug(), one.id),
    }))
}

async fn vacate(can: Can<EditGroups>, at: paths::Vacancy) -> Result<Response, Error> {
    can.write(async |tx| {
        store::vacate(tx, &can, at.group, at.seat).await?;
        Ok(Done::at(paths::group(can.slug(), at.group), "The seat is vacant"))
    })
    .await
}
