//! What bringing a checked list in would write: new partners, changed ones, names. Pure. Recognition is never among it, a
//! list only fills what is blank where a person said "the same", and no list decides what is a Tribe.

use super::{
    Field, Known, Particulars, Same,
    model::{Choice, Details, ReportRow, RowState, Tally},
};
use crate::{
    partners::model::{Kind, Stage},
    platform::{fold::fold, ids::PartnerId, labels::Label as _},
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// A partner as it will stand.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Standing {
    pub(super) id: PartnerId,
    pub(super) name: String,
    pub(super) sort_name: String,
    pub(super) folded: String,
    pub(super) is_tribe: bool,
    pub(super) kind: &'static str,
    pub(super) contracted: bool,
    pub(super) languages: Vec<String>,
    pub(super) counties: Vec<String>,
    pub(super) description: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) website: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) official_id: String,
    pub(super) stage: &'static str,
    pub(super) communities: Vec<String>,
    pub(super) brings: Vec<String>,
}

/// A former or other name to be recorded.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NewName {
    pub(super) id: uuid::Uuid,
    pub(super) partner_id: PartnerId,
    pub(super) name: String,
    pub(super) folded: String,
}

/// What a list changed of a partner: the fields, each with the length of what stands there now.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) id: PartnerId,
    pub(super) added: bool,
    pub(super) fields: Vec<(&'static str, usize)>,
}

/// What becomes of one row.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RowDone {
    pub(super) number: i32,
    pub(super) outcome: &'static str,
    pub(super) partner_id: Option<PartnerId>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) new: Vec<Standing>,
    pub(super) changed: Vec<Standing>,
    pub(super) names: Vec<NewName>,
    pub(super) told: Vec<Told>,
    pub(super) rows: Vec<RowDone>,
}

impl Taken {
    pub(super) fn tally(&self) -> Tally {
        let left = self.rows.iter().filter(|row| row.outcome == RowState::Left.as_str()).count();
        Tally { added: self.new.len(), changed: self.changed.len(), left }
    }
}

/// A partner while rows are worked into it.
struct Work {
    now: Particulars,
    before: Option<Particulars>,
    /// Its words are its own to change.
    keeps_itself: bool,
}

/// Works the rows in, in their order.
pub(super) fn take(rows: &[ReportRow], known: Vec<Known<PartnerId>>) -> Taken {
    let mut all: BTreeMap<PartnerId, Work> = known
        .into_iter()
        .map(|one| (one.id, Work { now: one.particulars.clone(), before: Some(one.particulars), keeps_itself: one.keeps_itself }))
        .collect();
    let mut of_row: HashMap<i32, PartnerId> = HashMap::new();
    let mut done = Vec::new();
    for row in rows {
        let (outcome, partner) = work_in(row, &mut all, &of_row);
        if let Some(id) = partner {
            of_row.insert(row.number, id);
        }
        done.push(RowDone { number: row.number, outcome: outcome.as_str(), partner_id: partner });
    }
    let mut taken = Taken { rows: done, ..Taken::default() };
    for (id, work) in all {
        let known: Vec<String> = work.before.iter().flat_map(|was| &was.former_names).map(|name| fold(name)).collect();
        let changed = work.before.as_ref().is_some_and(|was| *was != work.now);
        let (mut seen, names) = (known, taken.names.len());
        seen.push(fold(&work.now.name));
        for name in &work.now.former_names {
            let folded = fold(name);
            if !seen.contains(&folded) {
                seen.push(folded.clone());
                taken.names.push(NewName { id: crate::platform::ids::fresh(), partner_id: id, name: name.clone(), folded });
            }
        }
        let named = taken.names.len() > names;
        if work.before.is_none() || changed {
            let fields = changed_fields(work.before.as_ref(), &work.now, named);
            taken.told.extend((!fields.is_empty()).then(|| Told { id, added: work.before.is_none(), fields }));
        }
        match work.before {
            None => taken.new.push(standing(id, work.now)),
            Some(_) if changed => taken.changed.push(standing(id, work.now)),
            Some(_) => {}
        }
    }
    taken
}

/// The fields that say something other than before. Other names only where one is recorded that was not.
fn changed_fields(before: Option<&Particulars>, now: &Particulars, named: bool) -> Vec<(&'static str, usize)> {
    let was = |field| before.map(|before| before.shown(field)).unwrap_or_default();
    Field::ALL
        .iter()
        .filter(|field| **field != Field::FormerNames || named)
        .filter(|field| **field != Field::OfficialId || !now.official_id.starts_with("list:"))
        .map(|&field| (field, was(field), now.shown(field)))
        .filter(|(_, was, now)| was != now)
        .map(|(field, _, now)| (field.as_str(), now.chars().count()))
        .collect()
}

