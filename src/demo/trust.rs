//! The question about trust through the year: four quarters, one of them a fall with both sides' accounts, and two rounds that are open.

use super::{DemoError, Life};
use crate::trust::paths;

/// Who answers, and in which step each quarter; with a sentence now and then.
const PEOPLE: [&str; 7] = ["director", "staff", "facilitator", "analyst", "partner", "tribe", "parent"];
/// Its name here, the day it is asked, the answers in the order of the people, and sentences by the place of who adds one.
type Quarter = (&'static str, i64, [&'static str; 7], &'static [(usize, &'static str)]);
const QUARTERS: [Quarter; 4] = [
    ("trust_first", 30, ["4", "4", "3", "3", "3", "3", "3"], &[(5, "It is early. Ask again when something has come of it.")]),
    ("trust_second", 120, ["4", "4", "4", "4", "4", "3", "4"], &[(6, "My question was answered, and the answer was done.")]),
    (
        "trust_fell",
        210,
        ["3", "3", "3", "3", "3", "2", "3"],
        &[(4, "Two meetings were called off on the day itself."), (1, "We promised more than we had people for.")],
    ),
    ("trust_fourth", 300, ["4", "4", "4", "4", "4", "3", "4"], &[(3, "It helped that the missed meetings were spoken of.")]),
];

const ROUNDS: &str = "/cedar-river/trust/rounds";

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(20, 10);
    let wording = [
        ("question", "How much do you trust, just now, that what we say to each other counts?"),
        ("steps", "not at all, a little, partly, mostly, fully"),
        ("smallest", "5"),
        ("version", "0"),
    ];
    life.post("admin", &paths::wording("cedar-river"), &wording).await?;
    for (name, day, steps, sentences) in QUARTERS {
        life.day(day, 9);
        let made = life.post("staff", ROUNDS, &[("session", "")]).await?;
        let round = life.name(name, &made);
        for (place, (who, step)) in PEOPLE.iter().zip(steps).enumerate() {
            life.day(day + 1 + place as i64, 12);
            let words = sentences.iter().find(|(by, _)| *by == place).map_or("", |(_, words)| *words);
            life.post(who, &paths::answer("cedar-river", uuid(&round)?), &[("step", step), ("words", words)]).await?;
        }
    }
    accounts(life).await?;
    open(life).await
}

fn uuid(text: &str) -> Result<uuid::Uuid, DemoError> {
    text.parse().map_err(|_| DemoError::Stopped(format!("{text} is no round")))
}

/// Both sides say what was going on when trust fell.
async fn accounts(life: &mut Life) -> Result<(), DemoError> {
    let round = uuid(&life.id("trust_fell")?)?;
    let at = paths::accounts("cedar-river", round);
    life.day(303, 14);
    let ours = "Three of our nine coordinators left in one month, and we called off two meetings on the day. Since then nobody calls one off \
                without a new date, and I telephone myself.";
    life.post("director", &at, &[("words", ours)]).await?;
    life.day(305, 17);
    let theirs = "Our people had taken the day off for both meetings. We told the director so, and we have come again since she called.";
    life.post("tribe", &at, &[("words", theirs)]).await?;
    let page = life.get("tribe", &paths::round("cedar-river", round)).await?;
    let account = page.split("/accounts/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    life.note("trust_account", &account);
    Ok(())
}

/// The quarter's question waits for everybody, and that about the last session for those who came.
async fn open(life: &mut Life) -> Result<(), DemoError> {
    life.day(362, 9);
    let made = life.post("staff", ROUNDS, &[("session", "")]).await?;
    life.name("trust_open", &made);
    life.day(364, 21);
    let session = life.id("session_6")?;
    let made = life.post("staff", ROUNDS, &[("session", &session)]).await?;
    let round = uuid(&life.name("trust_session", &made))?;
    let token = life.link("staff", &paths::links("cedar-river", round)).await?;
    life.note("trust_token", &token);
    life.note("link_token", &token);
    Ok(())
}
