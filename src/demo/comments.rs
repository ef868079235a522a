//! What people said about records through the year: some edited, one taken back, one hidden with a reason.

use super::{DemoError, Life};

type OnRecord = (&'static str, i64, &'static str, &'static str, &'static str, bool, &'static str);

/// Name, day, who, record, who may read it, said for the body, words.
const ON_RECORDS: &[OnRecord] = &[
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
    (
        "comment_14",
        242,
        "partner",
        "barrier_1",
        "partnership",
        false,
        "It happened again last month, on a Sunday. The aunt’s number was on the refrigerator door.",
    ),
    (
        "comment_15",
        245,
        "director",
        "barrier_1",
        "partnership",
        false,
        "I asked for that Sunday to be looked at with the circle present. Thank you for not letting it pass.",
    ),
    (
        "comment_16",
        247,
        "tribe",
        "barrier_2",
        "partnership",
        true,
        "Tall Pine holds that notice is given when our office has it in hand, not when it is mailed.",
    ),
    (
        "comment_17",
        249,
        "staff",
        "barrier_2",
        "agency",
        false,
        "The new first page of the form asks for the hour of the call. Three of the last twenty were left empty.",
    ),
    (
        "comment_18",
        252,
        "parent",
        "barrier_3",
        "partnership",
        false,
        "My neighbor signed a visit plan that said “supervised”. Nobody had told her what that means.",
    ),
    (
        "comment_19",
        255,
        "partner",
        "barrier_4",
        "partnership",
        false,
        "Saturday works for most. For those who drive the early shift, Tuesday after seven would be better.",
    ),
    (
        "comment_20",
        257,
        "analyst",
        "goal_1",
        "agency",
        false,
        "The number moves slowly because children who came into care earlier still count. New placements alone stand at 44.",
    ),
    (
        "comment_21",
        259,
        "tribe",
        "goal_1",
        "partnership",
        false,
        "For our children the word “kin” follows our own custom. A clan aunt is an aunt.",
    ),
    (
        "comment_22",
        261,
        "director",
        "goal_1",
        "partnership",
        false,
        "Agreed. The definition in the text will say so in its next version, in your words.",
    ),
    (
        "comment_23",
        263,
        "parent",
        "goal_2",
        "partnership",
        false,
        "Could the letters also be read aloud over the telephone? Some of us read slowly in every language.",
    ),
    (
        "comment_24",
        265,
        "partner",
        "plan_1",
        "partnership",
        true,
        "The circle can answer the evening line on Mondays and Thursdays from spring on, with two people each time.",
    ),
    (
        "comment_25",
        268,
        "staff",
        "plan_1",
        "partnership",
        false,
        "The fund for beds paid for eleven beds so far. Most were delivered the same day.",
    ),
    (
        "comment_26",
        271,
        "tribe",
        "plan_2",
        "leadership",
        false,
        "Before we sign the form, our council wants to see who at the county holds the list of night numbers.",
    ),
    (
        "comment_27",
        273,
        "director",
        "plan_3",
        "agency",
        false,
        "Two of nine is not enough after half a year. I have asked for the third letter this month.",
    ),
    (
        "comment_28",
        276,
        "parent",
        "plan_4",
        "partnership",
        false,
        "At the school my boy showed me his desk. That never happened at the county building.",
    ),
    ("comment_29", 279, "partner", "plan_4", "body", false, "We should ask who drives on Saturdays when the volunteer is ill."),
    ("comment_30", 315, "staff", "loop_answered", "agency", false, "The printer has the Hmong text for a last reading by the association."),
    ("comment_31", 236, "partner", "loop_14", "partnership", false, "Good that it is shown when it falls, too."),
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
    (
        "comment_32",
        244,
        "staff",
        "comment_14",
        "We went through the log of that Sunday together on Wednesday. The call was not made; the unit now has a second person on weekends.",
    ),
    ("comment_33", 250, "director", "comment_16", "That is how we read the law, too. The form will say so."),
    ("comment_34", 254, "staff", "comment_18", "That word is gone from the new plan. It says who will be in the room, and why."),
    ("comment_35", 258, "staff", "comment_19", "The caretaker can stay until eight on Tuesdays from next month."),
    ("comment_36", 264, "staff", "comment_23", "Yes. The line for that opens with the third letter; the first readers are being trained."),
    ("comment_37", 267, "director", "comment_24", "Accepted with thanks, and paid as agreed."),
    ("comment_38", 278, "partner", "comment_28", "This is why we asked for the school."),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for one in ON_RECORDS {
        add(life, one).await?;
    }
    for (name, day, who, to, words) in ANSWERS {
        life.day(*day, 17);
        answer(life, name, who, to, words).await?;
    }
    edits(life).await?;
    moderation(life).await
}

async fn add(life: &mut Life, (name, day, who, record, audience, as_body, words): &OnRecord) -> Result<(), DemoError> {
    life.day(*day, 16);
    let about = life.id(record)?;
    let said_as = if *as_body { "yes" } else { "" };
    let fields = [("comment", *words), ("comment_audience", *audience), ("comment_as", said_as)];
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
    life.note("comment_history", &id);
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
