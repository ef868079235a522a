//! What was done about the barriers: four plans, what each side brings, and how far they are.

use super::{DemoError, Life};

type Plan = (i64, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

/// Day, name, purpose, barriers, goal, what it needs.
const PLANS: &[Plan] = &[
    (
        109,
        "Kin first: a call on the first day",
        "Before a child sleeps under a strange roof, somebody who knows the family has asked who could take them in. Relatives get one number, one person and the first payment in a week.",
        &["barrier_1", "barrier_5"],
        "goal_1",
        "A phone line in the evening, two hours a week of the Circle’s people, and a small fund for beds.",
    ),
    (
        111,
        "The same day: how we call a Tribe",
        "The person on duty asks about Tribal heritage at once and calls the Tribe’s office before the letter is written.",
        &["barrier_2"],
        "goal_4",
        "A new first page of the form; a number at each Tribe that is answered at night.",
    ),
    (
        156,
        "Letters that a family can read",
        "The nine letters that matter most, in Spanish and Hmong, in words that a tired person understands.",
        &["barrier_3"],
        "goal_2",
        "Translators, and readers from the community who are paid for their evening.",
    ),
    (
        232,
        "Saturday visits at school",
        "Brothers, sisters and parents meet where children already feel at home, at hours when people do not work.",
        &["barrier_4"],
        "goal_3",
        "Two classrooms, a caretaker, drivers.",
    ),
];

/// Plan, day, percent, note.
const PROGRESS: &[(usize, i64, &str, &str)] = &[
    (1, 125, "10", "The evening line has a number; three people of the Circle take turns."),
    (1, 168, "30", "First month: eleven calls, four children with kin on the first night."),
    (1, 224, "45", "The bed fund is open. Payments still take five weeks."),
    (1, 288, "60", "All three offices use the line."),
    (1, 341, "65", "Waivers are offered in writing. The payment still takes four weeks."),
    (2, 120, "15", "The new first page is drafted with Tall Pine."),
    (2, 176, "50", "The page is in use in two offices; the night number works."),
    (2, 230, "80", "In use everywhere."),
    (2, 270, "100", "Three months without a missed call."),
    (3, 172, "20", "Two letters done and checked by readers of San Miguel."),
    (3, 246, "45", "Four letters. Hmong waits for a second reader."),
    (3, 322, "60", "Six letters. The plan form itself is next."),
    (4, 250, "10", "The school board said yes for one year."),
    (4, 309, "25", "First Saturday: six families came."),
];

/// Plan, day, who brings it (an empty text: the agency), kind, what, what they gain.
const MEANS: &[(usize, i64, &str, &str, &str, &str)] = &[
    (1, 110, "", "money", "4,000 dollars a year for beds and car seats", "fewer moves, which cost more"),
    (1, 110, "kinship", "staff", "Somebody on the phone until ten at night", "relatives find the Circle before they are alone with it"),
    (2, 113, "tallpine", "staff", "An answered number at night", "they stand beside their child from the first hour"),
    (2, 113, "", "data", "The call log, read together each month", "an error is found in weeks, not years"),
    (3, 158, "sanmiguel", "staff", "Four readers", "families come to them less often with letters in hand"),
    (3, 158, "", "money", "Translation, and pay for readers", "plans that are understood are kept"),
    (4, 233, "schools", "space", "Two classrooms on Saturdays", "children who are calmer on Monday"),
];

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (number, (day, name, purpose, barriers, goal, needs)) in PLANS.iter().enumerate() {
        life.day(*day, 15);
        let mut fields = vec![("name", (*name).to_owned()), ("purpose", (*purpose).to_owned()), ("resources", (*needs).to_owned())];
        fields.push(("goal", life.id(goal)?));
        for barrier in *barriers {
            fields.push(("barriers", life.id(barrier)?));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let made = life.post("staff", "/cedar-river/plans", &fields).await?;
        life.name(&format!("plan_{}", number + 1), &made);
    }
    for (number, day, partner, kind, what, gain) in MEANS {
        life.day(*day, 16);
        let path = format!("/cedar-river/plans/{}/means", life.id(&format!("plan_{number}"))?);
        let partner = if partner.is_empty() { String::new() } else { life.id(partner)? };
        life.post("staff", &path, &[("partner", &partner), ("kind", kind), ("what", what), ("gain", gain)]).await?;
    }
    for (number, day, percent, note) in PROGRESS {
        life.day(*day, 14);
        let path = format!("/cedar-river/plans/{}/progress", life.id(&format!("plan_{number}"))?);
        life.post("staff", &path, &[("percent", percent), ("note", note)]).await?;
    }
    life.day(275, 15);
    let path = format!("/cedar-river/plans/{}/state", life.id("plan_2")?);
    let outcome = "A Tribe is called on the same day. In the three months since, no call was missed, and two children stayed with kin of their Tribe on the first night.";
    life.post("director", &path, &[("state", "done"), ("outcome", outcome), ("version", "1")]).await?;
    let open = life.id("plan_4")?;
    life.note("plan_open", &open);
    life.note("plan_open_version", "1");
    let page = life.get("staff", &format!("/cedar-river/plans/{open}/means")).await?;
    let means = page.split("/means/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    life.note("plan_open_means", &means);
    Ok(())
}
