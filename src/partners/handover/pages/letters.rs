//! The letter while it is written, and its way to the partner.

use super::{
    super::{
        forms::LetterForm,
        model::{HandOver, HandOverId, Leaver},
        paths, store,
    },
    me,
};
use crate::{
    commitments::Side,
    partners::{find_name, store as entries},
    platform::{ids::PartnerId, policy::EditPartners, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let letter = "leaver=@staff&successor=@facilitator&first_contact_on=@in_a_month&story=They+answer+on+the+day+they+are+asked";
    let again =
        "successor=@facilitator&first_contact_on=@in_a_month&story=They+answer+the+same+day&preferences=By+telephone&version=@version";
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::NewLetter::PATH, new)
        .post(paths::Letters::PATH, create, example("partner=@court", letter))
        .get(paths::NewAboutPerson::PATH, new_about_person)
        .post(
            paths::NewAboutPerson::PATH,
            create_about_person,
            example("", "person=@parent&successor=@facilitator&first_contact_on=@in_a_month&story=We+met+in+the+library"),
        )
        .get(paths::EditLetter::PATH, edit)
        .post(paths::LetterPage::PATH, update, example("handover=@handover_begun", again))
        .get(paths::Sending::PATH, sending)
        .post(paths::Sending::PATH, send, example("handover=@handover_begun", "version=@version"))
}

/// Who leaves and who can come next.
struct Offer {
    name: String,
    leavers: Vec<Leaver>,
    keepers: Vec<Choice>,
}

async fn offer(can: &Can<EditPartners>, partner: PartnerId) -> Result<Offer, Error> {
    can.read(async |tx| {
        let name = find_name(tx, partner).await?.ok_or(Error::NotFound)?;
        Ok(Offer { name, leavers: store::leavers(tx, partner).await?, keepers: entries::keepers(tx, None).await? })
    })
    .await
}

#[derive(Template)]
#[template(path = "partners/handover/new.html")]
struct New {
    here: Here,
    partner: PartnerId,
    offer: Offer,
    form: LetterForm,
    problems: Problems,
}

impl New {
    fn leavers(&self) -> Vec<Choice> {
        let side = |side| if side == Side::Agency { "the agency" } else { "spoke or speaks for the partner" };
        self.offer.leavers.iter().map(|one| Choice::new(one.value(), format!("{}, {}", one.name, side(one.side)))).collect()
    }
}

async fn new(can: Can<EditPartners>, at: paths::NewLetter, Query(begun): Query<LetterForm>) -> Result<Page<New>, Error> {
    let offer = offer(&can, at.partner).await?;
    let form = LetterForm { leaver: begun.leaver, ..LetterForm::default() };
    Ok(Page(New { here: can.here(), partner: at.partner, offer, form, problems: Problems::default() }))
}

