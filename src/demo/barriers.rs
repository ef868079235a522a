//! What stood in the way in the county this year, and what became of it.

use super::{DemoError, Life};

/// Day, level, owner at the agency, owner among the partners, groups, what stands in the way, what it means.
const BARRIERS: &[(i64, &str, &str, &str, &str, &str, &str)] = &[
    (
        62,
        "practice",
        "staff",
        "kinship",
        "children placed away from kin, grandparents",
        "Relatives are not asked until a child is already with strangers",
        "In the first days the search for kin waits until somebody has time. Grandparents hear from a neighbor, not from us. By then the child has moved once, and a second move looks like harm.",
    ),
    (
        81,
        "policy",
        "director",
        "tallpine",
        "Native children",
        "Tribes hear of a child days after the first hearing is set",
        "Our form asks about Tribal heritage on page four, after the court date is filed. The notice goes out by letter. A Tribe that wants to stand beside its child from the first day cannot.",
    ),
    (
        97,
        "practice",
        "facilitator",
        "sanmiguel",
        "families who speak Spanish or Hmong",
        "Letters and plans come only in English",
        "Families sign plans that they could not read. Interpreters come to court, not to the kitchen table.",
    ),
    (
        128,
        "structure",
        "staff",
        "parents",
        "parents who work shifts",
        "Visits take place only in office hours and across the county",
        "One visiting room, open from nine to four, two buses away. A parent who misses work to come is then asked why the job was lost.",
    ),
    (
        150,
        "policy",
        "staff",
        "foster",
        "relatives with old records, renters",
        "Home rules written for strangers keep relatives out",
        "A separate bedroom for each child and a record from twenty years ago weigh as much as a child’s bond to an aunt. Most of these rules can be waived; few people know it.",
    ),
    (
        203,
        "structure",
        "director",
        "youth",
        "youth aged fourteen and older",
        "Young people are talked about, not with, in the meetings that decide",
        "Team meetings are during school. The plan is read to the young person afterwards.",
    ),
    (
        241,
        "practice",
        "facilitator",
        "clinic",
        "parents of young children",
        "The first free appointment for treatment comes after the court date",
        "Parents are told to begin treatment within thirty days. The waiting list is eleven weeks.",
    ),
];

/// Barrier, day, state, what happened.
const BECAME: &[(usize, i64, &str, &str)] = &[
    (1, 120, "in_work", "The kinship plan began: a relative search on the first day, with the Kinship Circle on the phone."),
    (2, 134, "in_work", "Tall Pine and the county sat down over the notice form."),
    (
        2,
        262,
        "removed",
        "For three months now the question about Tribal heritage is the second one on the form, and a call goes out the same day. Tall Pine says so as well.",
    ),
    (3, 170, "in_work", "Two letters out of nine are translated."),
    (4, 236, "in_work", "The school opens two classrooms for visits on Tuesdays and Saturdays."),
    (
        5,
        330,
        "remains",
        "The state office kept the bedroom rule. Waivers are now offered in writing with every refusal, so that families can ask.",
    ),
];

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (number, (day, level, owner, partner, groups, name, means)) in BARRIERS.iter().enumerate() {
        life.day(*day, 15);
        let (owner, partner) = (life.id(owner)?, life.id(partner)?);
        let fields = [
            ("name", *name),
            ("level", level),
            ("description", means),
            ("groups", groups),
            ("owner", &owner),
            ("partner_owner", &partner),
            ("audience", if number == 6 { "agency" } else { "partnership" }),
        ];
        let made = life.post("staff", "/cedar-river/barriers", &fields).await?;
        life.name(&format!("barrier_{}", number + 1), &made);
    }
    let mut versions = [1; 8];
    for (number, day, state, happened) in BECAME {
        life.day(*day, 16);
        let path = format!("/cedar-river/barriers/{}/state", life.id(&format!("barrier_{number}"))?);
        let version = versions[*number].to_string();
        life.post("staff", &path, &[("state", state), ("happened", happened), ("version", &version)]).await?;
        versions[*number] += 1;
    }
    evidence(life).await?;
    let open = life.id("barrier_6")?;
    life.note("barrier_open", &open);
    life.note("barrier_open_version", &versions[6].to_string());
    Ok(())
}

/// At the end of the year: what lost a source when words were taken back.
pub(super) async fn to_read_again(life: &mut Life) -> Result<(), DemoError> {
    let page = life.get("staff", "/cedar-river/barriers?reread=yes").await?;
    let Some(barrier) = page.split("/cedar-river/barriers/").filter_map(|rest| rest.get(..36)).find(|id| id.matches('-').count() == 4)
    else {
        return Ok(());
    };
    let barrier = barrier.to_owned();
    life.note("barrier_reread", &barrier);
    let page = life.get("staff", &format!("/cedar-river/barriers/{barrier}")).await?;
    if let Some(plan) = page.split("/cedar-river/plans/").nth(1).and_then(|rest| rest.get(..36)) {
        life.note("plan_reread", plan);
    }
    Ok(())
}

/// What was heard is joined to what it shows: barrier, themes, statements.
const SHOWN_BY: &[(&str, &[&str], &[&str])] = &[
    ("barrier_1", &["theme_kin"], &["kin_source", "chosen_statement"]),
    ("barrier_2", &[], &["quoted_statement"]),
    ("barrier_3", &["theme_language"], &[]),
    ("barrier_4", &["theme_visits", "theme_ride", "theme_siblings"], &[]),
    ("barrier_5", &["theme_paper"], &[]),
    ("barrier_6", &["theme_siblings"], &["next_statement"]),
];

/// Joined by the coordinator, as far as he may read it.
async fn evidence(life: &mut Life) -> Result<(), DemoError> {
    life.day(353, 15);
    for (barrier, themes, statements) in SHOWN_BY {
        let mut sources = Vec::new();
        for (kind, names) in [("themes", themes), ("statements", statements)] {
            for name in *names {
                let Ok(id) = life.id(name) else { continue };
                if life.get("staff", &format!("/cedar-river/{kind}/{id}")).await.is_ok() {
                    sources.push(id);
                }
            }
        }
        if sources.is_empty() {
            continue;
        }
        let path = format!("/cedar-river/barriers/{}/evidence", life.id(barrier)?);
        let fields: Vec<(&str, &str)> = sources.iter().map(|id| ("sources", id.as_str())).collect();
        life.post("staff", &path, &fields).await?;
        if *barrier == "barrier_6" {
            life.note("barrier_open_source", &sources[0]);
            let more = life.id("theme_kin")?;
            life.note("barrier_open_more", &more);
        }
    }
    Ok(())
}
