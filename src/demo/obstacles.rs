//! What made the partnership itself hard in the year, raised by either side: one settled, one easing, one to be looked at again now,
//! and one that a parent raised about the pay.

use super::{DemoError, Life};
use crate::obstacles::paths;

/// Name here, day, who, kind, who may read it, in one sentence, and more.
const RAISED: &[(&str, i64, &str, &str, &str, &str, &str)] = &[
    (
        "obstacle_language",
        62,
        "partner",
        "language",
        "partnership",
        "Invitations and minutes come in English only",
        "A third of our grandmothers read Hmong or Spanish. They come when somebody of us has called them, and stay away when nobody has.",
    ),
    (
        "obstacle_power",
        128,
        "tribe",
        "power",
        "leadership",
        "What we are asked about has been decided before we sit down",
        "Twice this spring the draft that we were asked to look at had gone to the commissioners already.",
    ),
    (
        "obstacle_travel",
        176,
        "partner",
        "travel",
        "agency",
        "Every meeting is downtown at ten in the morning",
        "For those who live on the east side it is two buses each way, and most of our people work at that hour.",
    ),
    (
        "obstacle_pay",
        231,
        "parent",
        "pay",
        "agency",
        "The payment comes six weeks after the evening",
        "I pay the sitter the same night. By the time the check is here I have said no to the next invitation.",
    ),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (name, day, who, kind, audience, words, more) in RAISED {
        life.day(*day, 17);
        let fields = [("kind", *kind), ("audience", *audience), ("name", *words), ("description", *more)];
        let made = life.post(who, &paths::obstacles("cedar-river"), &fields).await?;
        life.name(name, &made);
    }
    of_the_agency(life).await?;
    settled(life).await?;
    easing(life).await?;
    to_be_looked_at(life).await
}

/// A form about one of them, with the version that it has on its page now.
async fn step(life: &mut Life, who: &str, name: &str, what: &str, fields: &[(&str, &str)]) -> Result<(), DemoError> {
    let at = format!("/cedar-river/obstacles/{}/{what}", life.id(name)?);
    let page = life.get(who, &at).await?;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    let mut all = fields.to_vec();
    all.push(("version", &version));
    life.post(who, &at, &all).await.map(drop)
}

/// The agency raises one as well, and waits for the other side's part.
async fn of_the_agency(life: &mut Life) -> Result<(), DemoError> {
    life.day(240, 11);
    let circle = life.id("kinship")?;
    let fields = [
        ("kind", "workload"),
        ("audience", "agency"),
        ("partner", circle.as_str()),
        ("name", "We ask the same three people for everything"),
        ("description", "Since summer the circle was asked to seven meetings, and the same three came each time."),
    ];
    let made = life.post("staff", &paths::obstacles("cedar-river"), &fields).await?;
    life.name("obstacle_workload", &made);
    let part =
        [("can", "Which meetings we hold together, and which of them could be a call."), ("cannot", "The dates that the court sets.")];
    step(life, "staff", "obstacle_workload", "part", &part).await
}

async fn settled(life: &mut Life) -> Result<(), DemoError> {
    let part = [
        ("can", "We can have every invitation and every summary translated before it goes out."),
        ("cannot", "The court’s own letters. Those are the clerk’s to change."),
    ];
    life.day(70, 10);
    step(life, "staff", "obstacle_language", "part", &part).await?;
    let part =
        [("can", "Two of us can read a translation before it is printed."), ("cannot", "Translate ourselves, beside everything else.")];
    life.day(74, 19);
    step(life, "partner", "obstacle_language", "part", &part).await?;
    life.day(75, 10);
    let (owner, next_on, review_on) = (life.id("staff")?, life.date(30), life.date(60));
    let course = [
        ("state", "easing"),
        ("happened", "The translator is found, and the first invitation is with her."),
        ("owner", owner.as_str()),
        ("next_step", "Send the invitation to the summer session in three languages"),
        ("next_on", &next_on),
        ("review_on", &review_on),
    ];
    step(life, "staff", "obstacle_language", "course", &course).await?;
    life.day(133, 18);
    let how = [("words", "The summer invitation came in three languages, and eleven people came whom nobody had called.")];
    step(life, "partner", "obstacle_language", "settlement", &how).await
}

async fn easing(life: &mut Life) -> Result<(), DemoError> {
    life.day(184, 9);
    let part = [
        ("can", "Where and when our own meetings are. We can come to the east side."),
        ("cannot", "The bus, and the hours at which the court building is open."),
    ];
    step(life, "staff", "obstacle_travel", "part", &part).await?;
    life.day(190, 18);
    let (owner, next_on, review_on) = (life.id("kinship")?, life.date_of(392), life.date_of(402));
    let course = [
        ("state", "easing"),
        ("happened", "Every second meeting is at the library on the east side, after five."),
        ("owner", owner.as_str()),
        ("next_step", "Ask the families which evening suits them"),
        ("next_on", &next_on),
        ("review_on", &review_on),
    ];
    step(life, "partner", "obstacle_travel", "course", &course).await
}

async fn to_be_looked_at(life: &mut Life) -> Result<(), DemoError> {
    life.day(140, 14);
    let part = [
        ("can", "I can bring every draft to the Tribe before it goes to the commissioners."),
        ("cannot", "The day on which the commissioners vote."),
    ];
    step(life, "director", "obstacle_power", "part", &part).await?;
    let (owner, next_on, review_on) = (life.id("director")?, life.date(45), life.date_of(360));
    let course = [
        ("state", "open"),
        ("happened", ""),
        ("owner", owner.as_str()),
        ("next_step", "Agree with the council on how early a draft comes to it"),
        ("next_on", &next_on),
        ("review_on", &review_on),
    ];
    step(life, "director", "obstacle_power", "course", &course).await
}
