//! Whether a member comes who is invited, by a line of the letter about what waits: no sign-in, this one invitation, spent by the answer
//! and not by opening it.

use super::super::{
    forms::ReplyForm,
    model::{Answer, Asked},
    paths, store,
};
use crate::platform::{policy::KeepOwnPage, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let form = "answer=coming&needs=A+chair+near+the+door&about=0";
    let word = Example { who: "@word_reply_token", path: "link=@word_reply", form };
    Routes::new().get(paths::LetterReply::PATH, ask).post(paths::LetterReply::PATH, answer, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/invitees/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    asked: Asked,
    open: bool,
    form: ReplyForm,
    problems: Problems,
}

impl Asking {
    fn of(by: &ByLetter<KeepOwnPage>, asked: Asked, form: ReplyForm, problems: Problems) -> Self {
        Self { here: by.here(), link: by.link_id(), open: asked.plan.is_open(by.now()), asked, form, problems }
    }
}

/// The invitation, while the bearer’s answer is wanted.
async fn waiting(by: &ByLetter<KeepOwnPage>) -> Result<Asked, Error> {
    let session = by.subject("reply")?;
    let asked = by.read(async |tx| store::for_member(tx, session).await).await.map_err(by_letter::nothing_waits)?;
    asked.filter(|asked| asked.waits(by.now())).ok_or(Error::LinkOver)
}

async fn ask(by: ByLetter<KeepOwnPage>, _: paths::LetterReply) -> Result<Page<Asking>, Error> {
    let asked = waiting(&by).await?;
    let form = ReplyForm::of(asked.answer, &asked.needs);
    Ok(Page(Asking::of(&by, asked, form, Problems::default())))
}

async fn answer(by: ByLetter<KeepOwnPage>, _: paths::LetterReply, Form(form): Form<ReplyForm>) -> Result<Response, Error> {
    let asked = waiting(&by).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::answer(tx, &asked, &said).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your answer is kept"))
            };
            by.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking::of(&by, asked, form, problems))
}
