//! Keeping the relationships: visits and calls over the year, who speaks for whom, and how both sides rate it.

use super::{DemoError, Life};

/// Day, partner, who went, how, what was said, next step, days until it.
const ENTRIES: &[(i64, &str, &str, &str, &str, &str, i64)] = &[
    (
        6,
        "court",
        "director",
        "meeting",
        "The judge wants numbers every month, not every quarter, and asked who answers when they look wrong.",
        "Bring the first monthly page",
        24,
    ),
    (
        9,
        "tallpine",
        "director",
        "visit",
        "The council asked to be told before the county writes about their children, not after.",
        "Send the draft of the data agreement",
        30,
    ),
    (
        14,
        "kinship",
        "staff",
        "meeting",
        "Grandparents said that nobody calls them. They offered their hall for evening meetings.",
        "Plan a first evening in the hall",
        20,
    ),
    (
        21,
        "youth",
        "staff",
        "event",
        "They will talk about the first night in care if an adult they choose is in the room.",
        "Ask who that adult would be",
        7,
    ),
    (33, "hope", "staff", "telephone", "The pastor can lend the kitchen, and warned that people fear a county badge.", "", 0),
    (
        40,
        "schools",
        "staff",
        "meeting",
        "Counselors learn of a removal from the empty chair. They asked for one phone number.",
        "Name one person for each school",
        30,
    ),
    (
        47,
        "stonebend",
        "director",
        "visit",
        "First visit. They want to see how we treat Tall Pine before they sign anything.",
        "Come again in the spring, with the Tall Pine council’s word",
        90,
    ),
    (
        62,
        "parents",
        "staff",
        "meeting",
        "Parents read the service plan aloud and stopped at every word they did not know. It took an hour.",
        "Rewrite page one with them",
        21,
    ),
    (
        75,
        "lawyers",
        "staff",
        "email",
        "They see the family’s plan for the first time in the hallway of the court.",
        "Ask the court for a joint hour",
        14,
    ),
    (91, "clinic", "staff", "visit", "Evening visits are full. A second evening would need money for one nurse.", "", 0),
    (
        104,
        "court",
        "director",
        "meeting",
        "The monthly page is read aloud in chambers now.",
        "Add relatives found in the first three days",
        28,
    ),
    (
        118,
        "hmong",
        "staff",
        "event",
        "Elders asked why forms are never in Hmong when the county prints flyers in it.",
        "Price the translation of the first letter",
        30,
    ),
    (140, "sheriff", "staff", "meeting", "Deputies want a card with one number for nights.", "Print the card", 21),
    (
        165,
        "tallpine",
        "director",
        "meeting",
        "The council agreed to the order of reading: they see the numbers first, ten days before anyone.",
        "Put it into the agreement",
        20,
    ),
    (
        198,
        "foster",
        "staff",
        "event",
        "Resource families asked to meet birth parents in the first week, if the parents want to.",
        "Ask the parents’ group",
        14,
    ),
    (
        231,
        "recovery",
        "staff",
        "telephone",
        "A bed was free for nine days and nobody asked. They offered to send a list each Friday.",
        "Try the Friday list for a month",
        30,
    ),
    (
        264,
        "stonebend",
        "director",
        "visit",
        "They came with two council members. They will join the data talks as listeners.",
        "Invite them to the next data meeting",
        30,
    ),
    (
        287,
        "sanmiguel",
        "staff",
        "visit",
        "Sunday after the Spanish service works; weekday evenings do not.",
        "Hold the next evening on a Sunday",
        40,
    ),
    (309, "casa", "staff", "meeting", "Volunteers lose a month between two workers.", "Agree on a hand-over call", 20),
    (330, "court", "director", "meeting", "The judge asked what the county would do if the numbers rose again.", "Answer in writing", 30),
    (
        348,
        "kinship",
        "director",
        "visit",
        "They thanked nobody yet, they said, but the calls do come now.",
        "Ask again after the winter",
        45,
    ),
    (356, "housing", "staff", "telephone", "Vouchers for kin are on hold until January.", "Call in January", 50),
];

