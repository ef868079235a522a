//! Forms around comments. The list itself stands on the pages of records (`templates/comments/_list.html`).

mod entered;

use super::{
    forms::{CommentForm, HidingForm, ReadersForm, SecondLookForm},
    model::{Because, Comment, Former, OwnComment, Voice},
    paths, store,
};
use crate::{
    consent,
    platform::{
        policy::{self, ModerateComments, SecondLook, SeeModeration},
        prelude::*,
        reading::{self, Read},
        subject::Subject,
        widening,
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
        .post(paths::Comments::PATH, create, example("partner", "subject=@court", "comment=We+will+come&comment_audience=partnership"))
        .limited(&limits::COMMENTS)
        .get(paths::Moderated::PATH, moderated)
        .get(paths::Mine::PATH, mine)
        .get(paths::Reply::PATH, reply)
        .get(paths::Words::PATH, edit)
        .post(
            paths::Words::PATH,
            update,
            example("partner", "comment=@comment_own", "comment=We+meet+on+Mondays&comment_audience=agency&sure=agency&version=1"),
        )
        .limited(&limits::COMMENTS)
        .get(paths::ReadersOf::PATH, ask_readers)
        .post(
            paths::ReadersOf::PATH,
            set_readers,
            example("partner", "comment=@comment_own", "comment_audience=partnership&sure=partnership&version=1"),
        )
        .get(paths::History::PATH, history)
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, example("parent", "comment=@comment_parent", ""))
        .get(paths::Moderation::PATH, moderation)
        .post(
            paths::Moderation::PATH,
            hide,
            example("staff", "comment=@comment_to_hide", "because=identifying&reason=It+names+a+family+by+its+street"),
        )
        .post(paths::ShowAgain::PATH, show_again, example("director", "comment=@comment_hidden", ""))
        .post(paths::SecondLookRequest::PATH, request_second_look, example("partner", "comment=@comment_hidden", ""))
        .get(paths::SecondLook::PATH, second_look)
        .post(paths::SecondLook::PATH, look_again, example("tribe", "comment=@comment_asked", "finding=keep"))
        .join(entered::routes())
}

/// The form for a comment on a page of its own: refused, in answer to another, or edited.
#[derive(Template)]
#[template(path = "comments/write.html")]
struct Write {
    here: Here,
    title: &'static str,
    to: String,
    version: Option<i32>,
    about: Subject,
    parent: Option<Comment>,
    voice: Voice,
    form: CommentForm,
    problems: Problems,
}

impl Write {
    /// The tick that more people read it, once it is asked.
    fn wider(&self) -> Option<String> {
        widening::who_reads_then(&self.problems, &self.form.comment_audience)
    }
}

#[derive(Template)]
#[template(path = "comments/history.html")]
struct History {
    here: Here,
    about: Subject,
    comment: Comment,
    former: Vec<Former>,
}

/// Who may read a comment, asked of its author and of the steward of the author's body.
#[derive(Template)]
#[template(path = "comments/readers.html")]
struct AskReaders {
    here: Here,
    about: Subject,
    comment: Comment,
    voice: Voice,
    read: Vec<Read>,
    form: ReadersForm,
    problems: Problems,
}

impl AskReaders {
    /// The tick that more people read it, once it is asked; a protocol keeps some of them from it.
    fn wider(&self) -> Option<String> {
        let then = widening::who_reads_then(&self.problems, &self.form.comment_audience)?;
        Some(if self.comment.is_protected() { format!("{then}, of them only by those in its protocols") } else { then })
    }
}

#[derive(Template)]
#[template(path = "comments/withdraw.html")]
struct Withdraw {
    here: Here,
    /// None: the author no longer sees what it is about.
    about: Option<Subject>,
    comment: Comment,
}

impl Withdraw {
    fn back(&self) -> String {
        back(&self.here, self.about.as_ref(), &self.comment)
    }
}

/// Where the comment stands, or the list of one's own where its record is out of sight.
fn back(here: &Here, about: Option<&Subject>, comment: &Comment) -> String {
    about.map_or_else(|| paths::mine(here.slug()), |about| paths::on_page(&about.path, comment.id))
}

#[derive(Template)]
#[template(path = "comments/mine.html")]
struct Mine {
    here: Here,
    list: Paged<OwnComment>,
}

#[derive(Template)]
#[template(path = "comments/moderate.html")]
struct Moderate {
    here: Here,
    about: Subject,
    comment: Comment,
    form: HidingForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "comments/second_look.html")]
struct Look {
    here: Here,
    about: Subject,
    comment: Comment,
    words: String,
    form: SecondLookForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "comments/moderated.html")]
