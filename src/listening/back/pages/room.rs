//! What others said in the session, where they agreed to “those in the room”, and which of their own words a speaker lets them read.

use super::own::{borne, own};
use crate::{
    listening::{
        back::{
            forms::RoomForm,
            model::{InRoom, Room},
            paths, store,
        },
        speakers::{self, Speaker},
        statements,
    },
    platform::{policy::AnswerStatements, prelude::*, words},
};
use askama::Template;

/// What is there and what is asked.
struct Asking {
    card: Speaker,
    room: Room,
    form: RoomForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "listening/back/room_by_link.html")]
pub(super) struct ByLink {
    here: Here,
    asking: Asking,
}

#[derive(Template)]
#[template(path = "listening/back/room_signed_in.html")]
pub(super) struct SignedIn {
    here: Here,
    asking: Asking,
}

impl Asking {
    fn fresh(card: Speaker, room: Room) -> Self {
        Self { form: RoomForm::of(&room), card, room, problems: Problems::default() }
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |one: &InRoom| Choice::new(one.id.to_string(), format!("“{}”", words::beginning(&one.words, 120)));
        self.room.own.iter().map(choice).collect()
    }

    /// More people are about to read something.
    fn asks_once_more(&self) -> bool {
        self.problems.of("sure").is_some()
    }
}

pub(super) async fn by_link(bearer: Bearer, _: paths::ReturnRoom) -> Result<Page<ByLink>, Error> {
    let (card, _) = borne(&bearer).await?;
    let room = bearer.read(async |tx| store::room(tx, &card).await).await?;
    Ok(Page(ByLink { here: bearer.here(), asking: Asking::fresh(card, room) }))
}

pub(super) async fn keep_by_link(bearer: Bearer, _: paths::ReturnRoom, Form(form): Form<RoomForm>) -> Result<Response, Error> {
    let (card, _) = borne(&bearer).await?;
    let room = bearer.read(async |tx| store::room(tx, &card).await).await?;
    let written = match form.parse(&room) {
        Ok(wanted) => {
            let keep = async |tx: &mut AgencyTx| {
                store::share(tx, &card, &wanted).await?;
                statements::next_link(tx, &bearer).await?;
                Ok(Done::at(paths::link_room(bearer.slug()), "Your choice is kept and holds from now on"))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    bearer.with_next(written).or_again(|problems| ByLink { here: bearer.here(), asking: Asking { card, room, form, problems } })
}

pub(super) async fn signed_in(can: Can<AnswerStatements>, at: paths::OwnRoom) -> Result<Page<SignedIn>, Error> {
    let (card, _) = own(&can, at.session, at.speaker).await?;
    let room = can.read(async |tx| store::room(tx, &card).await).await?;
    Ok(Page(SignedIn { here: can.here(), asking: Asking::fresh(card, room) }))
}

pub(super) async fn keep(can: Can<AnswerStatements>, at: paths::OwnRoom, Form(form): Form<RoomForm>) -> Result<Response, Error> {
    let (card, _) = own(&can, at.session, at.speaker).await?;
    let room = can.read(async |tx| store::room(tx, &card).await).await?;
    let written = match form.parse(&room) {
        Ok(wanted) => {
            let keep = async |tx: &mut AgencyTx| {
                store::share(tx, &card, &wanted).await?;
                Ok(Done::at(&at, "Your choice is kept and holds from now on"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| SignedIn { here: can.here(), asking: Asking { card, room, form, problems } })
}
