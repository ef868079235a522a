//! Who spoke in the listening sessions: their cards; and what the agency acknowledged, and what each room said together.

use super::{DemoError, Life};

const TALL_PINE_FIRST: &[&str] = &[
    "a member of the youth council, Tall Pine",
    "a young woman, Tall Pine",
    "a brother of three, Tall Pine",
    "a drummer, Tall Pine",
    "a college student, Tall Pine",
    "a young father, Tall Pine",
    "a runner, Tall Pine",
    "a sister, Tall Pine",
    "an apprentice carpenter, Tall Pine",
    "a cousin raised by an aunt, Tall Pine",
    "a beadworker, Tall Pine",
    "a young man back from the city, Tall Pine",
    "a graduate, Tall Pine",
    "somebody who only listened, Tall Pine",
];

const TALL_PINE_VISITS: &[&str] = &[
    "a member of the youth council, Tall Pine",
    "an older brother, Tall Pine",
    "a young mother, Tall Pine",
    "a language learner, Tall Pine",
    "a nephew, Tall Pine",
    "a nursing student, Tall Pine",
    "a dancer, Tall Pine",
    "a young woman who moved twice, Tall Pine",
    "a fisherman’s son, Tall Pine",
    "a twin, Tall Pine",
    "a camp leader, Tall Pine",
    "a mechanic, Tall Pine",
    "an uncle at twenty, Tall Pine",
    "somebody who only listened, Tall Pine",
];

const KIN_STEPPING_IN: &[&str] = &[
    "the chair of the Kinship Circle",
    "a mother, Cedar Valley",
    "a grandmother, Cedar Valley",
    "a grandfather, Cedar Valley",
    "an aunt raising two, Cedar Valley",
    "a great-aunt, Cedar Valley",
    "an older sister, Cedar Valley",
    "a godmother, Elm Street",
    "a grandmother of five, Cedar Valley",
    "an uncle, Cedar Valley",
    "a grandmother who speaks Spanish, Elm Street",
    "a family friend, Cedar Valley",
    "a stepfather, Cedar Valley",
    "somebody who only listened, Cedar Valley",
];

const KIN_CALLING: &[&str] = &[
    "the chair of the Kinship Circle",
    "a grandfather, Cedar Valley",
    "a mother, Cedar Valley",
    "an aunt, Elm Street",
    "a grandmother with a long commute, Cedar Valley",
    "a great-uncle, Cedar Valley",
    "an older brother, Cedar Valley",
    "a grandmother who speaks Spanish, Elm Street",
    "a neighbor who became kin, Cedar Valley",
    "a retired teacher, Cedar Valley",
    "a grandmother on her second license, Cedar Valley",
    "somebody who only listened, Cedar Valley",
];

/// Names of those who wanted theirs beside their words.
const NAMES: &[&str] = &["Wren Halvorsen", "Isaac Dunmore", "Marisol Vega", "June Okafor", "Teddy Lightfoot", "Alma Reyes"];

fn labels(known: &str) -> &'static [&'static str] {
    match known {
        "session_1" => TALL_PINE_FIRST,
        "session_4" => KIN_STEPPING_IN,
        "session_5" => TALL_PINE_VISITS,
        "session_7" => KIN_CALLING,
        _ => &[],
    }
}

/// Members who speak here: session, number of the card, who.
const MEMBERS: &[(&str, usize, &str)] = &[
    ("session_1", 1, "tribe"),
    ("session_4", 1, "partner"),
    ("session_4", 2, "parent"),
    ("session_5", 1, "tribe"),
    ("session_7", 1, "partner"),
    ("session_7", 3, "parent"),
];

