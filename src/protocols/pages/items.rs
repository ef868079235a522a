//! The protocols and labels of one record or comment, for the stewards of the body whose people contributed it.

use super::super::{
    forms::{Deed, ItemForm},
    model::{Act, Became, Item, Mark, ProtocolId, Way},
    paths, store,
};
use crate::platform::{
    policy::{Hat, NarrowProtocols},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = Example { who: "tribe", path: "item=@protected", form: "deed=put&protocol=@protocol_second" };
    Routes::new().get(paths::Protected::PATH, show).post(paths::Protected::PATH, change, example)
}

#[derive(Template)]
#[template(path = "protocols/item.html")]
struct ItemPage {
    here: Here,
    item: Item,
    /// Protocols of the body that it does not carry yet.
    others: Vec<Choice>,
    labels: Vec<Mark>,
    is_steward: bool,
    stewards: i64,
    form: ItemForm,
    problems: Problems,
}

async fn page(can: &Can<NarrowProtocols>, at: &paths::Protected) -> Result<ItemPage, Error> {
    let (body, all) = (can.body().ok_or(Error::NotFound)?, Paging::from_text(""));
    let (item, protocols, labels, stewards) = can
        .read(async |tx| {
            let item = store::item(tx, at.item).await?;
            if item.body != Some(body) || !store::may_narrow(tx, body).await? {
                return Err(Error::NotFound);
            }
            let marked = store::marks_of(tx, at.item, Some(body)).await?;
            Ok((item, store::list(tx, body, all).await?, marked.list, store::stewards(tx, body).await?))
        })
        .await?;
    let free = |id| item.carried.iter().all(|carried| carried.id != id);
    let others = protocols.into_iter().filter(|one| one.ended_at.is_none() && free(one.id));
    let others = others.map(|one| Choice::new(one.id.to_string(), one.name)).collect();
    let labels = labels.into_iter().filter(Mark::is_label).collect();
    let is_steward = can.hat() == Hat::Steward;
    Ok(ItemPage { here: can.here(), item, others, labels, is_steward, stewards, form: ItemForm::default(), problems: Problems::default() })
}

async fn show(can: Can<NarrowProtocols>, at: paths::Protected) -> Result<Page<ItemPage>, Error> {
    Ok(Page(page(&can, &at).await?))
}

async fn change(can: Can<NarrowProtocols>, at: paths::Protected, Form(form): Form<ItemForm>) -> Result<Response, Error> {
    let now = page(&can, &at).await?;
    let act = async |tx: &mut AgencyTx| {
        let became = done(tx, &can, &now.item, &form).await?;
        // Whoever narrows without being a steward may not read it afterwards.
        let back = if now.is_steward { at.to_string() } else { paths::protocols(can.slug()) };
        Ok(Done::at(back, became.told_of_item()))
    };
    let written = can.write(act).await;
    written.or_again(|problems| ItemPage { form, problems, ..now })
}

/// What a button on the page does.
async fn done(tx: &mut AgencyTx, can: &Asker, item: &Item, form: &ItemForm) -> Result<Became, Error> {
    let chosen = || -> Result<ProtocolId, Error> { form.protocol.parse().map_err(|_| Error::refused("protocol", "Choose the protocol")) };
    match Deed::parse(&form.deed) {
        Some(Deed::Put) => store::put(tx, can, item, chosen()?).await,
        Some(Deed::TakeOff) => {
            let protocol = chosen()?;
            if item.carried.iter().all(|one| one.id != protocol) {
                return Err(Error::refused("protocol", "Choose a protocol that it carries"));
            }
            store::ask_or_do(tx, can, &Act::TakeOff { item: item.id, protocol }).await
        }
        Some(Deed::All) => store::narrow(tx, can, item).await.map(|()| Became::Done),
        Some(Deed::Any) if item.carried.len() > 1 && item.way == Way::All => store::ask_or_do(tx, can, &Act::Any { item: item.id }).await,
        Some(Deed::Any) | None => Err(Error::refused("protocol", "Choose what is to change")),
    }
}
