//! Making a protocol, changing what it says, and ending it.

use super::super::{
    forms::{NewForm, ProtocolForm},
    model::{Act, GuestRole, OwnPeople, Protocol, ProtocolId},
    paths, store,
};
use crate::platform::{policy::KeepProtocols, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "tribe", path, form };
    Routes::new()
        .get(paths::NewProtocol::PATH, new)
        .post(paths::Protocols::PATH, create, example("", "name=For+our+council&own_people=named&words=Only+the+council+reads+this"))
        .get(paths::Edit::PATH, edit)
        .post(
            paths::ProtocolPage::PATH,
            update,
            example("protocol=@protocol", "name=Kept+by+the+elders&own_people=named&words=The+elders+say+who+reads+this&version=@version"),
        )
        .get(paths::Ending::PATH, ask)
        .post(paths::Ending::PATH, end, example("protocol=@protocol", ""))
}

#[derive(Template)]
#[template(path = "protocols/new.html")]
struct New {
    here: Here,
    offer: store::Offer,
    stewards: i64,
    form: NewForm,
    problems: Problems,
}

async fn offered(can: &Can<KeepProtocols>, form: NewForm) -> Result<New, Error> {
    let body = store::stewarded(can)?;
    let (offer, stewards) =
        can.read(async |tx| Ok((store::offer(tx, body, can.sought(), form.chosen()).await?, store::stewards(tx, body).await?))).await?;
    Ok(New { here: can.here(), offer, stewards, form, problems: Problems::default() })
}

async fn new(can: Can<KeepProtocols>, _: paths::NewProtocol) -> Result<Page<New>, Error> {
    Ok(Page(offered(&can, NewForm { own_people: OwnPeople::Named.as_str().to_owned(), ..NewForm::default() }).await?))
}

async fn create(can: Can<KeepProtocols>, _: paths::Protocols, Form(form): Form<NewForm>) -> Result<Response, Error> {
    let page = offered(&can, form).await?;
    if can.sought().is_asked() {
        return Ok(Page(page).into_response());
    }
    let written = match page.form.parse(can.today()) {
        Ok(new) => {
            let act = Act::Make(new);
            let make = async |tx: &mut AgencyTx| {
                let became = store::ask_or_do(tx, &can, &act).await?;
                Ok(Done::at(paths::protocols(can.slug()), became.told()))
            };
            can.write(make).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { problems, ..page })
}

#[derive(Template)]
#[template(path = "protocols/edit.html")]
struct Edit {
    here: Here,
    protocol: Protocol,
    form: ProtocolForm,
    problems: Problems,
}

/// One of the steward's own protocols that is in force.
async fn own(can: &Can<KeepProtocols>, id: ProtocolId) -> Result<Protocol, Error> {
    let body = store::stewarded(can)?;
    let protocol = can.read(async |tx| store::find(tx, id).await).await?;
    if protocol.body == body && protocol.ended_at.is_none() { Ok(protocol) } else { Err(Error::NotFound) }
}

async fn edit(can: Can<KeepProtocols>, at: paths::Edit) -> Result<Page<Edit>, Error> {
    let protocol = own(&can, at.protocol).await?;
    let form = ProtocolForm::of(&protocol);
    Ok(Page(Edit { here: can.here(), protocol, form, problems: Problems::default() }))
}

async fn update(can: Can<KeepProtocols>, at: paths::ProtocolPage, Form(form): Form<ProtocolForm>) -> Result<Response, Error> {
    let protocol = own(&can, at.protocol).await?;
    let written = match form.parse() {
        Ok(said) => {
            let change = async |tx: &mut AgencyTx| {
                let became = store::change(tx, &can, &protocol, &said).await?;
                Ok(Done::at(paths::protocol(can.slug(), at.protocol), became.told_of_change()))
            };
            can.write(change).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), protocol.version).with_theirs(&ProtocolForm::of(&protocol), &form);
        Edit { here: can.here(), protocol, form, problems }
    })
}

#[derive(Template)]
#[template(path = "protocols/ending.html")]
struct End {
    here: Here,
    protocol: Protocol,
    /// What more people read then.
    opens: Vec<store::Carrying>,
    stewards: i64,
}

impl End {
    /// How many things that is, as far as the steward may know.
    fn all(&self) -> i64 {
        self.protocol.items
    }

    fn more(&self) -> bool {
        self.all() > self.opens.len() as i64
    }

    fn ends(&self) -> bool {
        true
    }
}

async fn ask(can: Can<KeepProtocols>, at: paths::Ending) -> Result<Page<End>, Error> {
    let protocol = own(&can, at.protocol).await?;
    let (opens, stewards) =
        can.read(async |tx| Ok((store::carrying(tx, at.protocol).await?, store::stewards(tx, protocol.body).await?))).await?;
    Ok(Page(End { here: can.here(), protocol, opens, stewards }))
}

async fn end(can: Can<KeepProtocols>, at: paths::Ending) -> Result<Response, Error> {
    let act = Act::End { protocol: at.protocol };
    let end = async |tx: &mut AgencyTx| {
        let became = store::ask_or_do(tx, &can, &act).await?;
        Ok(Done::at(paths::protocols(can.slug()), became.told()))
    };
    can.write(end).await
}