/// Takes in the cards of a session, one after another.
pub(super) async fn take_in(life: &mut Life, known: &str, cohost: &str, path: &str) -> Result<(), DemoError> {
    let body = life.id(cohost)?;
    let labels = labels(known);
    for (place, label) in labels.iter().enumerate() {
        let number = place + 1;
        let member = MEMBERS.iter().find(|(session, card, _)| *session == known && *card == number).map(|(_, _, who)| *who);
        let membership = member.map(|who| life.id(who)).transpose()?.unwrap_or_default();
        let listens_only = label.starts_with("somebody who only listened");
        let named = !listens_only && number % 5 == 0;
        let card = if listens_only {
            "do_not_write"
        } else if named {
            "with_name"
        } else {
            "without_name"
        };
        let name = if named { NAMES[place % NAMES.len()] } else { "" };
        let how = ["paper", "aloud"][place % 2];
        let wording = life.id(if label.contains("Spanish") { "wording_es" } else { "wording_en" })?;
        let telephone = format!("555 01{:02}", 20 + place);
        let reach: [&str; 5] = match place % 4 {
            _ if listens_only => ["", "", "", "", ""],
            0 => ["telephone", &telephone, "weekdays after 5 pm", "", ""],
            _ if place % 4 == 2 || (known == "session_4" && number == 6) => {
                ["through", "", "", if cohost == "kinship" { "Joanna Littlefield" } else { "Thomas Greywater" }, ""]
            }
            1 => ["text", &telephone, "any day before 8 pm", "", "yes"],
            _ => ["", "", "", "", ""],
        };
        // A member's card belongs to their own body; of the others most speak as the co-host's people.
        let partner = if cohost == "tallpine" || place % 2 == 0 { body.as_str() } else { "" };
        let community = if cohost == "tallpine" { "Tall Pine" } else { "Cedar Valley" };
        let fields = [
            ("label", *label),
            ("community", community),
            ("card", card),
            ("card_how", how),
            ("wording", &wording),
            ("name", name),
            ("partner", if member.is_some() { "" } else { partner }),
            ("membership", &membership),
            ("reach_how", reach[0]),
            ("reach_at", reach[1]),
            ("reach_hours", reach[2]),
            ("reach_through", reach[3]),
            ("may_leave_message", reach[4]),
        ];
        let made = life.post("staff", &format!("{path}/speakers"), &fields).await?;
        life.name(&format!("{}_{number}", known.replace("session", "speaker")), &made);
    }
    if known == "session_7" { on_their_own_telephones(life, path).await } else { Ok(()) }
}

/// Two came late and are handed cards for their own telephones: one has filled it in, the other is still reading.
async fn on_their_own_telephones(life: &mut Life, path: &str) -> Result<(), DemoError> {
    let cards = format!("{path}/speakers/own-cards");
    let (first, wording) = (life.link("staff", &cards).await?, life.id("wording_en")?);
    let fields = [("card", "without_name"), ("label", "a young aunt, Elm Street"), ("community", "Cedar Valley"), ("wording", &wording)];
    life.bear(&first, "/cedar-river/return/card", &fields).await?;
    let second = life.link("staff", &cards).await?;
    life.note("blank_token", &second);
    Ok(())
}

/// What the agency acknowledged in a session: what, by whom, to whom.
pub(super) fn acknowledged(known: &str) -> &'static [(&'static str, &'static str, &'static str)] {
    match known {
        "session_1" => &[(
            "For years we moved young people without telling the Tribe first. That was wrong, and it was our doing, not yours.",
            "Rosalind Achterberg, director",
            "the youth council and the elders present",
        )],
        "session_2" => &[
            (
                "We sent letters in English to people who read Spanish, and then wrote that they did not answer.",
                "Rosalind Achterberg, director",
                "everyone in the room",
            ),
            (
                "Some of you waited eleven weeks for a call back. There is no reason that makes this right.",
                "Marcus Tellwell, partnership coordinator",
                "everyone in the room",
            ),
        ],
        "session_4" => &[(
            "We asked you to take children in overnight and gave you a paper bag and a form.",
            "Marcus Tellwell, partnership coordinator",
            "everyone in the room",
        )],
        "session_5" => &[("Visits were set by our office hours, not by your lives.", "Elena Brandt, facilitator", "the youth council")],
        _ => &[],
    }
}

/// What a room said together, as agreed aloud.
pub(super) fn summary(known: &str) -> Option<&'static str> {
    match known {
        "session_1" => Some(
            "Moves happen fast and explanations come late. What kept people whole was family, song, and one adult who stayed. The room wants the Tribe told before a move, and a promise that siblings are placed together or see each other every week.",
        ),
        "session_4" => Some(
            "Kin said yes within the hour and were then left alone. The room wants one person who calls back the same day, help in the first week, and plain paper about money and school.",
        ),
        "session_6" => Some(
            "Licensing asks kin to prove what a family already knows about them. Background checks of relatives abroad, bedroom rules and training hours at noon stop good homes. A worker who explained each step kept several people going.",
        ),
        _ => None,
    }
}
