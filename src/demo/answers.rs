//! What came of a session, told to those who spoke there, and what one of them says of a promise. Names: "session_answer", and
//! "asked_answer" for the promise.

use super::{DemoError, Life, statements::find};

/// Those who spoke about visits are told what came of it: a plan, and a promise whose day is over.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(359, 15);
    let path = format!("/cedar-river/sessions/{}/answers", life.id("session_5")?);
    let told = [
        (
            "session_answer",
            "plan_4",
            "Visits on Saturdays at school have begun: six families came the first time. The rooms are for children, and the door stays open.",
            "",
        ),
        (
            "asked_answer",
            "commitment_drivers",
            "We said that two drivers would bring brothers and sisters to each other. We have found one so far, and this is late.",
            "yes",
        ),
    ];
    for (name, record, words, asks) in told {
        let record = life.id(record)?;
        life.post("facilitator", &path, &[("record", record.as_str()), ("words", words), ("language", "en"), ("asks", asks)]).await?;
        let page = life.get("facilitator", &path).await?;
        // The latest stands first.
        let id = page.split("/answers/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
        life.note(name, &id);
        life.day(360, 15);
    }
    let led = life.id(&find("session_5", "A visit in an office"))?;
    life.note("answered_statement", &led);
    life.day(361, 20);
    let token = life.id(&find("session_5", "Give the visit a purpose").replace("statement_", "later_"))?;
    let asked = life.id("asked_answer")?;
    life.bear(&token, &format!("/cedar-river/return/answers/{asked}"), &[("said", "missing")]).await?;
    Ok(())
}
