//! Whether minutes are right, by a line of the letter to whoever chairs a group on the partners’ side: no sign-in, the minutes of this one
//! meeting. A forum’s minutes are for its co-host to confirm, which wants a sign-in and a mandate: it is not done here.

use super::{
    super::{
        forms::WordForm,
        model::{Meeting, Word},
        paths, store,
    },
    minutes::Minutes,
};
use crate::platform::{policy::ConfirmMinutes, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word =
        Example { who: "@word_minutes_token", path: "link=@word_minutes", form: "word=confirmed&note=&version=@word_minutes_version" };
    Routes::new().get(paths::LetterWord::PATH, ask).post(paths::LetterWord::PATH, give, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "groups/meetings/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    minutes: Minutes,
    form: WordForm,
    problems: Problems,
}

/// The minutes, while the bearer’s word on them is wanted as the group’s chair.
async fn waiting(by: &ByLetter<ConfirmMinutes>) -> Result<Minutes, Error> {
    let id = by.subject("minutes")?;
    by.read(async |tx| {
        let chairs = |one: &Meeting| one.my_word && one.group_id.is_some();
        let one = store::find(tx, id).await?.filter(chairs).ok_or(Error::LinkOver)?;
        Minutes::of(tx, one).await
    })
    .await
}

async fn ask(by: ByLetter<ConfirmMinutes>, _: paths::LetterWord) -> Result<Page<Asking>, Error> {
    let minutes = waiting(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), minutes, form: WordForm::default(), problems: Problems::default() }))
}

async fn give(by: ByLetter<ConfirmMinutes>, _: paths::LetterWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let minutes = waiting(&by).await?;
    let (id, version) = (minutes.one.id, minutes.one.version);
    let written = match form.parse() {
        // What was returned, mended and sent again since is read before it is confirmed.
        Ok(_) if by.version() != version => Err(Error::Refused(Problems::stale())),
        Ok(word) => {
            let give = async |tx: &mut AgencyTx| {
                store::give_word(tx, &by, id, &word).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your word on the minutes is noted"))
            };
            by.write(give).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(by.version(), version);
        Asking { here: by.here(), link: by.link_id(), minutes, form, problems }
    })
}
