//! Whether a promise of what answers can change was kept, by a line of the letter: for somebody who spoke for themselves, without a
//! sign-in, and read by nobody. A body’s word wants a sign-in.

use super::{
    super::{
        forms::WordForm,
        model::{InfluenceId, Promise, Word},
        paths, store,
    },
    one,
};
use crate::platform::{policy::SayInfluence, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_influence_token", path: "link=@word_influence", form: "word=partly" };
    Routes::new().get(paths::LetterWord::PATH, ask).post(paths::LetterWord::PATH, say, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "influence/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    found: Promise,
    word: WordForm,
    problems: Problems,
}

/// The promise, while the bearer’s word on it is wanted.
async fn waiting(by: &ByLetter<SayInfluence>) -> Result<Promise, Error> {
    let id = InfluenceId(by.about("influence")?);
    let found = by.read(async |tx| one(tx, id).await).await.map_err(by_letter::nothing_waits)?;
    if found.wants_my_word(by.today()) { Ok(found) } else { Err(Error::LinkOver) }
}

async fn ask(by: ByLetter<SayInfluence>, _: paths::LetterWord) -> Result<Page<Asking>, Error> {
    let found = waiting(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), found, word: WordForm::default(), problems: Problems::default() }))
}

async fn say(by: ByLetter<SayInfluence>, _: paths::LetterWord, Form(word): Form<WordForm>) -> Result<Response, Error> {
    let found = waiting(&by).await?;
    let written = match word.parse() {
        // What a person says beside their word nobody reads: it is not asked for, and not kept.
        Ok((said, _)) => {
            let say = async |tx: &mut AgencyTx| {
                let asked = found.may_say(by.today()).ok_or(Error::LinkOver)?;
                store::say(tx, &by, (asked, &found), said, "").await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your word counts"))
            };
            by.write(say).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking { here: by.here(), link: by.link_id(), found, word, problems })
}
