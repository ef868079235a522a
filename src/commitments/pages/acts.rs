//! What is done with one promise: its words and day, the report, the word of the one promised.

use super::super::{
    forms::{AvowalForm, EditForm, ReportForm, SuccessorForm, WordForm},
    model::{Avowal, Commitment, Evidence, Word},
    paths,
    sides::Sides,
    store,
};
use crate::platform::{
    ids::SubjectId,
    policy::{EditCommitments, GiveWord, NameSuccessors},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let edited = "what=Send+the+minutes+to+everyone&due_on=2032-02-15&why=The+printer+broke&version=@commitment_open_version";
    let reported = "evidence=The+minutes+went+out+on+Monday&link=https%3A%2F%2Fcedar.example%2Fminutes&version=@commitment_open_version";
    let named = "successor=@facilitator&version=@commitment_theirs_version";
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .post(paths::CommitmentPage::PATH, update, example("staff", "commitment=@commitment_open", edited))
        .get(paths::EditCommitment::PATH, edit)
        .get(paths::Report::PATH, report)
        .post(paths::Report::PATH, send_report, example("staff", "commitment=@commitment_open", reported))
        .get(paths::Successor::PATH, successor)
        .post(paths::Successor::PATH, name_successor, example("director", "commitment=@commitment_theirs", named))
        .get(paths::OwnWord::PATH, avowal)
        .post(paths::OwnWord::PATH, avow, example("tribe", "commitment=@commitment_told", "word=ours&version=@version"))
        .get(paths::TheirWord::PATH, word)
        .post(
            paths::TheirWord::PATH,
            give_word,
            example("partner", "commitment=@commitment_reported", "word=kept&version=@commitment_reported_version"),
        )
}

/// The promise, when this person may change it.
pub(super) async fn own(can: &Can<EditCommitments>, id: SubjectId) -> Result<Commitment, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, id, can.today()).await).await?;
    one.as_changer(&me)?;
    Ok(one)
}

/// The promise, when this person stands on the promising side.
async fn ours(can: &Can<EditCommitments>, id: SubjectId) -> Result<Commitment, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, id, can.today()).await).await?;
    one.as_promiser(&me)?;
    Ok(one)
}

#[derive(Template)]
#[template(path = "commitments/edit.html")]
struct Edit {
    here: Here,
    one: Commitment,
    form: EditForm,
    problems: Problems,
}

async fn edit(can: Can<EditCommitments>, at: paths::EditCommitment) -> Result<Page<Edit>, Error> {
    let one = own(&can, at.commitment).await?;
    Ok(Page(Edit { here: can.here(), form: EditForm::of(&one), one, problems: Problems::default() }))
}

