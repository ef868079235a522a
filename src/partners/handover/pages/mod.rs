//! Hand-overs on the screen: a partner's, and one letter.

mod acts;
mod letters;

use super::{
    model::{Between, HandOver, Me, Shown, State},
    paths,
    store::{self, Narrowed},
};
use crate::{
    commitments::{Side, State as Promised},
    partners::find_name,
    platform::{
        ids::PartnerId,
        policy::{EditPartners, ViewOutreach},
        prelude::*,
        words as written,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::Letters::PATH, index)
        .get(paths::AllLetters::PATH, all)
        .get(paths::LetterPage::PATH, show)
        .join(letters::routes())
        .join(acts::routes())
}

/// The person who asks, as far as hand-overs go.
fn me(asker: &Asker) -> Me {
    Me { membership: asker.me(), hat: asker.hat() }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "partners/handover/index.html")]
struct Index {
    here: Here,
    partner: PartnerId,
    name: String,
    list: Paged<HandOver>,
}

async fn index(can: Can<ViewOutreach>, at: paths::Letters, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let (name, rows) = can
        .read(async |tx| {
            let name = find_name(tx, at.partner).await?.ok_or(Error::NotFound)?;
            let of = Narrowed { one: None, partner: Some(at.partner) };
            Ok((name, store::list(tx, of, (paging.limit(), paging.offset())).await?))
        })
        .await?;
    Ok(Page(Index { here: can.here(), partner: at.partner, name, list: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "partners/handover/all.html")]
struct All {
    here: Here,
    list: Paged<HandOver>,
}

async fn all(can: Can<EditPartners>, at: paths::AllLetters, Query(turn): Query<Turn>) -> Result<Page<All>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::list(tx, Narrowed::default(), (paging.limit(), paging.offset())).await).await?;
    Ok(Page(All { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "partners/handover/show.html")]
struct Show {
    here: Here,
    one: HandOver,
    me: Me,
    shown: Shown,
}

impl Show {
    fn may_write(&self) -> bool {
        self.one.as_writer(&self.me).is_ok()
    }

    fn may_answer(&self) -> bool {
        self.here.can("EditOwnPartner") && self.one.as_reader().is_ok()
    }

    fn may_bring(&self) -> bool {
        self.one.as_bringer(&self.me).is_ok()
    }

    fn may_meet(&self) -> bool {
        self.one.as_meeting(&self.me).is_ok()
    }

    /// Who reads the letter now.
    fn readers(&self) -> &'static str {
        if self.one.body().is_none() {
            return match self.one.state {
                State::Begun => "Its writer alone",
                State::WithPartner | State::KeptBack => "Its writer, and the person whom it is about",
                State::Passed => "Who comes next, its writer, and the person whom it is about",
            };
        }
        match self.one.state {
            State::Begun | State::KeptBack => "Its writer and the agency’s directors, but for who comes next",
            State::WithPartner => "Its writer, the agency’s directors but for who comes next, and the people of the partner",
            State::Passed => "Who comes next, its writer, the agency’s directors, and the people of the partner",
        }
    }

    fn promise(&self, one: &Between) -> String {
        match one.state {
            Promised::Open | Promised::Returned => written::due(one.due_on, self.here.today()),
            other => other.to_string(),
        }
    }
}

async fn show(can: Can<ViewOutreach>, at: paths::LetterPage) -> Result<Page<Show>, Error> {
    let (here, me) = (can.here(), me(&can));
    let page = can
        .read(async |tx| {
            let one = store::find(tx, at.handover).await?;
            let shown = if one.letter.is_some() { store::shown(tx, one.about).await? } else { Shown::default() };
            Ok(Show { here, one, me, shown })
        })
        .await?;
    Ok(Page(page))
}