/// Where somebody went for the director: the day of the entry, and why.
const FOR_THE_DIRECTOR: &[(i64, &str)] = &[
    (14, "she was in court that morning, and the circle had waited a month"),
    (40, "the counselors asked for whoever answers the telephone"),
    (140, "the sheriff’s unit meets at night"),
    (309, "she was at the state capital for the budget"),
];

/// Contacts between governments: the day of the entry, who spoke with authority for the county, and who for the Tribe.
const BETWEEN_GOVERNMENTS: &[(i64, &str, &str)] = &[
    (9, "Rosalind Achterberg, director, for the county", "Chairwoman Elaine Whitebird, for the Tribal council"),
    (165, "Rosalind Achterberg, director, for the county", "Chairwoman Elaine Whitebird, for the Tribal council"),
    (264, "Rosalind Achterberg, director, for the county", "Council member Amos Reed, for the Stonebend council"),
];

/// Day, partner, side (who rates), value, note, kept.
const RATINGS: &[(i64, &str, &str, &str, &str, bool)] = &[
    (20, "kinship", "staff", "2", "We meet, they come.", false),
    (24, "kinship", "partner", "1", "We are asked, and then it is quiet.", false),
    (25, "tallpine", "director", "2", "", false),
    (28, "tallpine", "tribe", "1", "We hear about decisions after they are made.", false),
    (60, "court", "director", "3", "", false),
    (61, "schools", "staff", "2", "", false),
    (63, "youth", "staff", "2", "They trust us with one evening at a time.", false),
    (64, "clinic", "staff", "3", "", false),
    (66, "hope", "staff", "1", "", false),
    (190, "kinship", "staff", "3", "The hall is full and the notes come back.", false),
    (200, "kinship", "partner", "2", "Answers come now. Not always in time.", false),
    (210, "tallpine", "director", "3", "The order of reading is agreed.", false),
    (215, "tallpine", "tribe", "2", "", true),
    (340, "kinship", "staff", "3", "", false),
    (345, "kinship", "partner", "2", "", false),
];

/// Partner, name, position, mandate: as the agency was told, where no steward serves.
const SPEAK: &[(&str, &str, &str, &str)] = &[
    ("court", "Hon. Miriam Alvestad", "presiding judge", "by office"),
    ("schools", "Denise Okoro", "lead counselor", "named by the superintendent"),
];

/// Body, its member, who names them, position, mandate: where a steward serves the body names its own.
const NAMED: &[(&str, &str, &str, &str)] = &[
    ("kinship", "partner", "coordinator", "named by the circle’s meeting in January"),
    ("tallpine", "tribe", "council secretary", "resolution of the Tribal council"),
];

