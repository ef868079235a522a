//! Merging a theme into another, splitting a part of it off, and undoing either.

use crate::{
    listening::themes::{
        forms::{MergeForm, SplitForm},
        model::{Source, Theme},
        paths,
        store::{changes, read},
    },
    platform::{policy::EditThemes, prelude::*, words},
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/themes/merge.html")]
pub(super) struct Merge {
    here: Here,
    theme: Theme,
    others: Vec<Choice>,
    form: MergeForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "listening/themes/split.html")]
pub(super) struct Split {
    here: Here,
    theme: Theme,
    sources: Vec<Choice>,
    form: SplitForm,
    problems: Problems,
}

/// A theme that was not merged, and into which it could be.
async fn mergeable(can: &Can<EditThemes>, at: &paths::MergePage) -> Result<(Theme, Vec<Choice>), Error> {
    can.read(async |tx| {
        let theme = read::open(tx, at.theme).await?;
        let own = theme.id.to_string();
        Ok((theme, read::choices(tx).await?.into_iter().filter(|one| one.value != own).collect()))
    })
    .await
}

pub(super) async fn merging(can: Can<EditThemes>, at: paths::MergePage) -> Result<Page<Merge>, Error> {
    let (theme, others) = mergeable(&can, &at).await?;
    Ok(Page(Merge { here: can.here(), theme, others, form: MergeForm::default(), problems: Problems::default() }))
}

pub(super) async fn merge(can: Can<EditThemes>, at: paths::MergePage, Form(form): Form<MergeForm>) -> Result<Response, Error> {
    let (theme, others) = mergeable(&can, &at).await?;
    let written = match form.parse() {
        Ok(parsed) => {
            let merge = async |tx: &mut AgencyTx| {
                changes::merge(tx, &can, at.theme, &parsed).await?;
                Ok(Done::at(paths::theme(can.slug(), parsed.into), "Merged. The old name leads here, and for 30 days it can be undone"))
            };
            can.write(merge).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Merge { here: can.here(), theme, others, form, problems })
}

/// A source as a choice: the words it begins with, where they may be quoted.
fn offered(source: Source) -> Choice {
    match source.words {
        Some(said) => Choice::new(source.id.to_string(), format!("“{}”", words::beginning(&said, 140)))
            .hint(format!("{}. {}", source.shown_as, source.title)),
        None => Choice::new(source.id.to_string(), source.title),
    }
}

async fn splittable(can: &Can<EditThemes>, at: &paths::SplitPage) -> Result<(Theme, Vec<Choice>), Error> {
    can.read(async |tx| {
        let theme = read::open(tx, at.theme).await?;
        Ok((theme, read::sources(tx, at.theme).await?.into_iter().map(offered).collect()))
    })
    .await
}

pub(super) async fn splitting(can: Can<EditThemes>, at: paths::SplitPage) -> Result<Page<Split>, Error> {
    let (theme, sources) = splittable(&can, &at).await?;
    Ok(Page(Split { here: can.here(), theme, sources, form: SplitForm::default(), problems: Problems::default() }))
}

pub(super) async fn split(can: Can<EditThemes>, at: paths::SplitPage, Form(form): Form<SplitForm>) -> Result<Response, Error> {
    let (theme, sources) = splittable(&can, &at).await?;
    let written = match form.parse() {
        Ok((entry, reason)) => {
            let split = async |tx: &mut AgencyTx| {
                let into = changes::split(tx, &can, at.theme, (&entry, &reason)).await?;
                Ok(Done::at(paths::theme(can.slug(), into), "A theme of its own now. For 30 days it can be undone"))
            };
            can.write(split).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Split { here: can.here(), theme, sources, form, problems })
}

pub(super) async fn undo(can: Can<EditThemes>, at: paths::UndoChange) -> Result<Response, Error> {
    can.write(async |tx| {
        let theme = changes::undo(tx, &can, at.theme, at.change).await?;
        Ok(Done::at(paths::theme(can.slug(), theme), "Undone: the sources are back where they were"))
    })
    .await
}
