//! What the county and its partners want to reach together: four goals, measured over the year, one of them falling behind.

use super::{DemoError, Life};

struct Goal {
    day: i64,
    text: &'static str,
    indicator: &'static str,
    unit: &'static str,
    baseline: &'static str,
    target: &'static str,
    owner: &'static str,
    partner: &'static str,
    barriers: &'static [&'static str],
    source: &'static str,
    /// Days of the year with their values.
    values: &'static [(i64, &'static str)],
    story: &'static str,
}

const GOALS: &[Goal] = &[
    Goal {
        day: 104,
        text: "Children who cannot stay at home live with their own kin",
        indicator: "Children in care who live with kin",
        unit: "percent",
        baseline: "31",
        target: "50",
        owner: "staff",
        partner: "kinship",
        barriers: &["barrier_1", "barrier_5"],
        source: "Placement report of the month",
        values: &[
            (30, "31.4"),
            (58, "31"),
            (89, "30.2"),
            (119, "31.8"),
            (150, "33"),
            (180, "34.6"),
            (211, "35.1"),
            (242, "37.5"),
            (272, "38.2"),
            (303, "40.1"),
            (333, "41.6"),
            (360, "42.3"),
        ],
        story: "Since the relative search begins on the first day, and somebody of the Kinship Circle is on the phone, three more families in ten say yes at the first call. What holds us back are home rules that were written for strangers. Grandparents say that the money comes six weeks late; that is not in the curve, and it should be.",
    },
    Goal {
        day: 131,
        text: "Families hear from us in the language they speak at home",
        indicator: "Letters and plans sent in the family’s language",
        unit: "percent",
        baseline: "22",
        target: "90",
        owner: "facilitator",
        partner: "sanmiguel",
        barriers: &["barrier_3"],
        source: "Count of letters, quarter sample",
        values: &[(120, "22"), (151, "24"), (182, "31"), (212, "38"), (243, "41"), (273, "55"), (304, "61"), (334, "64"), (361, "68")],
        story: "Two letters were translated first, those that families asked about most. The curve jumped when San Miguel’s readers began to check them. Hmong is still at one letter in ten.",
    },
    Goal {
        day: 142,
        text: "Brothers and sisters who live apart see each other every week",
        indicator: "Sibling visits held, of those planned",
        unit: "percent",
        baseline: "71",
        target: "95",
        owner: "staff",
        partner: "foster",
        barriers: &["barrier_4"],
        source: "Visit log",
        values: &[
            (45, "71"),
            (75, "72"),
            (105, "70.5"),
            (136, "70"),
            (166, "68"),
            (197, "66.5"),
            (227, "64"),
            (258, "65"),
            (288, "62"),
            (319, "60.5"),
            (349, "58"),
        ],
        story: "It goes the wrong way, and we say so. Two drivers left in summer and the visiting room moved across town. Resource families drive when they can. The classrooms on Saturdays have only begun.",
    },
    Goal {
        day: 92,
        text: "A Tribe knows on the same day that a child of theirs may come into care",
        indicator: "Days from the first report to the call to the Tribe, middle value",
        unit: "days",
        baseline: "6",
        target: "0",
        owner: "director",
        partner: "tallpine",
        barriers: &["barrier_2"],
        source: "Call log, read with Tall Pine’s office",
        values: &[
            (90, "6"),
            (120, "5.5"),
            (150, "5"),
            (181, "4"),
            (211, "3"),
            (242, "2"),
            (272, "1"),
            (303, "1"),
            (333, "0.5"),
            (362, "0.5"),
        ],
        story: "The question moved to the second place on the form, and the person on duty calls before the letter is written. Tall Pine’s office reads the log with us each month.",
    },
];

