//! The list of promises, one promise, and the form that writes one down.

mod acts;
mod delegation;
mod evidence;
mod letter;
mod letter_avowal;

use super::{
    forms::{From, PromiseForm},
    model::{Commitment, Evidence, Listed, Me, Show as Shown, Side, State, Tally, standing_for},
    paths,
    sides::Sides,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Neighbour},
    comments,
    platform::{
        paging::with_filters,
        policy::{EditCommitments, EditFramework, Hat, ViewFramework},
        prelude::*,
        subject::Subject,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let made = "what=Send+the+minutes+to+everyone&promised_by=@staff&promised_to=@kinship&due_on=2032-01-15";
    Routes::new()
        .get(paths::Commitments::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Commitments::PATH, create, Example { who: "staff", path: "", form: made })
        .get(paths::NewCommitment::PATH, new)
        .get(paths::CommitmentPage::PATH, show)
        .join(acts::routes())
        .join(delegation::routes())
        .join(evidence::routes())
        .join(letter::routes())
        .join(letter_avowal::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    show: String,
    q: String,
    partner: String,
    owner: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Commitments, more: &str) -> String {
        let set = [
            ("show", self.show.as_str()),
            ("q", &self.q),
            ("partner", &self.partner),
            ("owner", &self.owner),
            ("more", more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    /// Partners and owners cost a query: they are read when asked for or in use.
    fn wants_more(&self) -> bool {
        [&self.more, &self.partner, &self.owner].iter().any(|set| !set.is_empty())
    }

    /// The same list, with those filters.
    fn with_more(&self, at: &paths::Commitments) -> String {
        self.address(at, "yes")
    }

    fn orders() -> Vec<Choice> {
        vec![Choice::new("new", "Newest first"), Choice::new("who", "By who promised")]
    }

    fn narrowed(&self) -> Narrowed<'_> {
        Narrowed {
            show: &self.show,
            words: &self.q,
            plan: None,
            partner: self.partner.parse().ok(),
            owner: self.owner.parse().ok(),
            sort: &self.sort,
            tallied: true,
        }
    }
}

#[derive(Template)]
#[template(path = "commitments/index.html")]
struct Index {
    here: Here,
    at: paths::Commitments,
    rows: Paged<Listed>,
    tally: Vec<Tally>,
    filters: Filters,
    /// Partners and owners to choose from, when asked for.
    more: Option<Sides>,
}

impl Index {
    /// What is late, what is still to be done, what waits for a word, what was only told, what is over, what was no promise.
    fn groups(&self) -> Vec<(&'static str, Vec<&Listed>)> {
        let today = self.here.today();
        let place = |one: &Listed| match one.state {
            _ if one.is_late(today) => 0,
            State::Open | State::Returned => 1,
            State::Reported => 2,
            State::Told => 3,
            State::Confirmed | State::Released => 4,
            State::NotPromised => 5,
        };
        let names =
            ["Late", "To be done", "Reported done, waiting for a word", "Written down as told, no promise yet", "Done", "Not promised"];
        let group = |(number, name)| (name, self.rows.rows.iter().filter(|one| place(one) == number).collect());
        names.into_iter().enumerate().map(group).filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty()).collect()
    }
}

async fn index(can: Can<ViewFramework>, at: paths::Commitments, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let ((rows, tally), more) = can
        .read(async |tx| {
            let listed = store::list(tx, &filters.narrowed(), can.today(), (paging.limit(), paging.offset())).await?;
            Ok((listed, if filters.wants_more() { Some(store::sides(tx).await?) } else { None }))
        })
        .await?;
    let rows = paging.of(rows, &filters.address(&at, &filters.more));
    Ok(Page(Index { here: can.here(), at, rows, tally, filters, more }))
}

#[derive(Template)]
#[template(path = "commitments/show.html")]
struct Show {
    here: Here,
    one: Commitment,
    me: Me,
    files: Vec<Evidence>,
    history: Vec<Happened>,
    joined: Vec<Neighbour>,
    comments: comments::Thread,
}

impl Show {
    fn is_promiser(&self) -> bool {
        self.here.can("EditCommitments") && self.one.as_promiser(&self.me).is_ok()
    }

    /// The word that comes next is this reader's.
    fn is_wanted(&self) -> bool {
        if self.one.state == State::Told { self.may_avow() } else { self.may_give_word() }
    }

    /// Where it stands, for this reader.
    fn standing(&self) -> String {
        standing_for(self.is_wanted(), self.one.state, self.one.due_on, self.here.today())
    }

    /// Whose word comes next.
    fn whose_word(&self) -> &'static str {
        if self.is_wanted() { "Your word" } else { "Their word" }
    }

    fn may_change(&self) -> bool {
        self.here.can("EditCommitments") && self.one.as_changer(&self.me).is_ok()
    }

    fn may_attach(&self) -> bool {
        self.here.can("EditCommitments") && self.one.as_attacher(&self.me).is_ok()
    }

    fn is_asked(&self) -> bool {
        self.here.can("EditCommitments") && self.one.as_asked(&self.me).is_ok()
    }

    fn may_avow(&self) -> bool {
        self.here.can("GiveWord") && self.one.as_avower(&self.me).is_ok()
    }

    fn may_name_successor(&self) -> bool {
        self.here.can("NameSuccessors") && self.one.as_giver(&self.me).is_ok()
    }

    fn may_give_word(&self) -> bool {
        self.here.can("GiveWord") && self.one.as_promised(&self.me).is_ok()
    }
}

