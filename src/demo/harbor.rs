//! The other county, small and by the sea: one director, a handful of partners, two sessions, one thing that stands in the
//! way and what is done about it. Joanna Littlefield, partner in Cedar River, raises children here and asks about it.

use super::{DemoError, Life};

/// Name used in the demonstration, name, kind, stage, languages.
const PARTNERS: &[(&str, &str, &str, &str, &str)] = &[
    ("harbor_court", "Harbor County Family Court", "court", "working", ""),
    ("harbor_tribe", "Heron Bay Tribe", "tribe", "met", ""),
    ("harbor_center", "Dockside Family Center", "community", "working", "Spanish, Vietnamese"),
    ("harbor_schools", "Harbor Unified Schools", "education", "met", "Spanish"),
    ("harbor_clinic", "Tidewater Recovery", "health", "working", ""),
    ("harbor_parish", "St. Brendan’s Parish", "faith", "invited", ""),
];

/// What was heard from resource families: the speaker, how they gave their word, who may read it, the uses, the words.
const SAID: &[(&str, &str, &str, &[&str], &str)] = &[
    (
        "a resource mother, Harbor",
        "read_back",
        "partnership",
        &["quoted"],
        "She came with a trash bag and one shoe. We went to buy shoes at nine at night, and that was our first talk.",
    ),
    (
        "a resource father, Harbor",
        "read_back",
        "partnership",
        &["quoted"],
        "I knew his name, his age and that he likes dogs. He does not like dogs. He is afraid of them.",
    ),
    (
        "a grandmother with a license, Harbor",
        "telephone",
        "agency",
        &["quoted", "exported"],
        "The call comes at supper. I always say yes, and then I have four questions that nobody may answer.",
    ),
    (
        "a couple on the north shore",
        "telephone",
        "partnership",
        &["quoted", "exported"],
        "Let us write to the parents the same week. A picture of the bed, and what she ate.",
    ),
    (
        "a resource mother of many years, Harbor",
        "paper",
        "partnership",
        &["exported"],
        "Every child brings a morning from somewhere else. Somebody should write down how it goes: the cup, the song, the light in the hall.",
    ),
];

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    let (samuel, families) = partners(life).await?;
    relationships(life, &samuel, &families).await?;
    the_first_night(life, &samuel, &families).await?;
    what_is_done(life, &samuel, &families).await?;
    loops(life).await?;
    still_ahead(life, &samuel, &families).await
}

/// The value of a choice with this text, in a list of a page.
fn choice(page: &str, text: &str) -> Result<String, DemoError> {
    let mut options =
        page.split("<option value=\"").skip(1).filter(|option| option.split('>').nth(1).is_some_and(|shown| shown.starts_with(text)));
    let value = options.next().and_then(|option| option.split('"').next()).filter(|value| !value.is_empty());
    value.map(str::to_owned).ok_or_else(|| DemoError::Stopped(format!("Harbor has no choice called {text}")))
}

/// Writes the partners down; answers the director, and the body that was there from the start.
async fn partners(life: &mut Life) -> Result<(String, String), DemoError> {
    life.day(12, 15);
    for (known, name, kind, stage, languages) in PARTNERS {
        let fields = [("name", *name), ("kind", kind), ("stage", stage), ("counties", "Harbor"), ("languages", languages)];
        let made = life.post("harbor", "/harbor/partners", &fields).await?;
        life.name(known, &made);
    }
    let page = life.get("harbor", "/harbor/outreach/new").await?;
    let (samuel, families) = (choice(&page, "Samuel Okafor")?, choice(&page, "Harbor Resource Families")?);
    life.note("harbor_director", &samuel);
    life.note("harbor_families", &families);
    Ok((samuel, families))
}

async fn relationships(life: &mut Life, samuel: &str, families: &str) -> Result<(), DemoError> {
    let center = life.id("harbor_center")?;
    let entries = [
        (
            30,
            families,
            "event",
            "They want to know a child’s morning before the child arrives. Nobody has asked them to write it down.",
            "Find an evening to listen",
            40,
        ),
        (96, center.as_str(), "visit", "The family room on the pier is free on Wednesdays. They offer it for visits.", "", 0),
        (338, families, "meeting", "The page is on twelve refrigerators. They want it in Vietnamese.", "Ask Dockside for a reader", 45),
    ];
    for (day, partner, how, said, next, until) in entries {
        life.day(day, 16);
        let (held, on) = (life.date(0), if until > 0 { life.date(until) } else { String::new() });
        let fields = [
            ("partner", partner),
            ("held_on", &held),
            ("went", samuel),
            ("how", how),
            ("said", said),
            ("next_step", next),
            ("next_on", &on),
        ];
        life.post("harbor", "/harbor/outreach", &fields).await?;
    }
    life.day(60, 18);
    life.post("harbor", &format!("/harbor/partners/{families}/ratings"), &[("value", "2"), ("note", "We know each other by first name.")])
        .await?;
    Ok(())
}