struct Moderated {
    here: Here,
    list: Paged<Comment>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

async fn create(can: Can<policy::Comment>, at: paths::Comments, Form(form): Form<CommentForm>) -> Result<Response, Error> {
    let answered = form.reply_to.parse().ok();
    let (about, voice, parent) = can
        .read(async |tx| {
            let parent = match answered {
                Some(id) => Some(store::find(tx, id).await?.0),
                None => None,
            };
            let about = crate::platform::subject::find(tx, at.subject).await?.ok_or(Error::NotFound)?;
            Ok((about, store::voice(tx).await?.ok_or(Error::NotFound)?, parent))
        })
        .await?;
    let written = match form.parse(&voice) {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                let (record, id) = store::add(tx, &can, at.subject, &new).await?;
                Ok(Done::at(paths::on_page(&record.path, id), "Comment added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let title = if parent.is_some() { "Answer a comment" } else { "Add a comment" };
    written.or_again(|problems| Write { here: can.here(), title, to: at.to_string(), version: None, about, parent, voice, form, problems })
}

async fn reply(can: Can<policy::Comment>, at: paths::Reply) -> Result<Page<Write>, Error> {
    let ((parent, about), voice) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::voice(tx).await?.ok_or(Error::NotFound)?))).await?;
    if parent.parent.is_some() || parent.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    let form = CommentForm { reply_to: parent.id.to_string(), ..CommentForm::default() };
    let to = paths::comments(can.slug(), about.id);
    let (here, title, problems) = (can.here(), "Answer a comment", Problems::default());
    Ok(Page(Write { here, title, to, version: None, about, parent: Some(parent), voice, form, problems }))
}

async fn edit(can: Can<policy::Comment>, at: paths::Words) -> Result<Page<Write>, Error> {
    let ((comment, about), voice) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::voice(tx).await?.ok_or(Error::NotFound)?))).await?;
    comment.may_edit().ok_or(Error::NotFound)?;
    let (form, version, to) = (CommentForm::of(&comment), Some(comment.version), at.to_string());
    Ok(Page(Write {
        here: can.here(),
        title: "Edit your comment",
        to,
        version,
        about,
        parent: None,
        voice,
        form,
        problems: Problems::default(),
    }))
}

async fn update(can: Can<policy::Comment>, at: paths::Words, Form(form): Form<CommentForm>) -> Result<Response, Error> {
    let ((now, about), voice) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::voice(tx).await?.ok_or(Error::NotFound)?))).await?;
    let form = CommentForm { reply_to: now.parent.map(|id| id.to_string()).unwrap_or_default(), ..form };
    let written = match form.parse_edited(&voice, &now) {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                let own = now.may_edit().ok_or(Error::NotFound)?;
                store::edit(tx, &can, own, &now, &new).await?;
                Ok(Done::at(paths::on_page(&about.path, now.id), "Comment saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&CommentForm::of(&now), &form);
        let (title, to, version) = ("Edit your comment", at.to_string(), Some(now.version));
        Write { here: can.here(), title, to, version, about, parent: None, voice, form, problems }
    })
}

/// A comment with its record, the voice of whoever may choose its readers, and who has read it.
async fn chooser(can: &Can<policy::Comment>, at: &paths::ReadersOf) -> Result<(Comment, Subject, Voice, Vec<Read>), Error> {
    can.read(async |tx| {
        let (comment, about) = store::find(tx, at.comment).await?;
        comment.may_choose_readers().ok_or(Error::NotFound)?;
        let read = reading::of(tx, about.id.0, Some(at.comment.0)).await?;
        Ok((comment, about, store::voice(tx).await?.ok_or(Error::NotFound)?, read))
    })
    .await
}

async fn ask_readers(can: Can<policy::Comment>, at: paths::ReadersOf) -> Result<Page<AskReaders>, Error> {
    let (comment, about, voice, read) = chooser(&can, &at).await?;
    let form = ReadersForm::of(&comment);
    Ok(Page(AskReaders { here: can.here(), about, comment, voice, read, form, problems: Problems::default() }))
}

async fn set_readers(can: Can<policy::Comment>, at: paths::ReadersOf, Form(form): Form<ReadersForm>) -> Result<Response, Error> {
    let (comment, about, voice, read) = chooser(&can, &at).await?;
    let written = match form.parse(&voice, &comment) {
        Ok(audience) => {
            let set = async |tx: &mut AgencyTx| {
                let (readers, back) = (comment.may_choose_readers().ok_or(Error::NotFound)?, paths::on_page(&about.path, comment.id));
                if audience == comment.audience {
                    return Ok(Done::at(back, "Nothing changed: those read it already"));
                }
                store::set_readers(tx, can.version(), readers, &comment, audience).await?;
                Ok(Done::at(back, "Who may read it was changed"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), comment.version).with_theirs(&ReadersForm::of(&comment), &form);
        AskReaders { here: can.here(), about, comment, voice, read, form, problems }
    })
}

async fn history(can: Can<policy::Comment>, at: paths::History) -> Result<Page<History>, Error> {
    let ((comment, about), former) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::history(tx, at.comment).await?))).await?;
    if former.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(Page(History { here: can.here(), about, comment, former }))
}

