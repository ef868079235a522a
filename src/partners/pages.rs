//! The list of partners, one partner, and the forms that add and keep an entry.

use super::{
    forms::PartnerForm,
    import, merge,
    model::{Brings, Entry, Kind, Listed, Partner, Recognition, Rhythm, Stage},
    paths,
    store::{self, Narrowed},
};
use crate::{
    comments,
    platform::{
        ids::{PartnerId, SubjectId},
        paging::with_filters,
        policy::{EditPartners, ViewPartners},
        prelude::*,
    },
    protocols::{self, Marked},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Partners::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Partners::PATH, create, example("", "name=Juvenile+court+of+the+valley&kind=court"))
        .get(paths::NewPartner::PATH, new)
        .get(paths::PartnerPage::PATH, show)
        .post(paths::PartnerPage::PATH, update, example("partner=@court", "name=Cedar+River+Juvenile+Court&kind=court&version=@version"))
        .get(paths::EditPartner::PATH, edit)
        .get_such_as(paths::JoinedPage::PATH, joined, "partner=@food_again")
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    kind: String,
    stage: String,
    county: String,
    language: String,
    contracted: String,
    keeper: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    /// The lists of counties, languages and keepers cost queries: they are read when asked for or in use.
    fn wants_more(&self) -> bool {
        [&self.more, &self.county, &self.language, &self.keeper].iter().any(|set| !set.is_empty())
    }

    fn address(&self, at: &paths::Partners) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("stage", &self.stage),
            ("county", &self.county),
            ("language", &self.language),
            ("contracted", &self.contracted),
            ("keeper", &self.keeper),
            ("more", &self.more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    fn narrowed(&self, today: chrono::NaiveDate) -> Narrowed<'_> {
        Narrowed {
            words: &self.q,
            kind: &self.kind,
            stage: &self.stage,
            county: &self.county,
            language: &self.language,
            contracted: match self.contracted.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            keeper: self.keeper.parse().ok(),
            by_next: self.sort == "next",
            today,
        }
    }
}

#[derive(Template)]
#[template(path = "partners/index.html")]
struct Index {
    here: Here,
    at: paths::Partners,
    partners: Paged<Listed>,
    filters: Filters,
    /// Counties, languages and keepers to choose from, when asked for.
    more: Option<(Vec<Choice>, Vec<Choice>, Vec<Choice>)>,
}

impl Index {
    /// The list as it is narrowed now, with the filters that cost a query.
    fn with_more(&self) -> String {
        Filters { more: "yes".to_owned(), ..self.filters.clone() }.address(&self.at)
    }

    fn groups(&self) -> Vec<(&'static str, Vec<&Listed>)> {
        grouped(&self.partners.rows)
    }
}

/// Tribal governments under their own heading, then partners.
pub(super) fn grouped(rows: &[Listed]) -> Vec<(&'static str, Vec<&Listed>)> {
    let (tribes, others): (Vec<_>, Vec<_>) = rows.iter().partition(|one| one.is_tribe);
    [("Tribal governments", tribes), ("Partners", others)].into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

#[derive(Template)]
#[template(path = "partners/show.html")]
struct Show {
    here: Here,
    partner: Partner,
    former_names: Vec<String>,
    /// The reader belongs to this body.
    ours: bool,
    /// The reader keeps this entry for their own body.
    own: bool,
    comments: comments::Thread,
    marked: Marked,
    source: Option<import::Source>,
    merges: Vec<merge::Merge>,
    joined: Vec<merge::Joined>,
    /// How often the agency and this Tribe spoke as governments, as far as the reader may see; never counted as outreach.
    contacts: i64,
}

#[derive(Template)]
#[template(path = "partners/new.html")]
struct New {
    here: Here,
    form: PartnerForm,
    problems: Problems,
    keepers: Vec<Choice>,
    spoken: Option<String>,
    kept: Option<Partner>,
    typed: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "partners/edit.html")]
struct Edit {
    here: Here,
    partner: PartnerId,
    version: i32,
    form: PartnerForm,
    problems: Problems,
    keepers: Vec<Choice>,
    /// What the Tribe said of its recognition itself, which nobody else changes.
    spoken: Option<String>,
    /// The body whose words are its own to change.
    kept: Option<Partner>,
    /// What was typed in place of them, each under its label.
    typed: Vec<(&'static str, String)>,
}

/// What the Tribe said of its recognition itself.
fn spoken(partner: &Partner) -> Option<String> {
    partner.has_spoken.then(|| partner.recognition_words_full())
}

async fn index(can: Can<ViewPartners>, at: paths::Partners, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (rows, more) = can
        .read(async |tx| {
            let rows = store::list(tx, &filters.narrowed(can.today()), paging).await?;
            let more = if filters.wants_more() { Some(store::filters(tx).await?) } else { None };
            Ok((rows, more))
        })
        .await?;
    let same = |list: Vec<String>| list.into_iter().map(|one| Choice::new(one.clone(), one)).collect();
    let more = more.map(|(counties, languages, keepers)| (same(counties), same(languages), keepers));
    let partners = paging.of(rows, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, partners, filters, more }))
}

