//! Looking for another entry of the same body, the two side by side, a steward's word, and the way back.

use super::{
    forms::{MergeForm, WordForm},
    model::{Came, Merge, Said, Side, State, UNDO_DAYS, Word},
    paths, store,
};
use crate::{
    partners::compared::{Compared, Difference, compared},
    platform::{
        ids::PartnerId,
        policy::{AllowMerge, MergePartners, ViewPartners},
        prelude::*,
        words,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Merging::PATH, choose)
        .limited(&limits::SEARCHES)
        .post(paths::Merging::PATH, create, example("staff", "partner=@grange", "other=@grange_again&keep=@grange"))
        .get(paths::MergePage::PATH, show)
        .post(paths::MergeWord::PATH, word, example("partner", "merge=@merge_proposed", "word=given"))
        .get(paths::UndoMerge::PATH, ask)
        .post(paths::UndoMerge::PATH, delete, example("staff", "merge=@merge_done", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Looking {
    q: String,
    with: String,
}

#[derive(Template)]
#[template(path = "partners/merge/choose.html")]
struct Choose {
    here: Here,
    partner: PartnerId,
    name: String,
    words: String,
    likely: Vec<Side>,
    found: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "partners/merge/compare.html")]
struct Compare {
    here: Here,
    partner: PartnerId,
    sides: Vec<Side>,
    form: MergeForm,
    problems: Problems,
}

impl Compare {
    async fn of(can: &Can<MergePartners>, partner: PartnerId, other: PartnerId, form: MergeForm) -> Result<Self, Error> {
        let sides = can.read(async |tx| store::sides(tx, &[partner, other]).await).await?;
        if sides.len() != 2 {
            return Err(Error::NotFound);
        }
        Ok(Self { here: can.here(), partner, sides, form, problems: Problems::default() })
    }

    /// Both entries, field by field.
    fn rows(&self) -> Vec<Compared> {
        let [left, right] = self.sides.as_slice() else { return Vec::new() };
        let counted = |label, of: fn(&Side) -> String| Compared::of(label, &of(left), &of(right));
        std::iter::once(Compared::of("Name", &left.name, &right.name))
            .chain(compared(&left.facts, &right.facts))
            .chain([
                counted("Outreach", |side| words::count(side.outreach, "entry", "entries")),
                counted("Contacts between governments", |side| words::count(side.governments, "contact", "contacts")),
                counted("Members", |side| words::count(side.members, "person", "people")),
            ])
            .collect()
    }

    fn other(&self) -> String {
        self.sides.iter().find(|side| side.id != self.partner).map(|side| side.id.to_string()).unwrap_or_default()
    }

    /// The two entries as a choice.
    fn names(&self) -> Vec<Choice> {
        self.sides.iter().map(|side| Choice::new(side.id.to_string(), side.name.clone())).collect()
    }

    /// The entry that says more: proposed to stay.
    fn fuller(&self) -> String {
        let told = |side: &Side| side.facts.iter().filter(|(_, value)| !value.is_empty()).count();
        self.sides.iter().max_by_key(|side| (told(side), side.id == self.partner)).map(|side| side.id.to_string()).unwrap_or_default()
    }

    /// The bodies whose stewards are asked.
    fn asked(&self) -> Vec<&str> {
        self.sides.iter().filter(|side| side.is_asked).map(|side| side.name.as_str()).collect()
    }
}

async fn choose(can: Can<MergePartners>, at: paths::Merging, Query(looking): Query<Looking>) -> Result<Response, Error> {
    if let Ok(other) = looking.with.parse() {
        let mut page = Compare::of(&can, at.partner, other, MergeForm::default()).await?;
        page.form.keep = page.fuller();
        return Ok(Page(page).into_response());
    }
    let words = looking.q.trim().to_owned();
    let (name, likely, found) = can
        .read(async |tx| {
            let this = store::sides(tx, &[at.partner]).await?.pop().ok_or(Error::NotFound)?;
            let likely = store::likely(tx, at.partner).await?;
            let found = if words.is_empty() { Vec::new() } else { store::search(tx, at.partner, &words).await? };
            Ok((this.name, store::sides(tx, &likely).await?, found))
        })
        .await?;
    Ok(Page(Choose { here: can.here(), partner: at.partner, name, words, likely, found }).into_response())
}

async fn create(can: Can<MergePartners>, at: paths::Merging, Form(form): Form<MergeForm>) -> Result<Response, Error> {
    let other = form.other.parse().map_err(|_| Error::NotFound)?;
    let parsed = form.parse(at.partner);
    let again = Compare::of(&can, at.partner, other, form).await?;
    let written = match parsed {
        Ok((kept, gone)) => {
            let join = async |tx: &mut AgencyTx| {
                let (id, came) = store::ask(tx, &can, kept, gone).await?;
                let said = if came == Came::Joined { "The two entries are one" } else { "The steward is asked. Nothing has changed yet" };
                Ok(Done::at(paths::merge(can.slug(), id), said))
            };
            can.write(join).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Compare { problems, ..again })
}

#[derive(Template)]
#[template(path = "partners/merge/show.html")]
struct Show {
    here: Here,
    merge: Merge,
    words: Vec<Word>,
    /// The reader decides for a body that is asked.
    mine: bool,
    undoable: bool,
    form: WordForm,
    problems: Problems,
}

impl Show {
    async fn of(asker: &Asker, id: super::model::MergeId) -> Result<Self, Error> {
        let (merge, words) =
            asker.read(async |tx| Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, store::words(tx, id).await?))).await?;
        let mine = asker.may::<AllowMerge>() && words.iter().any(|word| Some(word.body) == asker.body());
        let undoable = merge.waits() || merge.can_be_undone(asker.now());
        let (form, problems) = (WordForm::default(), Problems::default());
        Ok(Self { here: asker.here(), merge, words, mine, undoable, form, problems })
    }

    /// What the steward may say now.
    fn choices(&self) -> Vec<Choice> {
        if self.merge.waits() { Said::choices() } else { vec![Choice::new(Said::Refused.as_str(), "No, take the two entries apart again")] }
    }
}

async fn show(can: Can<ViewPartners>, at: paths::MergePage) -> Result<Page<Show>, Error> {
    Ok(Page(Show::of(&can, at.merge).await?))
}

async fn word(can: Can<AllowMerge>, at: paths::MergeWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let again = Show::of(&can, at.merge).await?;
    let written = match form.parse() {
        Ok(said) => {
            let say = async |tx: &mut AgencyTx| {
                let told = match store::say(tx, &can, at.merge, said).await? {
                    State::Done => "Your word is given. The two entries are one",
                    State::Proposed => "Your word is given. Another body is still asked",
                    State::Undone => "The two entries are apart again",
                    State::Refused => "Your word is kept. The two entries stay apart",
                };
                Ok(Done::at(paths::merge(can.slug(), at.merge), told))
            };
            can.write(say).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { form, problems, ..again })
}

#[derive(Template)]
#[template(path = "partners/merge/undo.html")]
struct Undo {
    here: Here,
    merge: Merge,
    problems: Problems,
}

async fn ask(can: Can<MergePartners>, at: paths::UndoMerge) -> Result<Page<Undo>, Error> {
    let merge = can.read(async |tx| store::find(tx, at.merge).await?.ok_or(Error::NotFound)).await?;
    Ok(Page(Undo { here: can.here(), merge, problems: Problems::default() }))
}

async fn delete(can: Can<MergePartners>, at: paths::UndoMerge) -> Result<Response, Error> {
    let merge = can.read(async |tx| store::find(tx, at.merge).await?.ok_or(Error::NotFound)).await?;
    let undo = async |tx: &mut AgencyTx| {
        store::undo(tx, &can, at.merge).await?;
        Ok(Done::at(paths::merge(can.slug(), at.merge), "Taken back. Both entries are as they were"))
    };
    can.write(undo).await.or_again(|problems| Undo { here: can.here(), merge, problems })
}
