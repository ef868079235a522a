//! The partner's word on a letter, given by themselves or brought for them; and the first contact.

use super::{
    super::{
        forms::{AnswerForm, ContactForm},
        model::{Answer, HandOver, HandOverId},
        paths, store,
    },
    me,
};
use crate::{
    commitments::Side,
    platform::{
        policy::{EditOwnPartner, EditPartners},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let word = "correction=We+asked+in+spring+and+not+in+summer&reach=By+telephone+in+the+morning&version=@version";
    let brought = "read_by=The+clerk+of+the+judge&correction=&version=@version";
    Routes::new()
        .get(paths::TheirWord::PATH, answering)
        .post(paths::TheirWord::PATH, answer, example("partner", "handover=@handover_with", word))
        .get(paths::Brought::PATH, bringing)
        .post(paths::Brought::PATH, bring, example("staff", "handover=@handover_to_bring", brought))
        .get(paths::FirstContact::PATH, meeting)
        .post(
            paths::FirstContact::PATH,
            meet,
            example("facilitator", "handover=@handover_passed", "first_contact_on=@in_a_month&version=@version"),
        )
}

#[derive(Template)]
#[template(path = "partners/handover/answer.html")]
struct AnswerPage {
    here: Here,
    one: HandOver,
    people: Vec<Choice>,
    form: AnswerForm,
    problems: Problems,
}

impl AnswerPage {
    fn choices() -> Vec<Choice> {
        vec![Choice::new("yes", "Yes, to whoever comes next"), Choice::new("no", "No, I keep it to myself")]
    }

    fn readers(&self) -> &'static str {
        if self.one.body().is_some() {
            "Your own people, whoever comes next, the letter’s writer and the agency’s directors. You can change or empty it later."
        } else {
            "The letter’s writer, and whoever comes next if you say yes. You can change or empty it later."
        }
    }
}

async fn theirs(can: &Can<EditOwnPartner>, id: HandOverId) -> Result<(HandOver, Vec<Choice>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?;
        one.as_reader()?;
        let people = match one.body().filter(|_| one.side == Side::Partner) {
            Some(body) => store::people(tx, body).await?,
            None => Vec::new(),
        };
        Ok((one, people))
    })
    .await
}

async fn answering(can: Can<EditOwnPartner>, at: paths::TheirWord) -> Result<Page<AnswerPage>, Error> {
    let (one, people) = theirs(&can, at.handover).await?;
    Ok(Page(AnswerPage { here: can.here(), form: AnswerForm::of(&one), one, people, problems: Problems::default() }))
}

async fn answer(can: Can<EditOwnPartner>, at: paths::TheirWord, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (one, people) = theirs(&can, at.handover).await?;
    let parsed = if one.body().is_some() { form.parse(&people) } else { form.own() };
    let written = match parsed {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find(tx, at.handover).await?;
                store::answer(tx, &can, now.as_reader()?, &word).await?;
                Ok(Done::at(paths::letter(can.slug(), at.handover), said(&word)))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&AnswerForm::of(&one), &form);
        AnswerPage { here: can.here(), one, people, form, problems }
    })
}

fn said(word: &Answer) -> &'static str {
    if word.passes {
        "Your word stands with the letter, and it is passed on"
    } else {
        "It is not passed on. From now on its writer and you are the only ones who read it"
    }
}

#[derive(Template)]
#[template(path = "partners/handover/brought.html")]
struct BroughtPage {
    here: Here,
    one: HandOver,
    form: AnswerForm,
    problems: Problems,
}

async fn without_voice(can: &Can<EditPartners>, id: HandOverId) -> Result<HandOver, Error> {
    let one = can.read(async |tx| store::find(tx, id).await).await?;
    one.as_bringer(&me(can))?;
    Ok(one)
}

async fn bringing(can: Can<EditPartners>, at: paths::Brought) -> Result<Page<BroughtPage>, Error> {
    let one = without_voice(&can, at.handover).await?;
    Ok(Page(BroughtPage { here: can.here(), one, form: AnswerForm::default(), problems: Problems::default() }))
}

async fn bring(can: Can<EditPartners>, at: paths::Brought, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let one = without_voice(&can, at.handover).await?;
    let written = match form.brought() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find(tx, at.handover).await?;
                store::answer(tx, &can, now.as_bringer(&me(&can))?, &word).await?;
                Ok(Done::at(paths::letter(can.slug(), at.handover), "Their word stands with the letter, and it is passed on"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| BroughtPage { here: can.here(), problems: problems.since(can.version(), one.version), one, form })
}

#[derive(Template)]
#[template(path = "partners/handover/contact.html")]
struct ContactPage {
    here: Here,
    one: HandOver,
    form: ContactForm,
    problems: Problems,
}

async fn to_meet(can: &Can<EditPartners>, id: HandOverId) -> Result<HandOver, Error> {
    let one = can.read(async |tx| store::find(tx, id).await).await?;
    one.as_meeting(&me(can))?;
    Ok(one)
}

async fn meeting(can: Can<EditPartners>, at: paths::FirstContact) -> Result<Page<ContactPage>, Error> {
    let one = to_meet(&can, at.handover).await?;
    Ok(Page(ContactPage { here: can.here(), one, form: ContactForm::default(), problems: Problems::default() }))
}

async fn meet(can: Can<EditPartners>, at: paths::FirstContact, Form(form): Form<ContactForm>) -> Result<Response, Error> {
    let one = to_meet(&can, at.handover).await?;
    let begun = can.here().day(one.created_at);
    let written = match form.parse(begun, can.today()) {
        Ok(contact) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find(tx, at.handover).await?;
                store::meet(tx, &can, now.as_meeting(&me(&can))?, contact).await?;
                Ok(Done::at(paths::letter(can.slug(), at.handover), "Saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| ContactPage { here: can.here(), problems: problems.since(can.version(), one.version), one, form })
}
