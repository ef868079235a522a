//! What partners’ answers could change: one promise that was kept in part, by the word of those who were asked, and one that is open.

use super::{DemoError, Life};
use crate::influence::paths;

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    decided(life).await?;
    open(life).await
}

async fn asked(life: &mut Life, name: &str, about: &str, days: i64, words: [&str; 4]) -> Result<String, DemoError> {
    let (about, by) = (life.id(about)?, life.date(days));
    let (kinship, tallpine) = (life.id("kinship")?, life.id("tallpine")?);
    let [question, may_change, cannot_change, decided_by] = words;
    let fields = [
        ("about", about.as_str()),
        ("question", question),
        ("may_change", may_change),
        ("cannot_change", cannot_change),
        ("decided_by", decided_by),
        ("decide_on", &by),
        ("bodies", &kinship),
        ("bodies", &tallpine),
    ];
    let made = life.post("staff", &paths::promises("cedar-river"), &fields).await?;
    Ok(life.name(name, &made))
}

async fn decided(life: &mut Life) -> Result<(), DemoError> {
    life.day(268, 10);
    let words = [
        "When and where should we meet next about kin who step in overnight?",
        "The day, the hour, the place, who sits at the table, and whether there is food and somebody for the children.",
        "That two judges are there: the court calendar leaves them Tuesdays and Thursdays only.",
        "Rosalind Achterberg, director",
    ];
    let id = asked(life, "influence_decided", "session_4", 21, words).await?;
    let at = format!("/cedar-river/influence/{id}");
    life.day(285, 16);
    let outcome = "Thursday at half past five in the school’s library, with supper and two people who look after the children. You asked for Saturdays as well: \
                   the judges cannot, so we meet without them on the second Saturday.";
    life.post("director", &format!("{at}/outcome"), &[("outcome", outcome), ("version", "1")]).await?;
    for (day, who, word, note) in [
        (287, "partner", "partly", "The hour and the supper are as we said. The second Saturday has not been set yet."),
        (289, "tribe", "kept", ""),
        (290, "parent", "kept", ""),
    ] {
        life.day(day, 19);
        life.post(who, &format!("{at}/word"), &[("word", word), ("note", note)]).await?;
    }
    Ok(())
}

async fn open(life: &mut Life) -> Result<(), DemoError> {
    life.day(351, 10);
    let words = [
        "Which three questions should every visiting plan answer in writing?",
        "The form of the visiting plan, from April on.",
        "That a judge signs it: the law says so.",
        "The director, together with Tall Pine’s family office",
    ];
    asked(life, "influence_open", "session_5", 40, words).await?;
    Ok(())
}