async fn create(can: Can<EditPartners>, at: paths::Letters, Form(form): Form<LetterForm>) -> Result<Response, Error> {
    let offer = offer(&can, at.partner).await?;
    let written = match form.parse(at.partner, (&offer.leavers, &offer.keepers), can.today()) {
        Ok(letter) => {
            let add = async |tx: &mut AgencyTx| {
                let id = store::add(tx, &can, &letter).await?;
                Ok(Done::at(paths::letter(can.slug(), id), "Letter begun; send it to the partner when it is ready"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), partner: at.partner, offer, form, problems })
}

#[derive(Template)]
#[template(path = "partners/handover/new_about_person.html")]
struct NewAboutPerson {
    here: Here,
    people: Vec<Choice>,
    keepers: Vec<Choice>,
    form: LetterForm,
    problems: Problems,
}

/// About whom the asker may write, and who can come next.
async fn whom(can: &Can<EditPartners>) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    can.read(async |tx| Ok((store::to_hand_on(tx).await?, entries::keepers(tx, None).await?))).await
}

async fn new_about_person(can: Can<EditPartners>, _: paths::NewAboutPerson) -> Result<Page<NewAboutPerson>, Error> {
    let (people, keepers) = whom(&can).await?;
    Ok(Page(NewAboutPerson { here: can.here(), people, keepers, form: LetterForm::default(), problems: Problems::default() }))
}

async fn create_about_person(can: Can<EditPartners>, _: paths::NewAboutPerson, Form(form): Form<LetterForm>) -> Result<Response, Error> {
    let (people, keepers) = whom(&can).await?;
    let written = match form.parse_about(oneself(&can), (&people, &keepers), can.today()) {
        Ok(letter) => {
            let add = async |tx: &mut AgencyTx| {
                let id = store::add(tx, &can, &letter).await?;
                Ok(Done::at(paths::letter(can.slug(), id), "Letter begun; send it to them when it is ready"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| NewAboutPerson { here: can.here(), people, keepers, form, problems })
}

/// Whoever writes about a person is the one who leaves: nobody else knows them.
fn oneself(can: &Can<EditPartners>) -> Leaver {
    let name = can.member().map_or_else(String::new, |member| member.name.clone());
    Leaver { side: Side::Agency, member: Some(can.me()), representative: None, name }
}

#[derive(Template)]
#[template(path = "partners/handover/edit.html")]
struct Edit {
    here: Here,
    one: HandOver,
    keepers: Vec<Choice>,
    form: LetterForm,
    problems: Problems,
}

impl Edit {
    fn readers(&self) -> &'static str {
        if self.one.body().is_some() {
            "You and the agency’s directors now; then the people of the partner, who correct it; then whoever comes next."
        } else {
            "You alone now; then the person whom it is about, who corrects it; then whoever comes next, if they say yes."
        }
    }
}

async fn own(can: &Can<EditPartners>, id: HandOverId) -> Result<(HandOver, Vec<Choice>), Error> {
    let (one, keepers) = can.read(async |tx| Ok((store::find(tx, id).await?, entries::keepers(tx, None).await?))).await?;
    one.as_writer(&me(can))?;
    Ok((one, keepers))
}

async fn edit(can: Can<EditPartners>, at: paths::EditLetter) -> Result<Page<Edit>, Error> {
    let (one, keepers) = own(&can, at.handover).await?;
    Ok(Page(Edit { here: can.here(), form: LetterForm::of(&one), one, keepers, problems: Problems::default() }))
}

async fn update(can: Can<EditPartners>, at: paths::LetterPage, Form(form): Form<LetterForm>) -> Result<Response, Error> {
    let (one, keepers) = own(&can, at.handover).await?;
    let written = match form.again(one.side, &keepers, can.today()) {
        Ok(letter) => {
            let keep = async |tx: &mut AgencyTx| {
                let now = store::find(tx, at.handover).await?;
                store::keep(tx, &can, now.as_writer(&me(&can))?, &letter).await?;
                Ok(Done::at(paths::letter(can.slug(), at.handover), "Letter saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&LetterForm::of(&one), &form);
        Edit { here: can.here(), one, keepers, form, problems }
    })
}

#[derive(Template)]
#[template(path = "partners/handover/sending.html")]
struct SendingPage {
    here: Here,
    one: HandOver,
    problems: Problems,
}

async fn sending(can: Can<EditPartners>, at: paths::Sending) -> Result<Page<SendingPage>, Error> {
    let (one, _) = own(&can, at.handover).await?;
    Ok(Page(SendingPage { here: can.here(), one, problems: Problems::default() }))
}

async fn send(can: Can<EditPartners>, at: paths::Sending) -> Result<Response, Error> {
    let (one, _) = own(&can, at.handover).await?;
    let send = async |tx: &mut AgencyTx| {
        let now = store::find(tx, at.handover).await?;
        store::send(tx, &can, now.as_writer(&me(&can))?).await?;
        Ok(Done::at(paths::letter(can.slug(), at.handover), "Sent to the partner. It is passed on once they have given their word"))
    };
    can.write(send).await.or_again(|problems| SendingPage { here: can.here(), problems: problems.since(can.version(), one.version), one })
}