async fn show(can: Can<ViewFramework>, at: paths::CommitmentPage) -> Result<Page<Show>, Error> {
    let (id, here) = (at.commitment, can.here());
    let page = can
        .read(async |tx| {
            let (one, me) = store::asked(tx, id, can.today()).await?;
            let files = store::evidence::list(tx, id).await?;
            let (history, joined) = (chain::history(tx, id).await?, chain::neighbours(tx, id).await?);
            Ok(Show { here, one, me, files, history, joined, comments: comments::of(tx, id).await? })
        })
        .await?;
    Ok(Page(page))
}

#[derive(Template)]
#[template(path = "commitments/new.html")]
struct New {
    here: Here,
    form: PromiseForm,
    problems: Problems,
    who: Who,
    record: Option<Subject>,
}

impl New {
    /// What comes of a partner's promise that the agency writes down.
    fn hint(&self) -> &'static str {
        if self.here.may::<EditFramework>() {
            "What a partner promises is written down as told. It counts when they say so themselves."
        } else {
            ""
        }
    }
}

/// Whom this person may name: the agency’s people write down promises of both sides, as they are made at the table, a partner’s
/// as they were told; a partner’s people write down their own, those of a body who may bind it.
struct Who {
    sides: Sides,
    promisers: Vec<Choice>,
    promised: Vec<Choice>,
}

async fn who(tx: &mut AgencyTx, today: chrono::NaiveDate) -> Result<Who, Error> {
    let sides = store::sides(tx).await?;
    let standing = *tx.standing();
    if matches!(standing.hat, Hat::Director | Hat::Staff) {
        return Ok(Who { promisers: sides.all(), promised: sides.all(), sides });
    }
    let me = store::me(tx, today).await?;
    let own = standing.body.map(|id| id.to_string()).filter(|_| me.binds);
    let own = own.or(standing.membership.filter(|_| standing.body.is_none()).map(|id| id.to_string())).unwrap_or_default();
    let promisers = sides.partner_side().into_iter().filter(|one| one.value == own).collect();
    Ok(Who { promisers, promised: sides.agency.clone(), sides })
}

async fn new(can: Can<EditCommitments>, _: paths::NewCommitment, Query(from): Query<From>) -> Result<Page<New>, Error> {
    let (who, record) = can.read(async |tx| Ok((who(tx, can.today()).await?, store::record(tx, from.record()).await?))).await?;
    let mut form = PromiseForm { plan: from.plan, promised_in: from.promised_in, ..PromiseForm::default() };
    if let [only] = who.promisers.as_slice() {
        form.promised_by = only.value.to_string();
    } else {
        form.promised_by = can.me().to_string();
    }
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), who, record }))
}

async fn create(can: Can<EditCommitments>, _: paths::Commitments, Form(form): Form<PromiseForm>) -> Result<Response, Error> {
    let from = From { plan: form.plan.clone(), promised_in: form.promised_in.clone() };
    let (who, record) = can.read(async |tx| Ok((who(tx, can.today()).await?, store::record(tx, from.record()).await?))).await?;
    let written = match form.parse(&who.sides, &who.promisers, can.today()) {
        Ok(promise) => {
            let write = async |tx: &mut AgencyTx| {
                let id = store::promise(tx, can.slug(), &promise).await?;
                Ok(Done::at(paths::commitment(can.slug(), id), "Promise written down"))
            };
            can.write(write).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, who, record })
}
