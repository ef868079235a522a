//! The landscape of all relationships, and the ratings of one.

use super::{
    forms::RatingForm,
    model::{Pair, Rated, Side, Stands, word},
    paths,
    picture::Picture,
    store,
};
use crate::{
    partners,
    platform::{
        ids::PartnerId,
        policy::{Rate, ViewLandscape},
        prelude::*,
        words,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The most relationships on the page.
const MOST: i64 = 500;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = Example { who: "partner", path: "partner=@kinship", form: "value=2&note=Better+than+last+year" };
    Routes::new().get(paths::Landscape::PATH, index).get(paths::Ratings::PATH, show).post(paths::Ratings::PATH, rate, example)
}

#[derive(Template)]
#[template(path = "partners/landscape/index.html")]
struct Index {
    here: Here,
    pairs: Vec<Pair>,
    scale: Vec<String>,
    picture: Picture,
    of_all: bool,
    /// There are more relationships than the page shows.
    cut: bool,
    assess_at: Option<i16>,
}

impl Index {
    /// Relationships that a side rated: Tribal governments under their own heading, then partners; each the widest gap first.
    fn groups(&self) -> Vec<(&'static str, Vec<&Pair>)> {
        self.grouped(false)
    }

    /// Those that neither side rated yet, in the same order.
    fn unrated_groups(&self) -> Vec<(&'static str, Vec<&Pair>)> {
        self.grouped(true)
    }

    fn grouped(&self, unrated: bool) -> Vec<(&'static str, Vec<&Pair>)> {
        let (tribes, others): (Vec<_>, Vec<_>) =
            self.pairs.iter().filter(|pair| pair.is_unrated() == unrated).partition(|pair| pair.is_tribe);
        [("Tribal governments", tribes), ("Partners", others)].into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// "2 Tribal governments and 31 partners".
    fn unrated(&self) -> String {
        let count = |tribe: bool| self.pairs.iter().filter(|pair| pair.is_tribe == tribe && pair.is_unrated()).count() as i64;
        let (tribes, others) = (count(true), count(false));
        format!("{} and {}", words::count(tribes, "Tribal government", "Tribal governments"), words::count(others, "partner", "partners"))
    }
}

#[derive(Template)]
#[template(path = "partners/landscape/ratings.html")]
struct Ratings {
    here: Here,
    partner: PartnerId,
    name: String,
    history: Vec<Rated>,
    scale: Vec<String>,
    stands: Stands,
    assess_at: Option<i16>,
    form: RatingForm,
    problems: Problems,
}

impl Ratings {
    fn steps(&self) -> Vec<Choice> {
        (1_i16..).zip(&self.scale).map(|(value, _)| Choice::new(value.to_string(), word(value, &self.scale))).collect()
    }

    /// The latest rating of either side that the reader sees lies at or below the step where the agency offers an assessment.
    fn is_offered(&self) -> bool {
        let latest = |side: Side| self.history.iter().find(|rated| rated.side == side).and_then(|rated| rated.value);
        let low = |value: Option<i16>| self.assess_at.zip(value).is_some_and(|(step, value)| value <= step);
        low(latest(Side::Agency)) || low(latest(Side::Partner))
    }

    fn value_of(&self, rated: &Rated) -> String {
        match rated.value {
            Some(value) => word(value, &self.scale),
            None => "rated, kept by them".to_owned(),
        }
    }
}

async fn index(can: Can<ViewLandscape>, _: paths::Landscape) -> Result<Page<Index>, Error> {
    let of_all = can.member().is_some_and(|member| member.landscape);
    let (mut pairs, scale, assess_at) =
        can.read(async |tx| Ok((store::all_pairs(tx, MOST + 1).await?, store::scale(tx).await?, store::assess_at(tx).await?))).await?;
    let cut = pairs.len() > MOST as usize;
    pairs.truncate(MOST as usize);
    let picture = Picture::of(&pairs, &scale);
    Ok(Page(Index { here: can.here(), pairs, scale, picture, of_all, cut, assess_at }))
}

/// The page of one relationship, for whoever may rate it or see it; of an entry that was joined to another, that one's.
async fn page(can: &Can<Rate>, partner: PartnerId, form: RatingForm, problems: Problems) -> Result<Ratings, Error> {
    can.read(async |tx| {
        let partner = partners::kept_entry(tx, partner).await?;
        let name = partners::find_name(tx, partner).await?.ok_or(Error::NotFound)?;
        let stands = store::standing(tx, can, partner).await?;
        let (history, scale, assess_at) = (store::history(tx, partner).await?, store::scale(tx).await?, store::assess_at(tx).await?);
        Ok(Ratings { here: can.here(), partner, name, history, scale, stands, assess_at, form, problems })
    })
    .await
}

async fn show(can: Can<Rate>, at: paths::Ratings) -> Result<Page<Ratings>, Error> {
    Ok(Page(page(&can, at.partner, RatingForm::default(), Problems::default()).await?))
}

async fn rate(can: Can<Rate>, at: paths::Ratings, Form(form): Form<RatingForm>) -> Result<Response, Error> {
    let shown = page(&can, at.partner, form, Problems::default()).await?;
    let written = match shown.form.parse(shown.scale.len()) {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                store::rate(tx, &can, shown.partner, &new, can.today()).await?;
                Ok(Done::at(paths::ratings(can.slug(), shown.partner), "Rating added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ratings { problems, ..shown })
}
