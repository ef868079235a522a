//! Who promised what to whom this year, in both directions: kept, late, waiting for a word, returned, handed to a delegate.

use super::{DemoError, Life};

/// A promise through the year.
struct Made {
    /// Who writes it down, and on what day.
    by: (&'static str, i64),
    /// Who promises, to whom.
    from: &'static str,
    to: &'static str,
    plan: &'static str,
    due: i64,
    what: &'static str,
    /// Who is asked to carry it and says yes a day later, from what day, why.
    delegate: Option<(&'static str, i64, &'static str)>,
    /// The day of the report, and what shows it.
    done: Option<(i64, &'static str)>,
    /// Whose word, on what day, which, with what note.
    word: Option<(&'static str, i64, &'static str, &'static str)>,
}

const fn made(by: (&'static str, i64), from: &'static str, to: &'static str, due: i64, what: &'static str) -> Made {
    Made { by, from, to, plan: "", due, what, delegate: None, done: None, word: None }
}

impl Made {
    const fn step(mut self, plan: &'static str) -> Self {
        self.plan = plan;
        self
    }

    const fn carried(mut self, who: &'static str, day: i64, why: &'static str) -> Self {
        self.delegate = Some((who, day, why));
        self
    }

    const fn done(mut self, day: i64, shown: &'static str) -> Self {
        self.done = Some((day, shown));
        self
    }

    const fn word(mut self, who: &'static str, day: i64, word: &'static str, note: &'static str) -> Self {
        self.word = Some((who, day, word, note));
        self
    }
}

/// Whoever is asked later than on this day has not answered by the end of the year.
const LAST_ANSWERED: i64 = 350;

const ALL: &[Made] = &[
    // The director’s own.
    made(("director", 33), "director", "tallpine", 60, "Come to the council’s open evening and listen, without a program")
        .done(59, "I was there on the evening of the 12th, from six to nine.")
        .word("tribe", 66, "kept", "She came alone and stayed to the end."),
    made(("director", 74), "director", "kinship", 100, "Pay for child care at every evening session")
        .done(98, "The contract with the day care on Elm Street is signed; the first evening is paid.")
        .word("partner", 104, "kept", ""),
    made(("director", 118), "director", "tallpine", 330, "Send the placement numbers by Tribe, after the Tribe has seen them first")
        .carried("facilitator", 255, "The numbers come from her unit; I answer for the day."),
    made(("director", 160), "director", "court", 205, "Sit with the presiding judge each month, whatever else is due")
        .carried("staff", 181, "I am at the state capital in July and August.")
        .done(204, "Six meetings, with notes at both offices."),
    made(("director", 226), "director", "kinship", 372, "Bring the late kin payments before the county board"),
    made(("director", 290), "director", "parent", 340, "Answer in writing what became of the idea for a family room")
        .done(338, "The letter went out, with the drawing of the room.")
        .word("parent", 343, "returned", "The letter says what you want. It does not say by when."),
    // Kin first.
    made(("staff", 110), "staff", "kinship", 124, "Open an evening line with one number")
        .step("plan_1")
        .done(123, "555 0161 answers from five to ten; the card with the number lies in every office.")
        .word("partner", 128, "kept", "We called it twice. Somebody answered."),
    made(("partner", 110), "kinship", "staff", 130, "Name three people who take turns on the evening line")
        .step("plan_1")
        .done(126, "Three names and their evenings, on the wall of the line’s room.")
        .word("staff", 127, "kept", ""),
    made(("staff", 116), "staff", "kinship", 200, "Train every new worker on the relative search with somebody of the Circle")
        .step("plan_1")
        .done(196, "Two mornings in June, nineteen workers; the Circle’s people led the second half.")
        .word("partner", 199, "kept", "They let us lead."),
    made(("staff", 170), "facilitator", "kinship", 300, "Bring the first payment to relatives down to one week")
        .step("plan_1")
        .done(298, "Payments now leave after the second signature.")
        .word("partner", 306, "returned", "It was four weeks for the family that asked us on Friday."),
    made(("staff", 172), "staff", "foster", 352, "Offer every waiver of a home rule in writing, together with the refusal").step("plan_1"),
    made(("partner", 172), "kinship", "facilitator", 260, "Write a page for grandparents: what to ask on the first day")
        .step("plan_1")
        .done(250, "The page is printed, in English and Spanish.")
        .word("facilitator", 252, "kept", "It hangs in all three offices."),
    // The same day.
    made(("staff", 112), "staff", "tallpine", 140, "Put the question about Tribal heritage on the first page")
        .step("plan_2")
        .done(138, "The new form is in use since Monday; a copy is attached to the notes of our meeting.")
        .word("tribe", 145, "kept", ""),
    made(("tribe", 113), "tallpine", "director", 135, "Give the county a number that is answered at night")
        .step("plan_2")
        .done(130, "The number is answered by the office on duty.")
        .word("director", 131, "kept", "I called it at two in the morning. Thank you for answering."),
    made(("director", 120), "director", "tallpine", 180, "Read the call log with the Tribe’s office each month")
        .step("plan_2")
        .done(179, "Read on the first Tuesday, two months in a row.")
        .word("tribe", 188, "kept", "The second reading found the missed call before we asked."),
    made(("staff", 150), "facilitator", "stonebend", 240, "Give Stone Bend the same same-day call as Tall Pine")
        .step("plan_2")
        .done(236, "Stone Bend’s office has been called four times since spring."),
    // Letters.
    made(("staff", 158), "facilitator", "sanmiguel", 190, "Have the two letters that families ask about most translated first")
        .step("plan_3")
        .done(188, "Both letters are in use; the readers’ marks are kept."),
    made(("staff", 159), "sanmiguel", "facilitator", 195, "Find four readers who check each letter").step("plan_3"),
    made(("staff", 205), "staff", "hmong", 355, "Have the plan form itself in Hmong, checked by two readers").step("plan_3"),
    made(("staff", 207), "staff", "parents", 398, "Send every letter with the name of a person to call").step("plan_3").carried(
        "facilitator",
        355,
        "She writes the last lines of the letters already.",
    ),
    made(("staff", 247), "facilitator", "sanmiguel", 385, "Pay the readers within thirty days of each evening").step("plan_3"),
    // Saturdays.
    made(("staff", 233), "schools", "staff", 250, "Open two classrooms for visits on Saturdays").step("plan_4"),
    made(("staff", 234), "staff", "foster", 320, "Find two drivers for sibling visits").step("plan_4").carried(
        "facilitator",
        300,
        "She knows the volunteers’ list.",
    ),
    made(("staff", 238), "staff", "parents", 410, "Print the Saturday hours on every visiting plan").step("plan_4"),
    // By themselves, from sessions and talks.
    made(("staff", 47), "staff", "kinship", 61, "Send the notes of the first session to everyone who came")
        .done(58, "The notes went out on paper to eleven people.")
        .word("partner", 60, "kept", ""),
    made(("partner", 47), "kinship", "staff", 75, "Say which evenings suit families best")
        .done(70, "Tuesdays and Thursdays after half past five.")
        .word("staff", 71, "kept", ""),
    made(("staff", 88), "staff", "parent", 110, "Pay for the two evenings you helped us prepare")
        .done(104, "The payment left on the 3rd.")
        .word("parent", 107, "kept", "It came."),
    made(("parent", 90), "parent", "staff", 120, "Read the invitation before it goes out, and say where it sounds like a summons")
        .done(95, "I changed four sentences.")
        .word("staff", 96, "kept", ""),
    made(("staff", 135), "staff", "kinship", 150, "Put a list of rights for relatives in the lobby")
        .done(149, "The list hangs beside the door.")
        .word("partner", 155, "kept", ""),
    made(("staff", 144), "facilitator", "tallpine", 175, "Ask the Tribe’s office before a session touches Tribal children")
        .done(173, "Asked before the June session; the office came.")
        .word("tribe", 176, "kept", ""),
    made(("tribe", 186), "tallpine", "staff", 230, "Comment on the draft of the working agreement")
        .done(228, "Our comments are in the margin.")
        .word("staff", 229, "kept", ""),
    made(("staff", 215), "staff", "youth", 300, "Hold team meetings after school, where a young person asks for it"),
    made(("partner", 252), "kinship", "director", 345, "Bring two grandparents to the board’s spring meeting"),
    made(("staff", 268), "staff", "harvest", 310, "Tell the food bank a month ahead when a session is planned"),
    made(("staff", 312), "staff", "kinship", 350, "Send the summary of the October session for the Circle to correct")
        .done(347, "Sent on paper and by email to the Circle’s coordinator."),
    made(("staff", 328), "staff", "kinship", 379, "Show the Circle the new relative handbook before it is printed"),
    made(("staff", 345), "tallpine", "staff", 388, "Lend the council’s room for the January session"),
    made(("tribe", 330), "tallpine", "facilitator", 376, "Name somebody for the training on the first of the month"),
];

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (number, promise) in ALL.iter().enumerate() {
        let version = keep(life, number + 1, promise).await?;
        let number = number + 1;
        for (special, what) in [
            ("commitment_open", "Show the Circle the new relative handbook"),
            ("commitment_reported", "Send the summary of the October session"),
            ("commitment_late", "Send the placement numbers by Tribe"),
            ("commitment_returned", "Bring the first payment"),
            ("commitment_kept", "Send the notes of the first session"),
            ("commitment_theirs", "Bring two grandparents"),
            ("commitment_told", "Lend the council’s room"),
            ("commitment_asked", "Send every letter with the name"),
            ("commitment_drivers", "Find two drivers"),
        ] {
            if promise.what.starts_with(what) {
                let id = life.id(&format!("commitment_{number}"))?;
                life.note(special, &id);
                life.note(&format!("{special}_version"), &version.to_string());
            }
        }
    }
    Ok(())
}

/// One promise, from the day it was made to the word on it; answers its version at the end.
async fn keep(life: &mut Life, number: usize, promise: &Made) -> Result<i32, DemoError> {
    life.day(promise.by.1, 15);
    let (from, to, due) = (life.id(promise.from)?, life.id(promise.to)?, life.date_of(promise.due));
    let plan = if promise.plan.is_empty() { String::new() } else { life.id(promise.plan)? };
    let narrow = if matches!(number, 3 | 30) { "agency" } else { "partnership" };
    let fields =
        [("promised_by", &*from), ("promised_to", &to), ("what", promise.what), ("due_on", &due), ("plan", &plan), ("audience", narrow)];
    let made = life.post(promise.by.0, "/cedar-river/commitments", &fields).await?;
    life.name(&format!("commitment_{number}"), &made);
    let mut version = 1;
    if let Some((who, day, why)) = promise.delegate {
        life.day(day, 10);
        let delegate = life.id(who)?;
        let writer = promise.by.0;
        life.post(writer, &format!("{made}/delegate"), &[("delegate", &delegate), ("why", why), ("version", "1")]).await?;
        version += 1;
        if day < LAST_ANSWERED {
            life.day(day + 1, 9);
            life.post(who, &format!("{made}/delegation"), &[("word", "yes"), ("version", "2")]).await?;
            version += 1;
        }
    }
    if let Some((day, shown)) = promise.done {
        life.day(day, 11);
        let reporter = match promise.from {
            "kinship" => "partner",
            "tallpine" => "tribe",
            own => promise.delegate.map_or(own, |(who, _, _)| who),
        };
        life.post(reporter, &format!("{made}/report"), &[("evidence", shown), ("version", &version.to_string())]).await?;
        version += 1;
    }
    if promise.what.starts_with("Bring the first payment") {
        life.day(299, 11);
        let paid = "week,families,days until the first payment\n40,6,9\n41,4,8\n42,5,7\n";
        life.upload("staff", &format!("{made}/evidence"), ("file", "first-payments.csv"), paid).await?;
        let page = life.get("staff", &made).await?;
        let file = page.split("/cedar-river/commitments/evidence/").nth(1).and_then(|rest| rest.get(..36));
        life.note("evidence", file.ok_or_else(|| DemoError::Stopped("no file is attached".to_owned()))?);
    }
    if let Some((who, day, word, note)) = promise.word {
        life.day(day, 12);
        life.post(who, &format!("{made}/word"), &[("word", word), ("note", note), ("version", &version.to_string())]).await?;
        version += 1;
    }
    Ok(version)
}