async fn ask_withdrawal(can: Can<policy::Comment>, at: paths::Withdrawal) -> Result<Page<Withdraw>, Error> {
    let (comment, _, about) = can.read(async |tx| store::find_own(tx, at.comment).await).await?;
    Ok(Page(Withdraw { here: can.here(), about, comment }))
}

async fn withdraw(can: Can<policy::Comment>, at: paths::Withdrawal) -> Result<Response, Error> {
    can.write(async |tx| {
        let (comment, own, about) = store::find_own(tx, at.comment).await?;
        store::withdraw(tx, own, &comment).await?;
        let remains = consent::remains_of(tx, comment.subject, Some(comment.id.0)).await?;
        Ok(Done::at(back(&can.here(), about.as_ref(), &comment), remains.told("Comment taken back; its words are gone")))
    })
    .await
}

async fn mine(can: Can<policy::Comment>, at: paths::Mine, Query(turn): Query<Turn>) -> Result<Page<Mine>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::mine(tx, &can, paging).await).await?;
    Ok(Page(Mine { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}

async fn moderation(can: Can<ModerateComments>, at: paths::Moderation) -> Result<Page<Moderate>, Error> {
    let (comment, about) = can.read(async |tx| store::find(tx, at.comment).await).await?;
    if !comment.can_be_hidden() {
        return Err(Error::NotFound);
    }
    Ok(Page(Moderate { here: can.here(), about, comment, form: HidingForm::default(), problems: Problems::default() }))
}

async fn hide(can: Can<ModerateComments>, at: paths::Moderation, Form(form): Form<HidingForm>) -> Result<Response, Error> {
    let (comment, about) = can.read(async |tx| store::find(tx, at.comment).await).await?;
    let written = match form.parse(&comment) {
        Ok(hiding) => {
            let hide = async |tx: &mut AgencyTx| {
                store::hide(tx, &can, &comment, &hiding).await?;
                Ok(Done::at(paths::on_page(&about.path, comment.id), "Hidden, with your reason in its place"))
            };
            can.write(hide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Moderate { here: can.here(), about, comment, form, problems })
}

async fn show_again(can: Can<ModerateComments>, at: paths::ShowAgain) -> Result<Response, Error> {
    can.write(async |tx| {
        let (comment, about) = store::find(tx, at.comment).await?;
        store::show_again(tx, &can, &comment).await?;
        Ok(Done::at(paths::on_page(&about.path, comment.id), "The comment can be read again"))
    })
    .await
}

async fn request_second_look(can: Can<policy::Comment>, at: paths::SecondLookRequest) -> Result<Response, Error> {
    can.write(async |tx| {
        let (comment, about) = store::find(tx, at.comment).await?;
        let own = comment.may_ask().ok_or(Error::NotFound)?;
        store::ask(tx, own, &comment).await?;
        Ok(Done::at(paths::on_page(&about.path, comment.id), "A moderator from the partners’ side was asked"))
    })
    .await
}

async fn second_look(can: Can<SecondLook>, at: paths::SecondLook) -> Result<Page<Look>, Error> {
    let ((comment, about), words) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::hidden_words(tx, at.comment).await?))).await?;
    let words = words.filter(|_| comment.looked_at.is_none()).ok_or(Error::NotFound)?;
    Ok(Page(Look { here: can.here(), about, comment, words, form: SecondLookForm::default(), problems: Problems::default() }))
}

async fn look_again(can: Can<SecondLook>, at: paths::SecondLook, Form(form): Form<SecondLookForm>) -> Result<Response, Error> {
    let ((comment, about), words) =
        can.read(async |tx| Ok((store::find(tx, at.comment).await?, store::hidden_words(tx, at.comment).await?))).await?;
    let written = match form.parse() {
        Ok(show) => {
            let look = async |tx: &mut AgencyTx| {
                store::look_again(tx, &can, &comment, show).await?;
                Ok(Done::at(paths::moderated(can.slug()), "Your finding was kept"))
            };
            can.write(look).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Look { here: can.here(), about, comment, words: words.unwrap_or_default(), form, problems })
}

async fn moderated(can: Can<SeeModeration>, at: paths::Moderated, Query(turn): Query<Turn>) -> Result<Page<Moderated>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::moderated(tx, paging).await).await?;
    Ok(Page(Moderated { here: can.here(), list: paging.of(rows, &at.to_string()) }))
}