async fn plan(life: &mut Life, day: i64, samuel: &str, families: &str, title: &str, topic: &str) -> Result<String, DemoError> {
    let (on, checkin) = (life.date_of(day), life.date_of(day + 3));
    let fields = [
        ("title", title),
        ("topic", topic),
        ("community", "resource families of the harbor towns"),
        ("cohost", families),
        ("day", &on),
        ("time", "18:30"),
        ("minutes", "90"),
        ("zone", "America/Chicago"),
        ("place", "Dockside Family Center, second floor"),
        ("languages", "English"),
        ("interpreter", "not needed"),
        ("recording", "notes"),
        ("food", "Chowder and bread from the parish kitchen"),
        ("child_care", "Dockside’s play room, with two people of the center"),
        ("travel", "Parking at the pier is paid"),
        ("pay", "$40 for each family, that evening"),
        ("support_person", "Nora Fisk of Tidewater Recovery"),
        ("stop_rule", "Say stop, and we stop."),
        ("checkin_on", &checkin),
        ("facilitators", samuel),
        ("note_takers", samuel),
        ("invited", families),
    ];
    life.post("harbor", "/harbor/sessions", &fields).await
}

const INVITATION: &str = "Come and tell us how the first night goes. There is chowder, somebody plays with the children, and we pay for your time. You decide whether anything you say is written down.";

async fn the_first_night(life: &mut Life, samuel: &str, families: &str) -> Result<(), DemoError> {
    let topic = "What did you know when the child came to your door, and what did you need to know?";
    life.day(140, 15);
    let path = plan(life, 170, samuel, families, "The first night", topic).await?;
    life.name("harbor_session", &path);
    life.day(150, 15);
    life.post("harbor", &format!("{path}/announcement"), &[("invitation", INVITATION), ("cleared", "yes")]).await?;
    life.day(170, 23);
    life.post("harbor", &format!("{path}/room/notice"), &[]).await?;
    let mut heard = Vec::new();
    for (label, how, readers, uses, words) in SAID {
        let card = [("label", *label), ("community", "Harbor"), ("card", "without_name"), ("card_how", "paper"), ("partner", families)];
        let made = life.post("harbor", &format!("{path}/speakers"), &card).await?;
        let speaker = made.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        let said = [("speaker", speaker.as_str()), ("words", words), ("wanted", readers), ("language", "en")];
        let made = life.post("harbor", &format!("{path}/statements"), &said).await?;
        heard.push((made.rsplit('=').next().unwrap_or_default().to_owned(), *how, *readers, *uses, *words));
    }
    life.day(171, 15);
    let came = [("agency", "1"), ("tribes", "0"), ("community_partners", "2"), ("lived_experience", "11"), ("other", "0")];
    life.post("harbor", &format!("{path}/holding"), &came).await?;
    life.day(174, 15);
    life.post("harbor", &format!("{path}/check-in"), &[]).await?;
    life.day(176, 15);
    life.post("harbor", &format!("{path}/return"), &[]).await?;
    life.day(178, 16);
    for (id, how, readers, uses, words) in &heard {
        let witness = if *how == "read_back" { "Joanna Littlefield" } else { "" };
        let mut fields = vec![
            ("version", "1"),
            ("sure", "yes"),
            ("audience", *readers),
            ("attribution", "role"),
            ("words", *words),
            ("word", "confirm"),
        ];
        fields.extend(uses.iter().map(|used| ("uses", *used)));
        fields.extend([("how", *how), ("witness", witness)]);
        life.post("harbor", &format!("/harbor/statements/{id}/entered-answer"), &fields).await?;
    }
    life.day(190, 15);
    life.post("harbor", &format!("{path}/confirmation"), &[]).await?;
    let sources: Vec<(&str, &str)> = heard.iter().map(|(id, ..)| ("sources", id.as_str())).collect();
    let mut theme = vec![
        ("name", "Children arrive without their story"),
        ("description", "What a child eats, fears and sings is known somewhere, and does not come along."),
    ];
    theme.extend(sources);
    let made = life.post("harbor", "/harbor/themes", &theme).await?;
    life.name("harbor_theme", &made);
    Ok(())
}