/// Who, day, goal, version, word, note.
const WORDS: &[(&str, i64, usize, &str, &str, &str)] = &[
    ("partner", 112, 1, "1", "agreed", "We agree, and we will be on the phone on the first day."),
    ("tribe", 118, 1, "1", "agreed", ""),
    ("parent", 121, 1, "1", "agreed", "My aunt was two streets away. Ask."),
    ("director", 124, 1, "1", "agreed", ""),
    ("partner", 140, 2, "1", "agreed", ""),
    ("director", 141, 2, "1", "agreed", ""),
    (
        "tribe",
        158,
        3,
        "1",
        "not_agreed",
        "Each week is right. But siblings of two Tribes need both Tribes at the table when the plan is made, and the goal does not say so.",
    ),
    ("partner", 160, 3, "1", "agreed", "Write down the rides too, or it will not happen."),
    ("tribe", 99, 4, "1", "not_agreed", "Within three days is not the same day. A government is called, not written to."),
    ("tribe", 115, 4, "2", "agreed", "The council read this version on its spring session and agrees."),
    ("director", 116, 4, "2", "agreed", ""),
    ("partner", 126, 4, "2", "agreed", ""),
];

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (number, goal) in GOALS.iter().enumerate() {
        let path = add(life, number, goal).await?;
        for (day, value) in goal.values {
            life.day((*day).max(goal.day) + 2, 9);
            let on_day = life.date_of(*day);
            life.post("staff", &format!("{path}/values"), &[("on_day", &on_day), ("value", value), ("source", goal.source)]).await?;
        }
        life.day(351, 14);
        life.post("staff", &format!("{path}/story"), &[("story", goal.story), ("version", "1")]).await?;
    }
    words(life).await?;
    let open = life.id("goal_2")?;
    life.note("goal_open", &open);
    life.note("goal_open_version", "1");
    life.note("goal_open_story", "2");
    let day = life.date_of(361);
    life.note("goal_open_day", &day);
    Ok(())
}

async fn add(life: &mut Life, number: usize, goal: &Goal) -> Result<String, DemoError> {
    life.day(goal.day, 15);
    let fields = entry(life, number, goal, "")?;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = life.post("staff", "/cedar-river/goals", &fields).await?;
    life.name(&format!("goal_{}", number + 1), &made);
    Ok(made)
}

/// The form of a goal; with `version`, that of its second version.
fn entry(life: &Life, number: usize, goal: &Goal, version: &str) -> Result<Vec<(&'static str, String)>, DemoError> {
    let text = match (number, version) {
        (3, "") => "A Tribe knows within three days that a child of theirs may come into care",
        _ => goal.text,
    };
    let target = if number == 0 && !version.is_empty() { "55" } else { goal.target };
    let mut fields = vec![
        ("text", text.to_owned()),
        ("indicator", goal.indicator.to_owned()),
        ("unit", goal.unit.to_owned()),
        ("baseline", goal.baseline.to_owned()),
        ("baseline_on", life.date_of(0)),
        ("target", target.to_owned()),
        ("target_on", life.date_of(760)),
        ("owner", life.id(goal.owner)?),
        ("partner_owner", life.id(goal.partner)?),
        ("version", version.to_owned()),
    ];
    for barrier in goal.barriers {
        fields.push(("barriers", life.id(barrier)?));
    }
    Ok(fields)
}

/// Words on versions, a second version where one was not agreed to, and what is in force.
async fn words(life: &mut Life) -> Result<(), DemoError> {
    let mut order: Vec<_> = WORDS.iter().collect();
    order.sort_by_key(|word| word.1);
    for (who, day, number, version, word, note) in order {
        if *number == 4 && *version == "2" && *who == "tribe" {
            second_version(life, 108, 3).await?;
        }
        life.day(*day, 17);
        let path = format!("/cedar-river/goals/{}/agreement", life.id(&format!("goal_{number}"))?);
        life.post(who, &path, &[("word", word), ("note", note), ("version", version)]).await?;
    }
    for (number, day, version) in [(1, 130, "1"), (2, 146, "1"), (4, 128, "2")] {
        life.day(day, 15);
        let path = format!("/cedar-river/goals/{}/state", life.id(&format!("goal_{number}"))?);
        life.post("staff", &path, &[("state", "in_force"), ("version", version)]).await?;
    }
    second_version(life, 345, 0).await
}

async fn second_version(life: &mut Life, day: i64, number: usize) -> Result<(), DemoError> {
    life.day(day, 15);
    let path = format!("/cedar-river/goals/{}", life.id(&format!("goal_{}", number + 1))?);
    let fields = entry(life, number, &GOALS[number], "1")?;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    life.post("staff", &path, &fields).await?;
    Ok(())
}