fn work_in(row: &ReportRow, all: &mut BTreeMap<PartnerId, Work>, of_row: &HashMap<i32, PartnerId>) -> (RowState, Option<PartnerId>) {
    let add = |all: &mut BTreeMap<PartnerId, Work>| {
        let id = PartnerId::fresh();
        all.insert(id, Work { now: row.details.particulars.clone(), before: None, keeps_itself: false });
        (RowState::Added, Some(id))
    };
    let earlier = |number: i32| of_row.get(&number).copied();
    match (row.outcome, row.choice) {
        (RowState::Refused, _) => (RowState::Refused, None),
        (RowState::Same, _) => (RowState::Same, row.partner.or_else(|| row.same_row.and_then(earlier))),
        (_, Some(Choice::Leave)) => (RowState::Left, None),
        (RowState::Added, _) | (RowState::Double, Some(Choice::Add)) => add(all),
        (RowState::Changed, _) => match row.partner.and_then(|id| Some((id, all.get_mut(&id)?))) {
            Some((id, work)) if !work.keeps_itself => {
                overwrite(&mut work.now, &row.details);
                (RowState::Changed, Some(id))
            }
            _ => (RowState::Left, None),
        },
        (RowState::Double, Some(Choice::Merge)) => {
            let target = row.partner.or_else(|| row.same_row.and_then(earlier));
            match target.and_then(|id| Some((id, all.get_mut(&id)?))) {
                Some((id, work)) if work.keeps_itself => {
                    take_id(&mut work.now, &row.details.particulars);
                    (RowState::Same, Some(id))
                }
                Some((id, work)) => {
                    fill(&mut work.now, &row.details.particulars);
                    (RowState::Changed, Some(id))
                }
                None => (RowState::Left, None),
            }
        }
        _ => (RowState::Left, None),
    }
}

/// Takes over the changes that the report showed, and no other.
fn overwrite(now: &mut Particulars, details: &Details) {
    let row = &details.particulars;
    for change in &details.changes {
        match change.field {
            Field::Name => {
                let old = std::mem::replace(&mut now.name, row.name.clone());
                if fold(&old) != fold(&now.name) {
                    now.former_names.push(old);
                }
            }
            Field::OfficialId => now.official_id.clone_from(&row.official_id),
            Field::FormerNames => now.former_names.extend(row.former_names.iter().cloned()),
            Field::Kind => now.kind = row.kind,
            Field::City => now.city.clone_from(&row.city),
            Field::State => now.state.clone_from(&row.state),
            Field::Counties => grow(&mut now.counties, &row.counties),
            Field::Languages => grow(&mut now.languages, &row.languages),
            Field::Website => now.website.clone_from(&row.website),
            Field::Email => now.email.clone_from(&row.email),
            Field::Phone => now.phone.clone_from(&row.phone),
            Field::Description => now.description.clone_from(&row.description),
            Field::Contracted => now.contracted = row.contracted,
            Field::Stage => now.stage = row.stage,
            Field::Communities => grow(&mut now.communities, &row.communities),
            Field::Brings => grow(&mut now.brings, &row.brings),
        }
    }
}

/// The id that a public list gave, where none is known. It is no word of the body's.
fn take_id(now: &mut Particulars, row: &Particulars) {
    if now.official_id.is_empty() && !row.official_id.starts_with("list:") {
        now.official_id.clone_from(&row.official_id);
    }
}

/// Fills what is blank; the row's name becomes another name.
fn fill(now: &mut Particulars, row: &Particulars) {
    let blank = |mine: &mut String, theirs: &String| {
        if mine.is_empty() {
            mine.clone_from(theirs);
        }
    };
    take_id(now, row);
    for (mine, theirs) in [
        (&mut now.city, &row.city),
        (&mut now.state, &row.state),
        (&mut now.website, &row.website),
        (&mut now.email, &row.email),
        (&mut now.phone, &row.phone),
        (&mut now.description, &row.description),
    ] {
        blank(mine, theirs);
    }
    grow(&mut now.counties, &row.counties);
    grow(&mut now.languages, &row.languages);
    grow(&mut now.communities, &row.communities);
    grow(&mut now.brings, &row.brings);
    now.former_names.push(row.name.clone());
    now.former_names.extend(row.former_names.iter().cloned());
}

fn grow(mine: &mut Vec<String>, theirs: &[String]) {
    let there: Vec<String> = mine.iter().map(|one| fold(one)).collect();
    mine.extend(theirs.iter().filter(|one| !there.contains(&fold(one))).cloned());
    mine.truncate(50);
}

fn standing(id: PartnerId, one: Particulars) -> Standing {
    let among = one.communities.join(" ");
    let kind = one.kind.unwrap_or(Kind::Other);
    Standing {
        id,
        sort_name: fold(&one.name),
        folded: fold(&format!("{} {among} {}", one.name, one.city)),
        is_tribe: kind == Kind::Tribe,
        kind: kind.as_str(),
        contracted: one.contracted.unwrap_or(false),
        stage: one.stage.unwrap_or(Stage::ToContact).as_str(),
        communities: one.communities,
        brings: one.brings,
        languages: one.languages,
        counties: one.counties,
        description: one.description,
        city: one.city,
        state: one.state,
        website: one.website,
        email: one.email,
        phone: one.phone,
        official_id: if one.official_id.starts_with("list:") { String::new() } else { one.official_id },
        name: one.name,
    }
}

/// The rows that a row may be the same as.
pub(super) fn earlier_rows(row: &ReportRow) -> impl Iterator<Item = i32> + '_ {
    row.details.same.iter().filter_map(|same| match same {
        Same::Row(number) => i32::try_from(*number).ok(),
        Same::Partner(_) => None,
    })
}
