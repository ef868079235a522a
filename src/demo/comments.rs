//! What people said about records through the year: some edited, one taken back, one hidden with a reason.

use super::{DemoError, Life};

/// Name, day, who, record, who may read it, said for the body, words.
const ON_PARTNERS: &[(&str, i64, &str, &str, &str, bool, &str)] = &[
    (
        "comment_own",
        41,
        "partner",
        "court",
        "agency",
        false,
        "The court’s family room is free on Mondays after four. We could meet there instead of at the county building, and nobody would have to pass the metal detector.",
    ),
    (
        "comment_2",
        44,
        "tribe",
        "court",
        "partnership",
        true,
        "Tall Pine asks that the hearing list for our children be sent to our court office on the same day it is sent to counsel.",
    ),
    (
        "comment_3",
        47,
        "director",
        "court",
        "partnership",
        false,
        "Agreed with the presiding judge. The clerk sends both lists on the same morning from now on.",
    ),
    (
        "comment_4",
        60,
        "parent",
        "parents",
        "agency",
        false,
        "I came to this group before I ever spoke with the county. They keep a seat for new people near the door, so you can leave without anyone asking.",
    ),
    (
        "comment_5",
        63,
        "staff",
        "parents",
        "agency",
        false,
        "They prefer evenings, and a text message the day before. Child care has to be in the same building.",
    ),
    (
        "comment_parent",
        71,
        "parent",
        "clinic",
        "partnership",
        false,
        "The front desk asks everyone for the same papers, also when you only come to ask. That keeps people away.",
    ),
    (
        "comment_6",
        75,
        "partner",
        "clinic",
        "partnership",
        true,
        "Three of our families now go there together on Thursdays. It helps to know a face.",
    ),
    (
        "comment_to_hide",
        96,
        "partner",
        "schools",
        "partnership",
        false,
        "The family in the yellow house beside the school was told on a Friday that the bus would not come on Monday. Nobody offered another way.",
    ),
    (
        "comment_hidden",
        104,
        "partner",
        "sheriff",
        "partnership",
        false,
        "Two officers stood in the hall for the whole visit. The grandmother from the corner of Third and Alder could tell you how that felt.",
    ),
    (
        "comment_asked",
        118,
        "parent",
        "housing",
        "partnership",
        false,
        "They said no room was free, and then the flat above the bakery stood empty for a month.",
    ),
    (
        "comment_withdrawn",
        130,
        "parent",
        "recovery",
        "agency",
        false,
        "I was there in spring, and I would not have kept going without the evening group.",
    ),
    (
        "comment_7",
        140,
        "tribe",
        "urban",
        "body",
        false,
        "We should ask them to sit with us in the working group on relatives. Their office hears from people who moved to the city.",
    ),
    (
        "comment_8",
        151,
        "analyst",
        "schools",
        "agency",
        false,
        "School changes in the first month of care fell from 41 to 33 of every hundred this year; the district sent its own count.",
    ),
];

/// Name, day, who, the comment it answers, words.
const ANSWERS: &[(&str, i64, &str, &str, &str)] = &[
    (
        "comment_9",
        43,
        "staff",
        "comment_own",
        "Thank you. I asked the court administrator, and the room is ours on the first Monday of each month.",
    ),
    ("comment_10", 46, "staff", "comment_2", "I will write this into the working agreement with the court."),
    ("comment_11", 49, "tribe", "comment_3", "Our office received both lists this week."),
    ("comment_12", 62, "director", "comment_4", "Thank you for telling us. We set our own chairs the same way at the last session."),
    ("comment_13", 78, "staff", "comment_6", "Would they like a standing time? The clinic can hold three places."),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (name, day, who, record, audience, as_body, words) in ON_PARTNERS {
        life.day(*day, 16);
        add(life, name, who, record, audience, *as_body, words).await?;
    }
    for (name, day, who, to, words) in ANSWERS {
        life.day(*day, 17);
        answer(life, name, who, to, words).await?;
    }
    edits(life).await?;
    moderation(life).await
}

async fn add(life: &mut Life, name: &str, who: &str, record: &str, audience: &str, as_body: bool, words: &str) -> Result<(), DemoError> {
    let about = life.id(record)?;
    let said_as = if as_body { "yes" } else { "" };
    let fields = [("comment", words), ("comment_audience", audience), ("comment_as", said_as)];
    let made = life.post(who, &format!("/cedar-river/comments/{about}"), &fields).await?;
    remember(life, name, &about, &made);
    Ok(())
}

async fn answer(life: &mut Life, name: &str, who: &str, to: &str, words: &str) -> Result<(), DemoError> {
    let (parent, about) = (life.id(to)?, life.id(&format!("{to}_about"))?);
    let made = life.post(who, &format!("/cedar-river/comments/{about}"), &[("comment", words), ("reply_to", &parent)]).await?;
    remember(life, name, &about, &made);
    Ok(())
}

/// A comment has no page of its own: its id follows the mark in the address of its record's page.
fn remember(life: &mut Life, name: &str, about: &str, made: &str) {
    let id = made.rsplit("#comment-").next().unwrap_or_default().to_owned();
    life.note(name, &id);
    life.note(&format!("{name}_about"), about);
}

async fn edits(life: &mut Life) -> Result<(), DemoError> {
    life.day(64, 9);
    let id = life.id("comment_4")?;
    let words = "I came to this group before I ever spoke with the county. They keep a seat for new people near the door, so you can leave without anyone asking. Somebody always walks out with you.";
    let fields = [("comment", words), ("comment_audience", "agency"), ("version", "1")];
    life.post("parent", &format!("/cedar-river/comments/{id}/words"), &fields).await?;
    life.day(152, 9);
    let id = life.id("comment_8")?;
    let words = "School changes in the first month of care fell from 41 to 34 of every hundred this year; the district sent its own count, and I corrected the second number.";
    let fields = [("comment", words), ("comment_audience", "agency"), ("version", "1")];
    life.post("analyst", &format!("/cedar-river/comments/{id}/words"), &fields).await?;
    life.day(133, 20);
    let id = life.id("comment_withdrawn")?;
    life.post("parent", &format!("/cedar-river/comments/{id}/withdrawal"), &[]).await?;
    Ok(())
}

async fn moderation(life: &mut Life) -> Result<(), DemoError> {
    for (name, day, passage, reason) in [
        (
            "comment_hidden",
            105,
            "",
            "It names a corner at which one family can be recognized. The point about the officers was taken up with the sheriff.",
        ),
        ("comment_asked", 119, "the flat above the bakery", "In a town this size that is one family’s address."),
    ] {
        life.day(day, 10);
        let id = life.id(name)?;
        let fields = [("because", "identifying"), ("passage", passage), ("reason", reason)];
        life.post("staff", &format!("/cedar-river/comments/{id}/moderation"), &fields).await?;
    }
    life.day(121, 19);
    let id = life.id("comment_asked")?;
    life.post("parent", &format!("/cedar-river/comments/{id}/second-look/request"), &[]).await?;
    Ok(())
}
