//! A comment that somebody enters for a member who tells it to them, and that member's word on whether it is what they said.

use super::{
    super::{
        forms::EnteredForm,
        model::{Comment, Own, Voice},
        paths, store,
    },
    back,
};
use crate::platform::{
    acting::{self, Period, Word, WordForm},
    policy::{ActFor, ConfirmEntered},
    prelude::*,
    subject::{self, Subject},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let comment = "entered_comment=They+close+at+noon+on+Fridays&entered_audience=agency";
    Routes::new()
        .post(paths::EnteredComments::PATH, enter, Example { who: "facilitator", path: "acting=@acting&subject=@court", form: comment })
        .limited(&limits::COMMENTS)
        .get(paths::EnteredWord::PATH, ask)
        .post(paths::EnteredWord::PATH, answer, Example { who: "tribe", path: "comment=@comment_entered", form: "word=right" })
}

/// The form of a comment for somebody, shown again.
#[derive(Template)]
#[template(path = "comments/enter.html")]
struct Enter {
    here: Here,
    to: String,
    about: Subject,
    period: Period,
    form: EnteredForm,
    problems: Problems,
}

impl Enter {
    fn audiences(&self) -> Vec<Choice> {
        Voice::of(&self.period).audiences_when_entered()
    }
}

#[derive(Template)]
#[template(path = "comments/entered.html")]
struct AskWord {
    here: Here,
    /// None: the author no longer sees what it is about.
    about: Option<Subject>,
    comment: Comment,
    form: WordForm,
    problems: Problems,
}

async fn enter(can: Can<ActFor>, at: paths::EnteredComments, Form(form): Form<EnteredForm>) -> Result<Response, Error> {
    let find =
        async |tx: &mut AgencyTx| Ok((acting::period(tx, at.acting).await?, subject::find(tx, at.subject).await?.ok_or(Error::NotFound)?));
    let (period, about) = can.read(find).await?;
    let written = match form.parse(&Voice::of(&period)) {
        Ok(new) => {
            let enter = async |tx: &mut AgencyTx| {
                store::enter(tx, &can, (&period, about.id), &new).await?;
                Ok(Done::at(acting::page_path(can.slug(), at.acting), "Entered. They are asked whether it is what they said"))
            };
            can.write(enter).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Enter { here: can.here(), to: at.to_string(), about, period, form, problems })
}

/// The comment whose words somebody entered for the asker, while their word on it is wanted.
async fn waiting(can: &Can<ConfirmEntered>, at: &paths::EnteredWord) -> Result<(Comment, Option<Subject>), Error> {
    let (comment, about) = can.read(async |tx| store::find_authored(tx, at.comment).await).await?;
    if comment.is_asked_whether_said() {
        return Ok((comment, about));
    }
    let over = Done::at(back(&can.here(), about.as_ref(), &comment), "You have said whether this is what you said");
    Err(if comment.mine && comment.entered.is_some() { Error::Answered(over) } else { Error::NotFound })
}

async fn ask(can: Can<ConfirmEntered>, at: paths::EnteredWord) -> Result<Page<AskWord>, Error> {
    let (comment, about) = waiting(&can, &at).await?;
    Ok(Page(AskWord { here: can.here(), about, comment, form: WordForm::default(), problems: Problems::default() }))
}

async fn answer(can: Can<ConfirmEntered>, at: paths::EnteredWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let (comment, about) = waiting(&can, &at).await?;
    let to = back(&can.here(), about.as_ref(), &comment);
    let written = match form.parse() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find_authored(tx, at.comment).await?.0;
                let own = now.may_say_whether_said().ok_or(Error::NotFound)?;
                keep(tx, &can, (own, &now), word).await.map(|said| Done::at(&to, said))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| AskWord { here: can.here(), about, comment, form, problems })
}

async fn keep(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, (own, comment): (Own, &Comment), word: Word) -> Result<&'static str, Error> {
    match word {
        Word::Right => store::confirm(tx, can, &own, comment).await.map(|()| "Confirmed: it is what you said"),
        Word::Wrong => store::strike(tx, can, own, comment).await.map(|()| "Struck: its words are gone"),
    }
}
