//! What partners raised through the year and what came of it: answered and closed by those who raised it, answered and
//! waiting, open, late, reopened, and one "not possible" with its reason.

use super::{
    DemoError, Life,
    answered::{ANSWERED, Answered, CLOSED},
    members,
    raised::{RAISED, Raised},
};
use crate::accounts;
use chrono::Duration;

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
    two_get_one_answer(life).await?;
    what_was_promised_is_done(life).await?;
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

/// Two people raise the same; each finds the one answer under their own question and closes their own.
async fn two_get_one_answer(life: &mut Life) -> Result<(), DemoError> {
    let both = [
        ("loop_bench", 205, "partner", "Nobody can sit in the hall before a hearing. Our grandmothers stand for an hour."),
        ("loop_hall", 207, "parent", "In the hall of the court there is one bench for all of us. Could there be more?"),
    ];
    for (name, day, who, words) in both {
        raise(life, &Raised(name, day, who, "concern", "agency", "", words)).await?;
    }
    life.day(216, 11);
    let (bench, hall) = (life.id("loop_bench")?, life.id("loop_hall")?);
    let words = "The court has put six benches into the hall, and a room with toys stands open on hearing days. We asked the clerk to tell us when they are full.";
    let fields = [("of", bench.as_str()), ("of", &hall), ("answer", "done"), ("answer_words", words)];
    life.post("staff", "/cedar-river/loops/together", &fields).await?;
    for (name, day, who, _) in both {
        life.day(day + 13, 19);
        step(life, who, name, "closure", &[]).await?;
    }
    Ok(())
}

/// Answers of "we will" are promises: two are kept by the word of those who asked, one is reported done and waits for it.
async fn what_was_promised_is_done(life: &mut Life) -> Result<(), DemoError> {
    for (name, day, who, shown, whose) in [
        ("loop_3", 134, "staff", "The page is printed; two families have used it at three desks.", "parent"),
        ("loop_6", 137, "director", "The list goes out every Monday; Marcus Tellwell signs it.", "tribe"),
        ("loop_8", 193, "staff", "The letter is in use: two families were put on the list with it.", ""),
    ] {
        let page = life.get(who, &format!("/cedar-river/loops/{}", life.id(name)?)).await?;
        let made = page.split("/cedar-river/commitments/").filter_map(|rest| rest.get(..36)).find(|id| id.matches('-').count() == 4);
        let id = made.ok_or_else(|| DemoError::Stopped(format!("{name} made no promise")))?.to_owned();
        life.note(&format!("{name}_promise"), &id);
        life.day(day, 10);
        let path = format!("/cedar-river/commitments/{id}");
        life.post(who, &format!("{path}/report"), &[("evidence", shown), ("version", "1")]).await?;
        if !whose.is_empty() {
            life.day(day + 4, 18);
            life.post(whose, &format!("{path}/word"), &[("word", "kept"), ("note", ""), ("version", "2")]).await?;
        }
    }
    Ok(())
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
