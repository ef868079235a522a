//! Setting a body's label, and taking it off.

use super::super::{
    forms::LabelForm,
    model::{Act, Item},
    paths, store,
};
use crate::platform::{policy::KeepProtocols, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let label =
        "item=@protected&name=TK+Attribution&words=Name+our+people+when+you+use+this&link=https://localcontexts.org/label/tk-attribution/";
    Routes::new().get(paths::NewLabel::PATH, new).post(paths::Labels::PATH, set, Example { who: "tribe", path: "", form: label }).post(
        paths::LabelGone::PATH,
        end,
        Example { who: "tribe", path: "label=@label", form: "" },
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct On {
    item: String,
}

#[derive(Template)]
#[template(path = "protocols/label.html")]
struct LabelPage {
    here: Here,
    /// None: on everything of the body's people.
    item: Option<Item>,
    stewards: i64,
    form: LabelForm,
    problems: Problems,
}

async fn page(can: &Can<KeepProtocols>, form: LabelForm) -> Result<LabelPage, Error> {
    let body = store::stewarded(can)?;
    let (item, stewards) = can
        .read(async |tx| {
            let item = match form.item.as_str() {
                "" => None,
                id => Some(store::item(tx, id.parse().map_err(|_| Error::NotFound)?).await?),
            };
            if item.as_ref().is_some_and(|item| item.body != Some(body)) {
                return Err(Error::NotFound);
            }
            Ok((item, store::stewards(tx, body).await?))
        })
        .await?;
    Ok(LabelPage { here: can.here(), item, stewards, form, problems: Problems::default() })
}

async fn new(can: Can<KeepProtocols>, _: paths::NewLabel, Query(on): Query<On>) -> Result<Page<LabelPage>, Error> {
    Ok(Page(page(&can, LabelForm { item: on.item, ..LabelForm::default() }).await?))
}

async fn set(can: Can<KeepProtocols>, _: paths::Labels, Form(form): Form<LabelForm>) -> Result<Response, Error> {
    let now = page(&can, form).await?;
    let back = now.item.as_ref().map_or_else(|| paths::protocols(can.slug()), |item| paths::protected(can.slug(), item.id));
    let written = match now.form.parse() {
        Ok(label) => {
            let act = Act::Label(label);
            can.write(async |tx: &mut AgencyTx| Ok(Done::at(back.clone(), store::ask_or_do(tx, &can, &act).await?.told()))).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| LabelPage { problems, ..now })
}

async fn end(can: Can<KeepProtocols>, at: paths::LabelGone) -> Result<Response, Error> {
    let act = Act::LabelEnd { label: at.label };
    can.write(async |tx: &mut AgencyTx| Ok(Done::at(paths::protocols(can.slug()), store::ask_or_do(tx, &can, &act).await?.told()))).await
}