async fn update(can: Can<EditCommitments>, at: paths::CommitmentPage, Form(form): Form<EditForm>) -> Result<Response, Error> {
    let one = own(&can, at.commitment).await?;
    let written = match form.parse(&one, can.today()) {
        Ok(edited) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::edit(tx, &can, one.as_changer(&me)?, &edited).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Promise changed"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = EditForm { why: form.why.clone(), ..EditForm::of(&one) };
        let problems = problems.since(can.version(), one.version).with_theirs(&theirs, &form);
        Edit { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "commitments/report.html")]
struct ReportPage {
    here: Here,
    one: Commitment,
    form: ReportForm,
    problems: Problems,
}

async fn report(can: Can<EditCommitments>, at: paths::Report) -> Result<Page<ReportPage>, Error> {
    let one = ours(&can, at.commitment).await?;
    Ok(Page(ReportPage { here: can.here(), one, form: ReportForm::default(), problems: Problems::default() }))
}

async fn send_report(can: Can<EditCommitments>, at: paths::Report, Form(form): Form<ReportForm>) -> Result<Response, Error> {
    let one = ours(&can, at.commitment).await?;
    let written = match form.parse() {
        Ok(shown) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::report(tx, &can, one.as_promiser(&me)?, &shown).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Reported done; now it waits for their word"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&form.beside(&one), &form);
        ReportPage { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "commitments/word.html")]
struct WordPage {
    here: Here,
    one: Commitment,
    files: Vec<Evidence>,
    form: WordForm,
    problems: Problems,
}

impl WordPage {
    fn is_reported(&self) -> bool {
        self.one.state == super::super::model::State::Reported
    }

    fn note_label(&self) -> &'static str {
        if self.is_reported() { "What is missing, or what you want to add" } else { "What you want to add" }
    }

    /// Before a report only a release is possible.
    fn words(&self) -> Vec<Choice> {
        let reported = self.is_reported();
        let open = |word: &&Word| reported || **word == Word::Released;
        Word::ALL.iter().filter(open).map(|word| Choice::new(word.as_str(), word.label())).collect()
    }
}

/// The promise with what shows it, when it was made to this person or their body.
async fn promised(can: &Can<GiveWord>, id: SubjectId) -> Result<(Commitment, Vec<Evidence>), Error> {
    let (one, me, files) = can
        .read(async |tx| {
            let (one, me) = store::asked(tx, id, can.today()).await?;
            Ok((one, me, store::evidence::list(tx, id).await?))
        })
        .await?;
    one.as_promised(&me)?;
    Ok((one, files))
}

async fn word(can: Can<GiveWord>, at: paths::TheirWord) -> Result<Page<WordPage>, Error> {
    let (one, files) = promised(&can, at.commitment).await?;
    Ok(Page(WordPage { here: can.here(), one, files, form: WordForm::default(), problems: Problems::default() }))
}

async fn give_word(can: Can<GiveWord>, at: paths::TheirWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let (one, files) = promised(&can, at.commitment).await?;
    let written = match form.parse() {
        Ok(given) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::give_word(tx, &can, one.as_promised(&me)?, &given).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Your word was kept with the promise"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&form.beside(&one), &form);
        WordPage { here: can.here(), one, files, form, problems }
    })
}

#[derive(Template)]
#[template(path = "commitments/avowal.html")]
struct AvowalPage {
    here: Here,
    one: Commitment,
    form: AvowalForm,
    problems: Problems,
}

async fn avowal(can: Can<GiveWord>, at: paths::OwnWord) -> Result<Page<AvowalPage>, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, at.commitment, can.today()).await).await?;
    one.as_avower(&me)?;
    Ok(Page(AvowalPage { here: can.here(), one, form: AvowalForm::default(), problems: Problems::default() }))
}

async fn avow(can: Can<GiveWord>, at: paths::OwnWord, Form(form): Form<AvowalForm>) -> Result<Response, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, at.commitment, can.today()).await).await?;
    one.as_avower(&me)?;
    let written = match form.parse() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::avow(tx, &can, one.as_avower(&me)?, word).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Your word is kept with the promise"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| AvowalPage { here: can.here(), problems: problems.since(can.version(), one.version), one, form })
}

#[derive(Template)]
#[template(path = "commitments/successor.html")]
struct SuccessorPage {
    here: Here,
    one: Commitment,
    form: SuccessorForm,
    problems: Problems,
    sides: Sides,
}

async fn given(can: &Can<NameSuccessors>, id: SubjectId) -> Result<(Commitment, Sides), Error> {
    let (one, me, sides) = can
        .read(async |tx| {
            let (one, me) = store::asked(tx, id, can.today()).await?;
            Ok((one, me, store::sides(tx).await?))
        })
        .await?;
    one.as_giver(&me)?;
    Ok((one, sides))
}

async fn successor(can: Can<NameSuccessors>, at: paths::Successor) -> Result<Page<SuccessorPage>, Error> {
    let (one, sides) = given(&can, at.commitment).await?;
    Ok(Page(SuccessorPage { here: can.here(), one, form: SuccessorForm::default(), problems: Problems::default(), sides }))
}

async fn name_successor(can: Can<NameSuccessors>, at: paths::Successor, Form(form): Form<SuccessorForm>) -> Result<Response, Error> {
    let (one, sides) = given(&can, at.commitment).await?;
    let written = match form.parse(&sides) {
        Ok(named) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::name_successor(tx, &can, one.as_giver(&me)?, named).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Somebody else gives the word now"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| SuccessorPage { here: can.here(), one, form, problems, sides })
}
