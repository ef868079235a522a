//! What the raiser does with one loop, and their body: close, reopen, take back, choose who reads it, name who inherits it.

use super::{
    super::{
        forms::{HeirForm, ReadersForm, WhyForm},
        model::{Loop, audiences},
        paths, store,
    },
    one,
};
use crate::{
    consent,
    platform::{
        ids::SubjectId,
        policy::{CloseLoops, NameHeirs},
        prelude::*,
        reading::{self, Read},
        widening,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let answered = |form| Example { who: "partner", path: "question=@loop_answered", form };
    Routes::new()
        .post(paths::Closure::PATH, close, answered(""))
        .get(paths::Reopening::PATH, ask_reopening)
        .post(paths::Reopening::PATH, reopen, answered("why=The+form+is+still+in+English+only"))
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, answered(""))
        .get(paths::Readers::PATH, ask_readers)
        .post(paths::Readers::PATH, set_readers, answered("audience=partnership&sure=partnership&version=1"))
        .get(paths::Heir::PATH, ask_heir)
        .post(paths::Heir::PATH, name_heir, Example { who: "partner", path: "question=@loop_left", form: "heir=@partner" })
}

#[derive(Template)]
#[template(path = "loops/reopen.html")]
struct Reopen {
    here: Here,
    found: Loop,
    form: WhyForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "loops/withdraw.html")]
struct Withdraw {
    here: Here,
    found: Loop,
    copies: Vec<Read>,
}

#[derive(Template)]
#[template(path = "loops/readers.html")]
struct Readers {
    here: Here,
    found: Loop,
    read: Vec<Read>,
    copies: Vec<Read>,
    form: ReadersForm,
    problems: Problems,
}

impl Readers {
    /// The tick that more people read it, once it is asked.
    fn wider(&self) -> Option<String> {
        widening::who_reads_then(&self.problems, &self.form.audience)
    }

    fn audiences(&self) -> Vec<Choice> {
        audiences(self.found.body_name.as_deref())
    }
}

#[derive(Template)]
#[template(path = "loops/heir.html")]
struct NameHeir {
    here: Here,
    found: Loop,
    members: Vec<Choice>,
    form: HeirForm,
    problems: Problems,
}

async fn close(can: Can<CloseLoops>, at: paths::Closure) -> Result<Response, Error> {
    can.write(async |tx| {
        let raiser = one(tx, at.question).await?.may_close().ok_or(Error::NotFound)?;
        store::close(tx, can.slug(), raiser).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), "Closed, by your word"))
    })
    .await
}

async fn ask_reopening(can: Can<CloseLoops>, at: paths::Reopening) -> Result<Page<Reopen>, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    found.may_reopen().ok_or(Error::NotFound)?;
    Ok(Page(Reopen { here: can.here(), found, form: WhyForm::default(), problems: Problems::default() }))
}

async fn reopen(can: Can<CloseLoops>, at: paths::Reopening, Form(form): Form<WhyForm>) -> Result<Response, Error> {
    let found = can.read(async |tx| one(tx, at.question).await).await?;
    let written = match form.parse() {
        Ok(why) => {
            let reopen = async |tx: &mut AgencyTx| {
                let raiser = one(tx, at.question).await?.may_reopen().ok_or(Error::NotFound)?;
                store::reopen(tx, can.slug(), raiser, &why).await?;
                Ok(Done::at(paths::question(can.slug(), at.question), "Open again; the agency was told why"))
            };
            can.write(reopen).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Reopen { here: can.here(), found, form, problems })
}

async fn ask_withdrawal(can: Can<CloseLoops>, at: paths::Withdrawal) -> Result<Page<Withdraw>, Error> {
    let look = async |tx: &mut AgencyTx| Ok((one(tx, at.question).await?, reading::copies(tx, at.question.0).await?));
    let (found, copies) = can.read(look).await?;
    found.may_withdraw().ok_or(Error::NotFound)?;
    Ok(Page(Withdraw { here: can.here(), found, copies }))
}

async fn withdraw(can: Can<CloseLoops>, at: paths::Withdrawal) -> Result<Response, Error> {
    can.write(async |tx| {
        let raiser = one(tx, at.question).await?.may_withdraw().ok_or(Error::NotFound)?;
        store::withdraw(tx, raiser).await?;
        let remains = consent::remains_of(tx, at.question, None).await?;
        Ok(Done::at(paths::question(can.slug(), at.question), remains.told("Taken back; its words are gone")))
    })
    .await
}

/// A loop with who has read it, and which copies there are.
async fn readers_of(can: &Can<CloseLoops>, id: SubjectId) -> Result<(Loop, Vec<Read>, Vec<Read>), Error> {
    can.read(async |tx| Ok((one(tx, id).await?, reading::of(tx, id.0, None).await?, reading::copies(tx, id.0).await?))).await
}

async fn ask_readers(can: Can<CloseLoops>, at: paths::Readers) -> Result<Page<Readers>, Error> {
    let (found, read, copies) = readers_of(&can, at.question).await?;
    found.may_withdraw().ok_or(Error::NotFound)?;
    let form = ReadersForm::of(&found);
    Ok(Page(Readers { here: can.here(), found, read, copies, form, problems: Problems::default() }))
}

async fn set_readers(can: Can<CloseLoops>, at: paths::Readers, Form(form): Form<ReadersForm>) -> Result<Response, Error> {
    let (found, read, copies) = readers_of(&can, at.question).await?;
    let written = match form.parse(&found) {
        Ok(audience) => {
            let set = async |tx: &mut AgencyTx| {
                let (now, back) = (one(tx, at.question).await?, paths::question(can.slug(), at.question));
                let raiser = now.may_withdraw().ok_or(Error::NotFound)?;
                if audience == now.audience {
                    return Ok(Done::at(back, "Nothing changed: those read it already"));
                }
                store::set_readers(tx, can.version(), raiser, audience).await?;
                Ok(Done::at(back, "Who may read it was changed"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), found.readers_version).with_theirs(&ReadersForm::of(&found), &form);
        Readers { here: can.here(), found, read, copies, form, problems }
    })
}

async fn ask_heir(can: Can<NameHeirs>, at: paths::Heir) -> Result<Page<NameHeir>, Error> {
    let (found, members) = heirs_of(&can, at.question).await?;
    Ok(Page(NameHeir { here: can.here(), found, members, form: HeirForm::default(), problems: Problems::default() }))
}

async fn heirs_of(can: &Asker, id: SubjectId) -> Result<(Loop, Vec<Choice>), Error> {
    can.read(async |tx| {
        let found = one(tx, id).await?;
        let steward = found.may_name_heir().ok_or(Error::NotFound)?;
        Ok((found, store::heirs(tx, steward.1).await?))
    })
    .await
}

async fn name_heir(can: Can<NameHeirs>, at: paths::Heir, Form(form): Form<HeirForm>) -> Result<Response, Error> {
    let (found, members) = heirs_of(&can, at.question).await?;
    let written = match form.parse() {
        Ok(heir) => {
            let name = async |tx: &mut AgencyTx| {
                let steward = found.may_name_heir().ok_or(Error::NotFound)?;
                store::name_heir(tx, &can, &found, steward, heir).await?;
                Ok(Done::at(paths::question(can.slug(), at.question), "The heir was named"))
            };
            can.write(name).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| NameHeir { here: can.here(), found, members, form, problems })
}
