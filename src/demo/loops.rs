//! What partners raised through the year and what came of it: answered and closed by those who raised it, answered and
//! waiting, open, late, reopened, and one "not possible" with its reason.

use super::{DemoError, Life, members};
use crate::accounts;
use chrono::Duration;

/// What was raised: its name here, the day, who, the kind, who may read it, the record it came from, the words.
struct Raised(&'static str, i64, &'static str, &'static str, &'static str, &'static str, &'static str);

/// An answer: what was raised, the day, who answers, what, in what words, why not, and within how many days it will be done.
struct Answered(&'static str, i64, &'static str, &'static str, &'static str, &'static str, i64);

const RAISED: &[Raised] = &[
    Raised(
        "loop_1",
        38,
        "partner",
        "question",
        "agency",
        "",
        "Who do we call in the evening when a grandmother in our circle is asked to take children in the same night? The number on the leaflet is only answered until five.",
    ),
    Raised(
        "loop_2",
        45,
        "tribe",
        "concern",
        "agency",
        "court",
        "We hear of a hearing on the day itself. Our court office needs the notice when counsel gets it, not after.",
    ),
    Raised(
        "loop_3",
        52,
        "parent",
        "question",
        "agency",
        "",
        "Why do I have to tell the same story at every new desk? Is there one paper that could go ahead of me?",
    ),
    Raised(
        "loop_4",
        70,
        "partner",
        "idea",
        "partnership",
        "",
        "Let a relative who has already gone through it sit beside the next family at the first meeting. We know nine people who would.",
    ),
    Raised(
        "loop_5",
        88,
        "partner",
        "concern",
        "agency",
        "clinic",
        "The clinic’s form asks for a fixed address. Families who stay with kin for a while leave it empty, and then nobody calls them back.",
    ),
    Raised(
        "loop_6",
        101,
        "tribe",
        "question",
        "leadership",
        "",
        "Who at the county keeps the list of our families who asked to be told about Tribal services, and who checks it?",
    ),
    Raised("loop_7", 115, "parent", "idea", "partnership", "", "Put the bus times on the invitation. The last bus leaves at 8:10."),
    Raised(
        "loop_8",
        127,
        "partner",
        "question",
        "partnership",
        "housing",
        "Can a kinship family be put on the housing list before the home study is finished? Six weeks are lost each time.",
    ),
    Raised("loop_not_possible", 142, "partner", "idea", "agency", "", "Pay relatives from the first night, as resource families are paid."),
    Raised(
        "loop_10",
        158,
        "tribe",
        "concern",
        "agency",
        "",
        "Two of our homes were visited for a license although the Tribe had licensed them. Leave that to us.",
    ),
    Raised(
        "loop_11",
        171,
        "partner",
        "question",
        "partnership",
        "",
        "What became of the list of relatives we helped to write in spring? We were told that it would be used.",
    ),
    Raised(
        "loop_12",
        185,
        "parent",
        "concern",
        "leadership",
        "",
        "At the last review everyone around the table had a name card, and mine said “mother”. I have a name too.",
    ),
    Raised(
        "loop_13",
        203,
        "partner",
        "idea",
        "agency",
        "schools",
        "Let the school keep a child’s place for ten days while kin are being looked for, so that nobody changes school twice.",
    ),
    Raised(
        "loop_14",
        219,
        "partner",
        "question",
        "partnership",
        "goal_1",
        "How many of this year’s first placements were with relatives? We would like to see the number each quarter, also when it is low.",
    ),
    Raised(
        "loop_15",
        236,
        "tribe",
        "idea",
        "partnership",
        "",
        "Hold one session a year at our longhouse, on our invitation and by our rules of speaking.",
    ),
    Raised(
        "loop_16",
        251,
        "parent",
        "question",
        "agency",
        "",
        "Can the support person who sits with me at sessions be paid for the evening as well? She drives forty minutes.",
    ),
    Raised(
        "loop_17",
        262,
        "partner",
        "concern",
        "agency",
        "barrier_4",
        "The visits room has no table at which one could eat together. Families sit in a row, like at the dentist.",
    ),
    Raised(
        "loop_answered",
        296,
        "partner",
        "concern",
        "agency",
        "barrier_3",
        "The consent card is in English only. Two grandmothers signed last month without having read it.",
    ),
    Raised(
        "loop_19",
        304,
        "tribe",
        "question",
        "agency",
        "barrier_2",
        "When will the written agreement on notice to Tribes be on the council’s table? We were told autumn.",
    ),
    Raised(
        "loop_20",
        318,
        "parent",
        "idea",
        "agency",
        "",
        "A short film in which a parent walks through the building would have taken away half of my fear.",
    ),
    Raised(
        "loop_late",
        322,
        "partner",
        "question",
        "partnership",
        "plan_1",
        "Are the new rules on calling relatives within three days in force on weekends too?",
    ),
    Raised(
        "loop_in_review",
        333,
        "tribe",
        "question",
        "agency",
        "",
        "May our own worker be in the room at the first visit in every home of our families?",
    ),
    Raised(
        "loop_acknowledged",
        349,
        "partner",
        "concern",
        "agency",
        "",
        "Three of our members wait since August for the mileage of the summer sessions.",
    ),
    Raised(
        "loop_late_unread",
        354,
        "partner",
        "question",
        "leadership",
        "",
        "Who signs for the county when the kinship agreement is renewed in January?",
    ),
    Raised(
        "loop_raised",
        362,
        "partner",
        "question",
        "agency",
        "",
        "Could the next session be at the library on the east side? Four families have said that they would come there.",
    ),
    Raised("loop_withdrawn", 180, "parent", "concern", "agency", "", "The waiting room camera is pointed at the chairs where people cry."),
];

const ANSWERED: &[Answered] = &[
    Answered(
        "loop_1",
        49,
        "staff",
        "done",
        "The on-call supervisor’s number is now on the leaflet and is answered day and night. We called it twice at 2 am to be sure.",
        "",
        0,
    ),
    Answered(
        "loop_2",
        61,
        "director",
        "done",
        "The clerk sends both lists on the same morning since last week. If one is late, call me: my number is with your court office.",
        "",
        0,
    ),
    Answered(
        "loop_3",
        77,
        "staff",
        "will",
        "We are making one page that you fill in once, keep, and hand over if you want to. Two parents are writing it with us.",
        "",
        60,
    ),
    Answered(
        "loop_4",
        92,
        "director",
        "done",
        "Four relatives started in the pilot with pay for their time. The first meeting form now asks each family whether they want one.",
        "",
        0,
    ),
    Answered("loop_5", 104, "staff", "done", "The clinic changed the form: “where can we reach you this month?” stands first now.", "", 0),
    Answered(
        "loop_6",
        118,
        "director",
        "will",
        "Nobody checked it. From the first of the month your office gets the list every week, and Marcus Tellwell answers for it.",
        "",
        20,
    ),
    Answered("loop_7", 119, "staff", "done", "Bus times are on the invitation, and sessions end at 7:45.", "", 0),
    Answered(
        "loop_8",
        150,
        "staff",
        "will",
        "The housing authority agreed to take a letter from us in place of the finished study, at first for one year.",
        "",
        45,
    ),
    Answered(
        "loop_not_possible",
        160,
        "staff",
        "not_possible",
        "We asked the state in writing. What we can do from the first night is food, bedding, a car seat and a call the next morning, and we do.",
        "State law ties the payment to a license, and the county may not pay it from its own means. The state’s answer is attached to the plan; the law is before the legislature in spring.",
        0,
    ),
    Answered(
        "loop_10",
        169,
        "director",
        "done",
        "You are right, and I told the licensing unit so in writing. A home with the Tribe’s license is not visited for ours.",
        "",
        0,
    ),
    Answered(
        "loop_11",
        190,
        "staff",
        "done",
        "It was used in eleven placements, and lay in a drawer for two months before that. It is now the first page of the intake folder.",
        "",
        0,
    ),
    Answered(
        "loop_12",
        192,
        "director",
        "done",
        "I am ashamed of that card. Name cards now carry what each person asks to be called, and I ask at the door myself.",
        "",
        0,
    ),
    Answered(
        "loop_13",
        226,
        "staff",
        "will",
        "The district agreed in principle. The superintendent wants to see it written; we bring the text to the meeting in spring and send it to you before.",
        "",
        150,
    ),
    Answered(
        "loop_14",
        233,
        "staff",
        "done",
        "31 of every hundred last year, 38 this quarter. The number is on the goal’s page and is updated each quarter, also when it falls.",
        "",
        0,
    ),
    Answered(
        "loop_15",
        250,
        "director",
        "will",
        "Gladly, and by your rules. We come as guests and bring no forms; what may be written down, the Tribe says on the day.",
        "",
        130,
    ),
    Answered(
        "loop_16",
        264,
        "staff",
        "done",
        "Yes: support persons are paid the same hourly rate and the way there. The last two evenings were paid last week.",
        "",
        0,
    ),
    Answered(
        "loop_17",
        281,
        "staff",
        "will",
        "The room gets a table and a small kitchen counter. Your circle is asked to choose it with us.",
        "",
        110,
    ),
    Answered(
        "loop_answered",
        312,
        "staff",
        "done",
        "The card is printed in Spanish and Hmong now, and facilitators read it aloud first. The two cards from last month were set aside and asked again.",
        "",
        0,
    ),
    Answered(
        "loop_19",
        321,
        "director",
        "will",
        "The text is with county counsel. I bring it to your council myself, finished or not, and say what is still open.",
        "",
        60,
    ),
    Answered(
        "loop_20",
        341,
        "staff",
        "done",
        "Filmed in November with two parents who were paid for it. It is five minutes long, and the link is in every invitation.",
        "",
        0,
    ),
];

/// Closed by those who raised it: what, when, who.
const CLOSED: &[(&str, i64, &str)] = &[
    ("loop_1", 53, "partner"),
    ("loop_2", 66, "tribe"),
    ("loop_4", 99, "partner"),
    ("loop_5", 110, "partner"),
    ("loop_7", 122, "parent"),
    ("loop_10", 175, "tribe"),
    ("loop_12", 199, "parent"),
    ("loop_14", 240, "partner"),
    ("loop_16", 266, "parent"),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for raised in RAISED {
        raise(life, raised).await?;
    }
    for answered in ANSWERED {
        answer(life, answered).await?;
    }
    for (name, day, who) in CLOSED {
        life.day(*day, 19);
        step(life, who, name, "closure", &[]).await?;
    }
    director_lets_one_go(life).await?;
    one_is_reopened(life).await?;
    what_is_open(life).await?;
    one_raiser_leaves(life).await
}

async fn raise(life: &mut Life, Raised(name, day, who, kind, audience, from, words): &Raised) -> Result<(), DemoError> {
    life.day(*day, 18);
    let from = if from.is_empty() { String::new() } else { life.id(from)? };
    let fields = [("kind", *kind), ("audience", *audience), ("words", *words), ("from", &from)];
    let made = life.post(who, "/cedar-river/loops", &fields).await?;
    life.name(name, &made);
    life.note(&format!("{name}_version"), "1");
    Ok(())
}

/// Somebody does something to a loop; its version is counted along.
async fn step(life: &mut Life, who: &str, name: &str, what: &str, fields: &[(&str, &str)]) -> Result<(), DemoError> {
    let (id, version) = (life.id(name)?, life.id(&format!("{name}_version"))?);
    let mut all = fields.to_vec();
    all.push(("version", &version));
    life.post(who, &format!("/cedar-river/loops/{id}/{what}"), &all).await?;
    let next = version.parse::<i32>().map_or(1, |version| version + 1).to_string();
    life.note(&format!("{name}_version"), &next);
    Ok(())
}

async fn answer(life: &mut Life, Answered(name, day, who, answer, words, reason, days): &Answered) -> Result<(), DemoError> {
    let raised = RAISED.iter().find(|one| one.0 == *name).map_or(*day, |one| one.1);
    life.day((raised + 3).min(*day), 9);
    step(life, who, name, "acknowledgement", &[]).await?;
    life.day(*day, 15);
    let due = if *days > 0 { life.date(*days) } else { String::new() };
    let fields = [("answer", *answer), ("answer_words", *words), ("reason", *reason), ("due", &due)];
    step(life, who, name, "answer", &fields).await
}

async fn director_lets_one_go(life: &mut Life) -> Result<(), DemoError> {
    life.day(163, 8);
    step(life, "director", "loop_not_possible", "review", &[("decision", "release")]).await?;
    life.day(340, 9);
    step(life, "staff", "loop_in_review", "acknowledgement", &[]).await?;
    life.day(363, 15);
    let due = life.date(40);
    let words = "Yes. The unit asks your office for a time before the first visit, and goes alone only if a child is in danger that same hour. We write this into the agreement.";
    step(life, "staff", "loop_in_review", "answer", &[("answer", "will"), ("answer_words", words), ("due", &due)]).await
}

async fn one_is_reopened(life: &mut Life) -> Result<(), DemoError> {
    life.day(352, 20);
    let why = "The link leads to a page that asks for a password, and on my telephone the film does not start.";
    step(life, "parent", "loop_20", "closure/delete", &[("why", why)]).await?;
    life.day(353, 9);
    step(life, "staff", "loop_20", "acknowledgement", &[]).await
}

async fn what_is_open(life: &mut Life) -> Result<(), DemoError> {
    life.day(184, 9);
    step(life, "parent", "loop_withdrawn", "withdrawal", &[]).await?;
    life.day(326, 9);
    step(life, "staff", "loop_late", "acknowledgement", &[]).await?;
    life.day(351, 9);
    step(life, "staff", "loop_acknowledged", "acknowledgement", &[]).await
}

/// A member of the Kinship Circle asks, moves away, and leaves a question for which the circle names no heir yet.
async fn one_raiser_leaves(life: &mut Life) -> Result<(), DemoError> {
    life.day(270, 17);
    let made =
        life.post("partner", "/cedar-river/members/admissions", &[("name", "Odile Marchetti"), ("email", "odile@demo.example")]).await?;
    let member = life.name("kinship_left", made.trim_end_matches("/invitation"));
    members::comes_in(life, "partner", &made, "Odile Marchetti").await?;
    let token = accounts::begin_session_of(&life.app.db, "odile@demo.example", Duration::days(300))
        .await
        .map_err(|error| DemoError::Stopped(error.to_string()))?;
    life.person("odile", &token);
    let words = "Who tells a grandparent which papers the school wants before the first day? We found out at the door.";
    raise(life, &Raised("loop_left", 290, "odile", "question", "agency", "", words)).await?;
    life.day(299, 9);
    step(life, "staff", "loop_left", "acknowledgement", &[]).await?;
    life.day(310, 17);
    life.post("partner", &format!("/cedar-river/members/{member}/ending"), &[("version", "2")]).await?;
    Ok(())
}