async fn show(can: Can<ViewPartners>, at: paths::PartnerPage) -> Result<Response, Error> {
    let speaks = can.member().is_some_and(|member| member.steward || member.speaks);
    let (shown, kept) = can
        .read(async |tx| {
            let partner = store::find(tx, at.partner).await?.ok_or(Error::NotFound)?;
            let (former_names, source) = (store::former_names(tx, at.partner).await?, import::source_of(tx, at.partner).await?);
            let (merges, joined) = (merge::of(tx, at.partner).await?, merge::joined(tx, at.partner).await?);
            let ours = can.body().is_some() && store::own_body(tx).await? == Some(at.partner);
            let own = speaks && ours;
            let comments = comments::of(tx, SubjectId(at.partner.0)).await?;
            let marked = protocols::marks_of(tx, at.partner, Some(at.partner)).await?;
            let contacts =
                if partner.kind == Kind::Tribe { crate::partners::outreach::between_governments(tx, at.partner).await? } else { 0 };
            let shown = Show { here: can.here(), partner, former_names, source, merges, joined, ours, own, comments, contacts, marked };
            Ok((shown, merge::merged_into(tx, at.partner).await?))
        })
        .await?;
    if let Some(kept) = kept {
        return Ok(Done::at(paths::partner(can.slug(), kept), "").into_response());
    }
    Ok(Page(shown).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Begun {
    listed: String,
}

async fn new(can: Can<EditPartners>, _: paths::NewPartner, Query(begun): Query<Begun>) -> Result<Page<New>, Error> {
    let (keepers, form) = can
        .read(async |tx| {
            let form = match begun.listed.parse() {
                Ok(id) => import::listed(tx, id).await?.map(|one| PartnerForm::begun_with(id, &one.name, &one.states)),
                Err(_) => None,
            };
            Ok((store::keepers(tx, None).await?, form.unwrap_or_default()))
        })
        .await?;
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), keepers, spoken: None, kept: None, typed: Vec::new() }))
}

async fn create(can: Can<EditPartners>, _: paths::Partners, Form(form): Form<PartnerForm>) -> Result<Response, Error> {
    let keepers = can.read(async |tx| store::keepers(tx, None).await).await?;
    let here = can.here();
    let written = match form.parse() {
        Ok(entry) => {
            let add =
                async |tx: &mut AgencyTx| Ok(Done::at(paths::partner(can.slug(), store::add(tx, &can, &entry).await?), "Partner added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here, form, problems, keepers, spoken: None, kept: None, typed: Vec::new() })
}

/// An entry that is edited, with who may keep it.
async fn edited(can: &Can<EditPartners>, id: PartnerId) -> Result<(Partner, Vec<Choice>), Error> {
    can.read(async |tx| {
        let partner = merge::standing(tx, id).await?;
        let keepers = store::keepers(tx, partner.keeper).await?;
        Ok((partner, keepers))
    })
    .await
}

fn edit_page(here: Here, now: &Partner, keepers: Vec<Choice>, form: PartnerForm, problems: Problems) -> Edit {
    let kept = now.words_are_its_own.then(|| now.clone());
    Edit { here, partner: now.id, version: now.version, form, problems, keepers, spoken: spoken(now), kept, typed: Vec::new() }
}

/// Words that are the body's own are not changed here: what was typed in their place comes back, and nothing is saved.
fn parsed(form: &PartnerForm, before: &Partner, typed: &[(&'static str, String)]) -> Result<Entry, Problems> {
    let mut problems = Problems::default();
    if !typed.is_empty() {
        problems.add("", "Look at what you wrote below: these words are the body’s own to change, and nothing of this form is saved yet");
    }
    form.parse_beside(before).and_then(|entry| problems.or(entry))
}

async fn edit(can: Can<EditPartners>, at: paths::EditPartner) -> Result<Page<Edit>, Error> {
    let (now, keepers) = edited(&can, at.partner).await?;
    let form = PartnerForm::of(&now);
    Ok(Page(edit_page(can.here(), &now, keepers, form, Problems::default())))
}

async fn update(can: Can<EditPartners>, at: paths::PartnerPage, Form(form): Form<PartnerForm>) -> Result<Response, Error> {
    let (now, keepers) = edited(&can, at.partner).await?;
    let (form, typed) = form.beside_own_words(&now);
    let written = match parsed(&form, &now, &typed) {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.partner, &entry).await?;
                Ok(Done::at(paths::partner(can.slug(), at.partner), "Entry saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&PartnerForm::of(&now), &form);
        Edit { typed, ..edit_page(can.here(), &now, keepers, form, problems) }
    })
}

#[derive(Template)]
#[template(path = "partners/joined.html")]
struct JoinedEntry {
    here: Here,
    kept: PartnerId,
    partner: Partner,
    former_names: Vec<String>,
    source: Option<import::Source>,
    comments: comments::Thread,
}

/// What stands under an entry that was joined to another: as before, for those who could read it before.
async fn joined(can: Can<ViewPartners>, at: paths::JoinedPage) -> Result<Page<JoinedEntry>, Error> {
    let shown = async |tx: &mut AgencyTx| {
        let kept = merge::merged_into(tx, at.partner).await?.ok_or(Error::NotFound)?;
        let partner = store::find(tx, at.partner).await?.ok_or(Error::NotFound)?;
        let (former_names, source) = (store::former_names(tx, at.partner).await?, import::source_of(tx, at.partner).await?);
        let comments = comments::of(tx, SubjectId(at.partner.0)).await?;
        Ok(JoinedEntry { here: can.here(), kept, partner, former_names, source, comments })
    };
    Ok(Page(can.read(shown).await?))
}
