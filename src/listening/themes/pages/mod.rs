//! The list of themes, one theme with what it rests on, and the forms around them.

mod changes;
mod coding;

use super::{
    forms::{JoinForm, SourcesForm, ThemeForm},
    model::{Became, Listed, Side, Sides, Sort, Source, Theme},
    paths,
    store::{changes as became, counts, read, write},
};
use crate::{
    chain::{self, Neighbour, Pick},
    comments,
    consent::{self, Rereading},
    listening::sessions,
    platform::{
        ids::SubjectId,
        policy::{EditThemes, ViewThemes},
        prelude::*,
        sought::Sought,
        subject,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Themes::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Themes::PATH, create, example("", "name=Meetings+at+hours+people+can+come&sources=@quoted_statement"))
        .get(paths::NewTheme::PATH, new)
        .get(paths::ThemePage::PATH, show)
        .post(paths::ThemePage::PATH, update, example("theme=@theme_kin", "name=Relatives+are+asked+too+late&version=@theme_kin_version"))
        .get(paths::EditTheme::PATH, edit)
        .get(paths::Sources::PATH, sources)
        .post(paths::Sources::PATH, join, example("theme=@theme_kin", "sources=@quoted_statement"))
        .post(paths::LeaveSource::PATH, leave, example("theme=@theme_kin&source=@kin_source", ""))
        .post(paths::RereadingPage::PATH, read_again, example("theme=@theme_reread", ""))
        .get(paths::MergePage::PATH, changes::merging)
        .post(paths::MergePage::PATH, changes::merge, example("theme=@theme_language", "into=@theme_kin&reason=Both+say+who+stays+close"))
        .get(paths::SplitPage::PATH, changes::splitting)
        .post(
            paths::SplitPage::PATH,
            changes::split,
            example(
                "theme=@theme_kin",
                "name=Kin+hear+of+it+by+chance&sources=@kin_source&reason=It+is+another+matter+than+being+asked+late",
            ),
        )
        .post(paths::UndoChange::PATH, changes::undo, example("theme=@theme_ride&change=@theme_change", ""))
        .get(paths::Readings::PATH, coding::index)
        .get(paths::ReadingPage::PATH, coding::show)
        .post(
            paths::ReadingPage::PATH,
            coding::settle,
            example("source=@read_source", "themes=@theme_ride&reason=Read+once+more,+it+is+about+the+road"),
        )
        .post(paths::StatementThemes::PATH, join_statement, example("statement=@quoted_statement", "theme=@theme_kin"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    source: String,
    page: String,
}

#[derive(Template)]
#[template(path = "listening/themes/index.html")]
struct Index {
    here: Here,
    at: paths::Themes,
    themes: Paged<Listed>,
    filters: Filters,
}

#[derive(Template)]
#[template(path = "listening/themes/show.html")]
struct Show {
    here: Here,
    theme: Theme,
    sources: Vec<Source>,
    sides: Sides,
    /// Fewer people than this of one side are not told apart.
    smallest: i64,
    rereadings: Vec<Rereading>,
    /// What came of it.
    led: Vec<Neighbour>,
    became: Vec<Became>,
    comments: comments::Thread,
}

impl Show {
    /// The number of people of each side, where all of them may be told.
    fn shown_sides(&self) -> Option<&[(Side, i64)]> {
        self.sides.shown(self.smallest)
    }
}

#[derive(Template)]
#[template(path = "listening/themes/new.html")]
struct New {
    here: Here,
    form: ThemeForm,
    problems: Problems,
    offer: Offer,
}

/// What a theme can rest on, as far as it was looked for.
struct Offer {
    sources: Pick,
    /// The sessions among whose statements somebody may look.
    sessions: Vec<Choice>,
    sought: Sought,
}

impl Offer {
    /// There is nothing at all to rest a theme on.
    fn is_bare(&self) -> bool {
        self.sources.choices.is_empty() && !self.sought.narrows()
    }
}

/// Sources that are chosen already stay in the list, whatever else is looked for.
async fn offer(tx: &mut AgencyTx, theme: Option<SubjectId>, sought: &Sought, chosen: &[String]) -> Result<Offer, Error> {
    let sources = read::candidates(tx, theme, sought, chosen).await?;
    Ok(Offer { sources, sessions: sessions::choices(tx).await?, sought: sought.clone() })
}

#[derive(Template)]
#[template(path = "listening/themes/edit.html")]
struct Edit {
    here: Here,
    theme: Theme,
    form: ThemeForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "listening/themes/sources.html")]
struct Join {
    here: Here,
    theme: Theme,
    form: SourcesForm,
    problems: Problems,
    offer: Offer,
}

async fn index(can: Can<ViewThemes>, at: paths::Themes, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| read::list(tx, &filters.q, paging).await).await?;
    let address = crate::platform::paging::with_filters(&at.to_string(), &[("q", &filters.q)]);
    Ok(Page(Index { here: can.here(), at, themes: paging.of(rows, &address), filters }))
}

