//! What waits for a second steward's word: what changes, and the word.

use super::super::{
    forms::WordForm,
    model::{Act, GuestRole, Request, Word},
    paths, store,
};
use crate::platform::{policy::KeepProtocols, prelude::*, words};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = Example { who: "tribe", path: "request=@protocol_request", form: "word=take_back" };
    Routes::new().get(paths::RequestPage::PATH, show).post(paths::RequestPage::PATH, decide, example)
}

#[derive(Template)]
#[template(path = "protocols/request.html")]
struct RequestPage {
    here: Here,
    request: Request,
    /// The reader asked for it.
    mine: bool,
    /// Stewards whose word counts.
    stewards: i64,
    /// What more people would read.
    opens: Vec<store::Carrying>,
    form: WordForm,
    problems: Problems,
}

impl RequestPage {
    /// The page of what it stands on, where the reader may see that.
    fn item_path(&self) -> Option<String> {
        self.request.item.filter(|_| self.request.item_title.is_some()).map(|item| paths::protected(self.here.slug(), item))
    }

    /// How many things more people would read.
    fn all(&self) -> i64 {
        self.opens.len() as i64
    }

    /// There may be others than the latest.
    fn more(&self) -> bool {
        self.opens.len() >= 100
    }

    /// Whoever reads then stands beside each: the protocol is gone.
    fn ends(&self) -> bool {
        matches!(self.request.act, Some(Act::End { .. }))
    }

    /// What would change, fact by fact.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let request = &self.request;
        let mut facts: Vec<(&'static str, String)> = Vec::new();
        facts.extend(request.protocol_name.clone().map(|name| ("Protocol", name)));
        facts.extend(request.item_title.clone().map(|title| ("Stands on", title)));
        facts.extend(request.label_name.clone().map(|name| ("Label", name)));
        facts.extend(request.act.as_ref().map(proposed).unwrap_or_default());
        if !request.guests.is_empty() {
            facts.push(("Let in by name", request.guests.join(", ")));
        }
        if !request.guest_bodies.is_empty() {
            facts.push(("Let in with all of their people", request.guest_bodies.join(", ")));
        }
        if let Some(guests) = request.act.as_ref().and_then(Act::guests) {
            let roles: Vec<&str> = guests.roles.iter().filter_map(|role| GuestRole::parse(role)).map(GuestRole::label).collect();
            facts.extend((!roles.is_empty()).then(|| ("Let in by role", roles.join(", "))));
            facts.extend(guests.until.map(|day| ("Until", words::day(day))));
        }
        facts
    }
}

/// What the first steward proposed, in words.
fn proposed(act: &Act) -> Vec<(&'static str, String)> {
    let said = |text: &str| text.to_owned();
    match act {
        Act::Make(new) => vec![
            ("Name", new.name.clone()),
            ("It says", new.words.clone()),
            ("Why", new.reasons.clone()),
            ("Shows why", said(if new.shows_reasons { "yes, to whoever reads under it" } else { "no" })),
            ("Of our people", said(if new.named_only { "only those whom we name" } else { "all" })),
        ],
        Act::Change { all_own_people, shows_reasons, .. } => {
            let all = all_own_people.then(|| ("Of our people", said("all, instead of only those whom we name")));
            all.into_iter().chain(shows_reasons.then(|| ("Shows why", said("yes, to whoever reads under it")))).collect()
        }
        Act::Label(label) => {
            let everything = label.item.is_none().then(|| ("Stands on", said("everything our people contribute")));
            let text = [("Name", label.name.clone()), ("Its text", label.words.clone()), ("Its page", label.link.clone())];
            text.into_iter().chain(everything).collect()
        }
        Act::Any { .. } => vec![("Read by", said("those who are in any of its protocols, instead of all"))],
        Act::TakeOff { .. } => vec![("Read by", said("everybody in its audience whom its other protocols let in"))],
        Act::End { .. } => vec![("Read by", said("whoever the audience and the other protocols of each item let in"))],
        Act::Readers { .. } | Act::Put { .. } | Act::LabelEnd { .. } => Vec::new(),
    }
}

/// The request, and what it would open.
async fn page(can: &Can<KeepProtocols>, at: &paths::RequestPage, form: WordForm) -> Result<RequestPage, Error> {
    let (request, stewards, opens) = can
        .read(async |tx| {
            let request = store::request(tx, at.request).await?;
            let opens = match &request.act {
                Some(Act::End { protocol } | Act::Change { protocol, .. } | Act::Readers { protocol, .. }) if request.waits(can.now()) => {
                    store::carrying(tx, *protocol).await?
                }
                _ => Vec::new(),
            };
            Ok((request, store::stewards(tx, store::stewarded(can)?).await?, opens))
        })
        .await?;
    let mine = request.asked_by == can.me();
    Ok(RequestPage { here: can.here(), request, mine, stewards, opens, form, problems: Problems::default() })
}

async fn show(can: Can<KeepProtocols>, at: paths::RequestPage) -> Result<Page<RequestPage>, Error> {
    Ok(Page(page(&can, &at, WordForm::default()).await?))
}

async fn decide(can: Can<KeepProtocols>, at: paths::RequestPage, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let now = page(&can, &at, form).await?;
    let (request, mine, form) = (&now.request, now.mine, &now.form);
    let said = if request.waits(can.now()) { form.parse(mine) } else { Ok(Word::TakeBack) };
    let written = match said {
        Ok(word) => {
            let decide = async |tx: &mut AgencyTx| {
                store::decide(tx, &can, request, &word).await?;
                let told = match word {
                    Word::Approve => "Approved. It acts from now on",
                    Word::Refuse(_) => "Refused. All stewards see why",
                    Word::TakeBack => "Taken back",
                };
                Ok(Done::at(paths::protocols(can.slug()), told))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| RequestPage { problems, ..now })
}
