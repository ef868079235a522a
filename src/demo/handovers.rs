//! Who left, on either side, and what whoever came next was told: read by the partner first, and then passed on.

use super::{DemoError, Life};

/// A letter: about which body, who leaves, who comes next, who writes, from what day, by when they meet.
struct Made {
    name: &'static str,
    body: &'static str,
    leaver: &'static str,
    next: &'static str,
    writer: &'static str,
    day: i64,
    meet: i64,
    story: &'static str,
    preferences: &'static str,
}

const HOUSING: Made = Made {
    name: "handover_done",
    body: "housing",
    leaver: "staff",
    next: "facilitator",
    writer: "staff",
    day: 200,
    meet: 216,
    story: "They house more of our families than anybody else, and hear of it last. What helped: a call before a family is sent. What \
            hurt: three families in one week, each with another form.",
    preferences: "Short calls. They want to see the room before they say yes.",
};
const FOSTER: Made = Made {
    name: "handover_passed",
    body: "foster",
    leaver: "staff",
    next: "facilitator",
    writer: "staff",
    day: 340,
    meet: 410,
    story: "We are called friendly and late. They asked twice for the name of a person who answers at night, and got a number instead.",
    preferences: "Evenings after seven. They meet at somebody’s kitchen table, and bring the children.",
};
const KINSHIP: Made = Made {
    name: "handover_with",
    body: "kinship",
    leaver: "director",
    next: "staff",
    writer: "director",
    day: 350,
    meet: 380,
    story: "I kept this relationship myself for a year, and they taught me to listen first. The payments are what they judge us by.",
    preferences: "In person, in the upper room. An agenda a week before.",
};
const SCHOOLS: Made = Made {
    name: "handover_to_bring",
    body: "schools",
    leaver: "representative_schools",
    next: "",
    writer: "staff",
    day: 355,
    meet: 385,
    story: "Denise Okoro spoke for the schools in every meeting since January. The classrooms on Saturdays were her doing.",
    preferences: "By email in the school’s own week; nothing in the last week of a term.",
};
const CLINIC: Made = Made {
    name: "handover_begun",
    body: "clinic",
    leaver: "staff",
    next: "facilitator",
    writer: "staff",
    day: 357,
    meet: 388,
    story: "They ask before they send somebody, and wait for our answer too long.",
    preferences: "",
};

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    let page = life.get("staff", &format!("/cedar-river/partners/{}/representatives", life.id("schools")?)).await?;
    life.note("representative_schools", &leaver_in(&page)?);
    let page = write(life, &HOUSING).await?;
    send(life, &HOUSING, &page).await?;
    life.day(205, 15);
    let word = [
        ("correction", "It was four families, and the forms came from two of your own units."),
        ("reach", "Ask for Gloria at the front desk, between nine and noon."),
        ("version", "2"),
    ];
    life.post("gloria", &format!("{page}/answer"), &word).await?;
    life.day(214, 16);
    let met = life.date(0);
    life.post("facilitator", &format!("{page}/first-contact"), &[("done_on", &met), ("version", "3")]).await?;
    let page = write(life, &FOSTER).await?;
    send(life, &FOSTER, &page).await?;
    life.day(346, 15);
    let word = [("correction", ""), ("reach", "Walter, by telephone, not before four in the afternoon."), ("version", "2")];
    life.post("walter", &format!("{page}/answer"), &word).await?;
    for made in [&KINSHIP, &SCHOOLS] {
        let page = write(life, made).await?;
        send(life, made, &page).await?;
    }
    write(life, &CLINIC).await?;
    about_somebody(life).await
}

/// Elena works half of the week from now on. A mother reads what whoever comes next is to be told, before anybody else does.
async fn about_somebody(life: &mut Life) -> Result<(), DemoError> {
    life.day(358, 15);
    let (person, next, meet) = (life.id("parent")?, life.id("staff")?, life.date_of(390));
    let fields = [
        ("person", person.as_str()),
        ("successor", &next),
        ("first_contact_on", &meet),
        ("story", "She came to every session, and said each time what had become of the one before. Ask her first what she needs to come."),
        ("preferences", "Evenings, when the children sleep. Not at the office."),
    ];
    let page = life.post("facilitator", "/cedar-river/partners/hand-overs/people/new", &fields).await?;
    life.name("handover_person", &page);
    life.day(359, 9);
    life.post("facilitator", &format!("{page}/sending"), &[("version", "1")]).await.map(drop)
}

/// The representative whom the link to a letter names.
fn leaver_in(page: &str) -> Result<String, DemoError> {
    let found = page.split("hand-overs/new?leaver=").nth(1).and_then(|rest| rest.get(..36));
    found.map(str::to_owned).ok_or_else(|| DemoError::Stopped("nobody speaks for the schools".to_owned()))
}

async fn write(life: &mut Life, made: &Made) -> Result<String, DemoError> {
    life.day(made.day, 15);
    let (body, leaver, meet) = (life.id(made.body)?, life.id(made.leaver)?, life.date_of(made.meet));
    let next = if made.next.is_empty() { String::new() } else { life.id(made.next)? };
    let fields = [
        ("leaver", leaver.as_str()),
        ("successor", &next),
        ("first_contact_on", &meet),
        ("story", made.story),
        ("preferences", made.preferences),
    ];
    let page = life.post(made.writer, &format!("/cedar-river/partners/{body}/hand-overs"), &fields).await?;
    let id = life.name(made.name, &page);
    life.note("handover", &id);
    Ok(page)
}

/// A day later it goes to the partner.
async fn send(life: &mut Life, made: &Made, page: &str) -> Result<(), DemoError> {
    life.day(made.day + 1, 9);
    life.post(made.writer, &format!("{page}/sending"), &[("version", "1")]).await.map(drop)
}