async fn show(can: Can<ViewThemes>, at: paths::ThemePage) -> Result<Page<Show>, Error> {
    let here = can.here();
    let page = can
        .read(async |tx| {
            let theme = read::find(tx, at.theme).await?.ok_or(Error::NotFound)?;
            Ok(Show {
                here,
                sources: read::sources(tx, at.theme).await?,
                sides: counts::sides(tx, at.theme).await?,
                smallest: counts::smallest_group(tx).await?,
                rereadings: consent::open_rereadings(tx, at.theme).await?,
                led: chain::came_of(tx, at.theme).await?,
                became: became::of(tx, at.theme).await?,
                comments: comments::of(tx, at.theme).await?,
                theme,
            })
        })
        .await?;
    Ok(Page(page))
}

async fn new(can: Can<EditThemes>, _: paths::NewTheme, Query(filters): Query<Filters>) -> Result<Page<New>, Error> {
    let sources = if filters.source.is_empty() { Vec::new() } else { vec![filters.source] };
    let form = ThemeForm { sources, ..ThemeForm::default() };
    let offer = can.read(async |tx| offer(tx, None, can.sought(), &form.sources).await).await?;
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }))
}

async fn create(can: Can<EditThemes>, _: paths::Themes, Form(form): Form<ThemeForm>) -> Result<Response, Error> {
    let offer = can.read(async |tx| offer(tx, None, can.sought(), &form.sources).await).await?;
    if can.sought().is_asked() {
        return Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse_new() {
        Ok(entry) => {
            let add = async |tx: &mut AgencyTx| Ok(Done::at(paths::theme(can.slug(), write::add(tx, &can, &entry).await?), "Theme added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, offer })
}

async fn edit(can: Can<EditThemes>, at: paths::EditTheme) -> Result<Page<Edit>, Error> {
    let theme = can.read(async |tx| read::open(tx, at.theme).await).await?;
    let form = ThemeForm::of(&theme);
    Ok(Page(Edit { here: can.here(), theme, form, problems: Problems::default() }))
}

async fn update(can: Can<EditThemes>, at: paths::ThemePage, Form(form): Form<ThemeForm>) -> Result<Response, Error> {
    let theme = can.read(async |tx| read::open(tx, at.theme).await).await?;
    let written = match form.parse() {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                write::keep(tx, &can, at.theme, &entry).await?;
                Ok(Done::at(&at, "Theme saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), theme.version).with_theirs(&ThemeForm::of(&theme), &form);
        Edit { here: can.here(), theme, form, problems }
    })
}

/// A theme and what could be joined to it.
async fn joinable(can: &Can<EditThemes>, theme: SubjectId, chosen: &[String]) -> Result<(Theme, Offer), Error> {
    can.read(async |tx| {
        let found = read::open(tx, theme).await?;
        Ok((found, offer(tx, Some(theme), can.sought(), chosen).await?))
    })
    .await
}

async fn sources(can: Can<EditThemes>, at: paths::Sources) -> Result<Page<Join>, Error> {
    let (theme, offer) = joinable(&can, at.theme, &[]).await?;
    Ok(Page(Join { here: can.here(), theme, form: SourcesForm::default(), problems: Problems::default(), offer }))
}

async fn join(can: Can<EditThemes>, at: paths::Sources, Form(form): Form<SourcesForm>) -> Result<Response, Error> {
    let (theme, offer) = joinable(&can, at.theme, &form.sources).await?;
    if can.sought().is_asked() {
        return Ok(Page(Join { here: can.here(), theme, form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse() {
        Ok(chosen) => {
            let join = async |tx: &mut AgencyTx| {
                write::join(tx, &can, at.theme, &chosen).await?;
                Ok(Done::at(paths::theme(can.slug(), at.theme), "Joined to the theme"))
            };
            can.write(join).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Join { here: can.here(), theme, form, problems, offer })
}

async fn leave(can: Can<EditThemes>, at: paths::LeaveSource) -> Result<Response, Error> {
    can.write(async |tx| {
        write::leave(tx, &can, at.theme, at.source).await?;
        Ok(Done::at(paths::theme(can.slug(), at.theme), "Taken out of the theme"))
    })
    .await
}

async fn read_again(can: Can<EditThemes>, at: paths::RereadingPage) -> Result<Response, Error> {
    can.write(async |tx| {
        write::read_again(tx, &can, at.theme).await?;
        Ok(Done::at(paths::theme(can.slug(), at.theme), "Read again: the theme stands"))
    })
    .await
}

async fn join_statement(can: Can<EditThemes>, at: paths::StatementThemes, Form(form): Form<JoinForm>) -> Result<Response, Error> {
    can.read(async |tx| subject::find(tx, at.statement).await?.ok_or(Error::NotFound)).await?;
    let theme = form.parse().map_err(Error::Refused)?;
    can.write(async |tx| {
        write::join(tx, &can, theme, &[at.statement]).await?;
        Ok(Done::at(paths::theme(can.slug(), theme), "Joined to the theme"))
    })
    .await
}