/// What stands in the way, what is wanted, and the plan with its promises.
async fn what_is_done(life: &mut Life, samuel: &str, families: &str) -> Result<(), DemoError> {
    life.day(200, 15);
    let fields = [
        ("name", "A child’s morning is not passed on"),
        ("level", "practice"),
        ("description", "The placement form asks for allergies and court dates. What a child needs to fall asleep stands nowhere."),
        ("groups", "children in their first week, resource families"),
        ("owner", samuel),
        ("partner_owner", families),
        ("audience", "partnership"),
    ];
    let made = life.post("harbor", "/harbor/barriers", &fields).await?;
    let barrier = life.name("harbor_barrier", &made);
    let theme = life.id("harbor_theme")?;
    life.post("harbor", &format!("{made}/evidence"), &[("sources", &theme)]).await?;
    life.day(208, 15);
    let (began, target) = (life.date_of(200), life.date_of(560));
    let fields = [
        ("text", "Every child arrives with what belongs to them, and with how their morning goes"),
        ("indicator", "Placements with a page in the child’s bag"),
        ("unit", "percent"),
        ("baseline", "0"),
        ("baseline_on", &began),
        ("target", "90"),
        ("target_on", &target),
        ("owner", samuel),
        ("partner_owner", families),
        ("barriers", &barrier),
        ("audience", "partnership"),
    ];
    let made = life.post("harbor", "/harbor/goals", &fields).await?;
    let goal = life.name("harbor_goal", &made);
    for (day, value) in [(240, "8"), (271, "21"), (301, "37"), (332, "44")] {
        life.day(day + 2, 15);
        let on = life.date_of(day);
        life.post("harbor", &format!("{made}/values"), &[("on_day", &on), ("value", value), ("source", "Count of the month")]).await?;
    }
    life.day(214, 15);
    let fields = [
        ("name", "A page in the bag"),
        ("purpose", "One page that goes with the child: food, sleep, fears, songs, whom they miss. Whoever has the child writes on it."),
        ("resources", "A printed page, bags, and a person who asks for it."),
        ("goal", &goal),
        ("barriers", &barrier),
    ];
    let made = life.post("harbor", "/harbor/plans", &fields).await?;
    let plan = life.name("harbor_plan", &made);
    life.day(280, 15);
    life.post("harbor", &format!("{made}/progress"), &[("percent", "40"), ("note", "The page is in use on the north shore.")]).await?;
    let steps = [
        (215, samuel, families, 250, "Print the page and put it into every bag"),
        (216, families, samuel, 380, "Have six families try the page and say what is missing"),
    ];
    for (day, from, to, due, what) in steps {
        life.day(day, 15);
        let due = life.date_of(due);
        let fields =
            [("promised_by", from), ("promised_to", to), ("what", what), ("due_on", &due), ("plan", &plan), ("audience", "partnership")];
        let made = life.post("harbor", "/harbor/commitments", &fields).await?;
        if from == samuel {
            life.day(246, 11);
            life.post(
                "harbor",
                &format!("{made}/report"),
                &[("evidence", "Printed, two hundred; in the bags since Monday."), ("version", "1")],
            )
            .await?;
        }
    }
    Ok(())
}

/// Joanna asks twice: once it is answered and closed by her, once it still waits.
async fn loops(life: &mut Life) -> Result<(), DemoError> {
    life.day(222, 18);
    let words = "Who tells us what the child was told about us? We all begin by correcting something.";
    let first = life.post("partner", "/harbor/loops", &[("kind", "question"), ("audience", "agency"), ("words", words)]).await?;
    life.name("harbor_loop_closed", &first);
    life.day(224, 9);
    life.post("harbor", &format!("{first}/acknowledgement"), &[("version", "1")]).await?;
    life.day(236, 15);
    let answer = "The worker reads the page aloud with the child before you open the door, and tells you what was said. We began on the north shore.";
    life.post("harbor", &format!("{first}/answer"), &[("answer", "done"), ("answer_words", answer), ("version", "2")]).await?;
    life.day(244, 19);
    life.post("partner", &format!("{first}/closure"), &[("version", "3")]).await?;
    life.day(349, 18);
    let words = "Our license names two bedrooms. We have three now. Which office writes that down, so that brothers can come together?";
    let second = life.post("partner", "/harbor/loops", &[("kind", "question"), ("audience", "partnership"), ("words", words)]).await?;
    life.name("harbor_loop_open", &second);
    life.day(352, 9);
    life.post("harbor", &format!("{second}/acknowledgement"), &[("version", "1")]).await?;
    Ok(())
}

async fn still_ahead(life: &mut Life, samuel: &str, families: &str) -> Result<(), DemoError> {
    life.day(345, 15);
    let made =
        plan(life, 374, samuel, families, "When they go home again", "What helps you stay somebody in a child’s life, and what stops it?")
            .await?;
    life.name("harbor_session_ahead", &made);
    life.day(352, 15);
    life.post("harbor", &format!("{made}/announcement"), &[("invitation", INVITATION), ("cleared", "yes")]).await?;
    Ok(())
}
