//! Near the end of the year the administrator sets how long what is kept, a court asks for something to be held, and the director asks
//! who sees what.

use super::{DemoError, Life};

/// Kind, years, the rule.
const SCHEDULE: [(&str, &str, &str); 3] = [
    ("statement", "6", "State records schedule for human services, series 4.2"),
    ("loop", "6", "State records schedule for human services, series 4.2"),
    ("commitment", "7", "County retention ordinance 12-88"),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(362, 18);
    for (kind, years, source) in SCHEDULE {
        let fields = [("years", years), ("source", source), ("version", "0")];
        life.post("admin", &format!("/cedar-river/retention/rules/{kind}"), &fields).await?;
    }
    let proposed = life.post("admin", "/cedar-river/retention/due/loop", &[]).await?;
    life.name("destruction", &proposed);
    let (held, court, from, staff) = (life.id("harvest")?, life.id("court")?, life.date_of(360), life.id("staff")?);
    let fields = [
        ("scope", "record"),
        ("record", held.as_str()),
        ("authority", "Superior Court, case 27-0114, order to preserve"),
        ("from", &from),
        ("reason", "A lawsuit about a delivery. Counsel asks that the entry of the food bank stays as it is."),
    ];
    let set = life.post("admin", "/cedar-river/retention/holds", &fields).await?;
    life.name("hold", &set);
    let older =
        [fields[0], fields[1], ("authority", "Superior Court, case 26-2210"), ("from", &from), ("reason", "An audit of the year before.")];
    let set = life.post("admin", "/cedar-river/retention/holds", &older).await?;
    life.name("hold_ending", &set);
    let proposed = [("because", "The audit is over."), ("version", "1")];
    life.post("director", &format!("{set}/lifting"), &proposed).await?;
    let asked = life.post("director", "/cedar-river/who-sees", &[("person", &staff), ("record", &court)]).await?;
    life.name("sight_question", &asked);
    Ok(())
}
