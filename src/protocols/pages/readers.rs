//! Who reads under a protocol beside the body's own people: letting them in, and taking them out.

use super::super::{
    forms::GuestsForm,
    model::{Act, GuestRole, Protocol},
    paths, store,
};
use crate::platform::{
    policy::{Hat, KeepProtocols, ViewProtocols},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "tribe", path, form };
    Routes::new()
        .get(paths::Readers::PATH, offered)
        .post(paths::Readers::PATH, let_in, example("protocol=@protocol", "roles=director&until=@in_a_month"))
        .post(paths::ReaderGone::PATH, take_out, example("protocol=@protocol&reader=@protocol_reader", ""))
}

#[derive(Template)]
#[template(path = "protocols/readers.html")]
struct LettingIn {
    here: Here,
    protocol: Protocol,
    offer: store::Offer,
    stewards: i64,
    form: GuestsForm,
    problems: Problems,
}

async fn page(can: &Can<KeepProtocols>, at: &paths::Readers, form: GuestsForm) -> Result<LettingIn, Error> {
    let body = store::stewarded(can)?;
    let (protocol, offer, stewards) = can
        .read(async |tx| {
            let protocol = store::find(tx, at.protocol).await?;
            if protocol.body != body || protocol.ended_at.is_some() {
                return Err(Error::NotFound);
            }
            Ok((protocol, store::offer(tx, body, can.sought(), form.chosen()).await?, store::stewards(tx, body).await?))
        })
        .await?;
    Ok(LettingIn { here: can.here(), protocol, offer, stewards, form, problems: Problems::default() })
}

async fn offered(can: Can<KeepProtocols>, at: paths::Readers) -> Result<Page<LettingIn>, Error> {
    Ok(Page(page(&can, &at, GuestsForm::default()).await?))
}

async fn let_in(can: Can<KeepProtocols>, at: paths::Readers, Form(form): Form<GuestsForm>) -> Result<Response, Error> {
    let now = page(&can, &at, form).await?;
    if can.sought().is_asked() {
        return Ok(Page(now).into_response());
    }
    let written = match now.form.parse_some(can.today()) {
        Ok(guests) => {
            let act = Act::Readers { protocol: at.protocol, guests };
            let ask = async |tx: &mut AgencyTx| {
                let became = store::ask_or_do(tx, &can, &act).await?;
                Ok(Done::at(paths::protocol(can.slug(), at.protocol), became.told()))
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| LettingIn { problems, ..now })
}

async fn take_out(can: Can<ViewProtocols>, at: paths::ReaderGone) -> Result<Response, Error> {
    let take_out = async |tx: &mut AgencyTx| {
        let body = store::leave_or_take_out(tx, &can, at.protocol, at.reader).await?;
        let back = if can.hat() == Hat::Steward && can.body() == Some(body) {
            paths::protocol(can.slug(), at.protocol)
        } else {
            paths::protocols(can.slug())
        };
        Ok(Done::at(back, "Taken out. They read nothing under this protocol any more"))
    };
    can.write(take_out).await
}
