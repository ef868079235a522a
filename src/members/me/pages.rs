//! One's own page and its forms, and leaving.

use super::{
    super::{
        acting,
        model::{Member, Suspended, Who},
        paths,
        store::{find, suspended_of},
    },
    forms::{ReachForm, ReadersForm},
    model::{Channel, LentToMe, OnCard, Reach},
    store,
};
use crate::{
    audit,
    platform::{form::ticked, ids::SubjectId, policy::KeepOwnPage, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
pub(in crate::members) fn routes() -> Routes {
    let example = |path, form| Example { who: "parent", path, form };
    Routes::new()
        .get(paths::Me::PATH, show)
        .post(paths::Reach::PATH, keep_reach, example("", "channel=text&hours=After+6+pm&version=@reach_version"))
        .post(paths::Readers::PATH, choose_readers, example("", "reader=@facilitator&reader=@staff"))
        .get(paths::Leaving::PATH, leaving)
        .post(paths::Leaving::PATH, leave, example("", ""))
}

#[derive(Template)]
#[template(path = "members/me.html")]
struct Me {
    here: Here,
    member: Member,
    version: i32,
    form: ReachForm,
    readers: Vec<Choice>,
    chosen: Vec<String>,
    lent: Vec<LentToMe>,
    /// What one’s consent cards say about being reached.
    cards: Vec<OnCard>,
    /// Who enters something for one.
    acting: acting::Own,
    /// Of a steward: who of the body is suspended.
    suspended: Vec<Suspended>,
    /// Of a steward: the latest changes in the body's membership.
    changes: Vec<audit::Entry>,
    problems: Problems,
}

impl Me {
    /// What the page holds now.
    async fn of(can: &Can<KeepOwnPage>) -> Result<Self, Error> {
        can.read(async |tx| {
            let member = find(tx, Who::of(can), can.me()).await?;
            let reach = store::reach(tx, can.me()).await?;
            let (readers, chosen) = store::readers(tx, can.me()).await?;
            let lent = store::lent_to_me(tx, can).await?;
            let (changes, suspended) = of_body(tx, &member).await?;
            Ok(Self {
                here: can.here(),
                member,
                version: reach.version,
                form: ReachForm::of(&reach),
                readers,
                chosen,
                lent,
                cards: store::on_cards(tx, can.me()).await?,
                acting: acting::own(tx, can.me()).await?,
                suspended,
                changes,
                problems: Problems::default(),
            })
        })
        .await
    }

    /// What the way that somebody chose holds for: letters stay away from people with lived experience alone.
    fn obeys(&self) -> &'static str {
        if self.member.community {
            "Every letter and call list obeys this. A number on a consent card is kept aside when you choose a way that it does not serve: nobody reads it there, and it comes back with its way."
        } else {
            "Call lists and your consent cards obey this. Letters from Common Table come by email, whichever way you choose. \
             A number on a consent card is kept aside when you choose a way that it does not serve: nobody reads it there, and it comes back with its way."
        }
    }

    /// What is said once they chose.
    fn saved(&self, reach: &Reach) -> &'static str {
        let known = !reach.at.is_empty() || self.cards.iter().any(|card| !card.at.is_empty() || !card.aside.is_empty());
        if reach.channel.is_none() {
            "Saved. You have not said how: each of your consent cards holds as it is"
        } else if reach.wants_number() && !known {
            "Saved. No number of yours is kept here: whoever is to reach you has to ask you for it"
        } else if self.member.community {
            "Saved. Every letter and call list obeys it, and so do your consent cards"
        } else {
            "Saved. Call lists obey it, and so do your consent cards. Letters still come by email"
        }
    }

    /// Numbers and addresses that wait aside, whichever card they are of.
    fn has_aside(&self) -> bool {
        self.cards.iter().any(|card| !card.aside.is_empty())
    }

    fn is_partner(&self) -> bool {
        !self.here.is_agency_side()
    }
}

/// Of a steward: the latest changes in the body's membership, and who of it is suspended.
async fn of_body(tx: &mut AgencyTx, member: &Member) -> Result<(Vec<audit::Entry>, Vec<Suspended>), Error> {
    let Some(body) = member.body.filter(|_| member.steward) else { return Ok((Vec::new(), Vec::new())) };
    let mut changes = audit::of_members(tx, Some(SubjectId(body.0)), Paging::from_text("")).await?;
    changes.truncate(3);
    Ok((changes, suspended_of(tx, body, 20).await?))
}

#[derive(Template)]
#[template(path = "members/leaving.html")]
struct LeavingPage {
    here: Here,
    member: Member,
    last_steward: bool,
    problems: Problems,
}

async fn show(can: Can<KeepOwnPage>, _: paths::Me) -> Result<Page<Me>, Error> {
    Ok(Page(Me::of(&can).await?))
}

async fn keep_reach(can: Can<KeepOwnPage>, _: paths::Reach, Form(form): Form<ReachForm>) -> Result<Response, Error> {
    let now = Me::of(&can).await?;
    let written = match form.parse() {
        Ok(reach) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_reach(tx, &can, &reach, ticked(&form.forget)).await?;
                Ok(Done::at(paths::me(can.slug()), now.saved(&reach)))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&now.form, &form);
        Me { form, problems, ..now }
    })
}

async fn choose_readers(can: Can<KeepOwnPage>, _: paths::Readers, Form(form): Form<ReadersForm>) -> Result<Response, Error> {
    let now = Me::of(&can).await?;
    let written = match form.parse() {
        Ok(chosen) => {
            let choose = async |tx: &mut AgencyTx| {
                store::choose_readers(tx, &can, &chosen).await?;
                Ok(Done::at(paths::me(can.slug()), "Saved. Those you ticked may know, and nobody else"))
            };
            can.write(choose).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Me { chosen: form.reader, problems, ..now })
}

async fn leaving(can: Can<KeepOwnPage>, _: paths::Leaving) -> Result<Page<LeavingPage>, Error> {
    let (member, last_steward) = own(&can).await?;
    Ok(Page(LeavingPage { here: can.here(), member, last_steward, problems: Problems::default() }))
}

async fn own(can: &Can<KeepOwnPage>) -> Result<(Member, bool), Error> {
    can.read(async |tx| {
        let member = find(tx, Who::of(can), can.me()).await?;
        let last = store::is_last_steward(tx, &member).await?;
        Ok((member, last))
    })
    .await
}

async fn leave(can: Can<KeepOwnPage>, _: paths::Leaving) -> Result<Response, Error> {
    let (member, last_steward) = own(&can).await?;
    let leave = async |tx: &mut AgencyTx| {
        store::leave(tx, &member).await?;
        Ok(Done::at(crate::accounts::paths::HATS, "You have left"))
    };
    can.write(leave).await.or_again(|problems| LeavingPage { here: can.here(), member, last_steward, problems })
}
