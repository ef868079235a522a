//! The landscape of all relationships, and the ratings of one.

use super::{
    forms::RatingForm,
    model::{Pair, Rated, Side, word},
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
    unrated: i64,
    of_all: bool,
}

#[derive(Template)]
#[template(path = "partners/landscape/ratings.html")]
struct Ratings {
    here: Here,
    partner: PartnerId,
    name: String,
    history: Vec<Rated>,
    scale: Vec<String>,
    side: Option<Side>,
    form: RatingForm,
    problems: Problems,
}

impl Ratings {
    fn steps(&self) -> Vec<Choice> {
        (1_i16..).zip(&self.scale).map(|(value, _)| Choice::new(value.to_string(), word(value, &self.scale))).collect()
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
    let (pairs, scale, unrated) =
        can.read(async |tx| Ok((store::pairs(tx, MOST).await?, store::scale(tx).await?, store::unrated(tx).await?))).await?;
    let picture = Picture::of(&pairs, &scale);
    Ok(Page(Index { here: can.here(), pairs, scale, picture, unrated, of_all }))
}

/// The page of one relationship, for whoever may rate it or see it.
async fn page(can: &Can<Rate>, partner: PartnerId, form: RatingForm, problems: Problems) -> Result<Ratings, Error> {
    let (name, history, scale) = can
        .read(async |tx| {
            let name = partners::find_name(tx, partner).await?.ok_or(Error::NotFound)?;
            Ok((name, store::history(tx, partner).await?, store::scale(tx).await?))
        })
        .await?;
    Ok(Ratings { here: can.here(), partner, name, history, scale, side: store::side_of(can, partner), form, problems })
}

async fn show(can: Can<Rate>, at: paths::Ratings) -> Result<Page<Ratings>, Error> {
    Ok(Page(page(&can, at.partner, RatingForm::default(), Problems::default()).await?))
}

async fn rate(can: Can<Rate>, at: paths::Ratings, Form(form): Form<RatingForm>) -> Result<Response, Error> {
    let shown = page(&can, at.partner, form, Problems::default()).await?;
    let written = match shown.form.parse(shown.scale.len()) {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                store::rate(tx, &can, at.partner, &new, can.today()).await?;
                Ok(Done::at(paths::ratings(can.slug(), at.partner), "Rating added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ratings { problems, ..shown })
}