/// Over the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    let named = [
        ("court", "director", "month"),
        ("tallpine", "director", "month"),
        ("kinship", "director", "quarter"),
        ("schools", "staff", "quarter"),
    ];
    life.day(5, 15);
    for (partner, name, position, mandate) in SPEAK {
        let path = format!("/cedar-river/partners/{}/representatives", life.id(partner)?);
        let since = life.date_of(0);
        life.post("staff", &path, &[("name", name), ("position", position), ("mandate", mandate), ("starts_on", &since)]).await?;
    }
    for (partner, who, position, mandate) in NAMED {
        let path = format!("/cedar-river/partners/{}/representatives", life.id(partner)?);
        let (member, since) = (life.id(who)?, life.date_of(0));
        let fields = [("member", member.as_str()), ("position", position), ("mandate", mandate), ("starts_on", &since)];
        life.post(who, &path, &fields).await?;
    }
    let path = format!("/cedar-river/partners/{}/representatives", life.id("court")?);
    let page = life.get("staff", &path).await?;
    let judge = page.split("/representatives/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    life.note("representative", &judge);
    for (partner, keeper, rhythm) in named {
        keep(life, partner, keeper, rhythm).await?;
    }
    for (number, (day, partner, went, how, said, next, until)) in ENTRIES.iter().enumerate() {
        life.day(*day, 16);
        let (partner, went, held) = (life.id(partner)?, life.id(went)?, life.date(0));
        let next_on = if *until > 0 { life.date(*until) } else { String::new() };
        let why = FOR_THE_DIRECTOR.iter().find(|(on, _)| on == day).map_or("", |(_, why)| why);
        let between = BETWEEN_GOVERNMENTS.iter().find(|(on, _, _)| on == day);
        let fields = [
            ("government", between.map_or("", |_| "yes")),
            ("spoke_ours", between.map_or("", |(_, ours, _)| ours)),
            ("spoke_theirs", between.map_or("", |(_, _, theirs)| theirs)),
            ("partner", &*partner),
            ("held_on", &held),
            ("went", &went),
            ("delegate_reason", why),
            ("how", how),
            ("said", said),
            ("next_step", next),
            ("next_on", &next_on),
        ];
        let made = life.post("staff", "/cedar-river/outreach", &fields).await?;
        life.name(&format!("outreach_{}", number + 1), &made);
        if *until > 0 && day + until < 330 {
            life.day(day + until, 17);
            life.post("staff", &format!("{made}/next-step"), &[]).await?;
        }
    }
    for (day, partner, who, value, note, kept) in RATINGS {
        life.day(*day, 18);
        let path = format!("/cedar-river/partners/{}/ratings", life.id(partner)?);
        let kept = if *kept { "yes" } else { "" };
        life.post(who, &path, &[("value", value), ("note", note), ("kept", kept)]).await?;
    }
    let (kept, open) = (life.id("outreach_5")?, life.id("outreach_22")?);
    life.note("outreach_kept", &kept);
    life.note("outreach_open", &open);
    our_entries(life).await
}

/// Somebody takes a relationship on, with its rhythm.
async fn keep(life: &mut Life, partner: &str, keeper: &str, rhythm: &str) -> Result<(), DemoError> {
    let (id, keeper) = (life.id(partner)?, life.id(keeper)?);
    let next = life.date_of(372);
    let (name, kind) = match partner {
        "court" => ("Cedar River Juvenile Court", "court"),
        "tallpine" => ("Tall Pine Tribe", "tribe"),
        "kinship" => ("Cedar Valley Kinship Circle", "community"),
        _ => ("Cedar River Unified School District", "education"),
    };
    let mut fields = vec![
        ("name", name),
        ("kind", kind),
        ("stage", "working"),
        ("keeper", &*keeper),
        ("rhythm", rhythm),
        ("rhythm_next", &next),
        ("agenda_ours", "staffing, strengths, challenges"),
        ("version", "1"),
    ];
    // What a body with a steward says of itself, it says itself.
    if !matches!(partner, "tallpine" | "kinship") {
        fields.extend([("counties", "Cedar River"), ("agenda_theirs", "staffing, how our work is perceived")]);
    }
    life.post("staff", &format!("/cedar-river/partners/{id}"), &fields).await?;
    Ok(())
}

/// Two bodies say who they are.
async fn our_entries(life: &mut Life) -> Result<(), DemoError> {
    life.day(70, 15);
    let circle = "Grandparents, aunts and uncles who raise kin. We meet on the second Thursday, with supper and child care.";
    let fields = [
        ("name", "Cedar Valley Kinship Circle"),
        ("description", circle),
        ("communities", "Cedar Valley"),
        ("counties", "Cedar River"),
        ("languages", "English, Spanish"),
        ("brings", "lived"),
        ("brings", "community"),
        ("agenda_theirs", "who was called this month, and who was not"),
        ("version", "2"),
    ];
    life.post("partner", "/cedar-river/our-entry", &fields).await?;
    let tribe = "The Tribe’s family services office works with every county where our children live.";
    let fields = [
        ("name", "Tall Pine Tribe"),
        ("description", tribe),
        ("communities", "Tall Pine"),
        ("counties", "Cedar River"),
        ("recognition", "own_words"),
        ("recognition_words", "A sovereign nation on its own land since before the county was drawn."),
        ("version", "2"),
    ];
    life.post("tribe", "/cedar-river/our-entry", &fields).await?;
    life.note("kinship_version", "3");
    Ok(())
}
