//! What was said in the sessions: written down as it was spoken, brought back to each speaker, joined to themes, seen to,
//! and in a few instances taken back. Names: "statement_1" and so on, in the order of `statements_words`.

use super::{DemoError, Life, coding, statements_words as words};

/// Sessions whose words were written down, in order.
const SESSIONS: [(&str, &str); 4] =
    [("session_1", words::SESSION_1), ("session_4", words::SESSION_4), ("session_5", words::SESSION_5), ("session_7", words::SESSION_7)];

/// One line of what was said.
struct Said {
    number: usize,
    card: &'static str,
    how: char,
    audience: &'static str,
    uses: &'static str,
    words: &'static str,
}

fn lines(session: &str) -> Vec<Said> {
    let text = |known: &str| SESSIONS.iter().find(|(name, _)| *name == known).map_or("", |(_, text)| *text);
    let before: usize = SESSIONS.iter().take_while(|(name, _)| *name != session).map(|(_, text)| text.trim().lines().count()).sum();
    let said = |(place, line): (usize, &'static str)| {
        let mut parts = line.splitn(5, '|');
        let mut part = || parts.next().unwrap_or_default();
        let (card, how, audience, uses) = (part(), part(), part(), part());
        Said { number: before + place + 1, card, how: how.chars().next().unwrap_or('w'), audience: readers(audience), uses, words: part() }
    };
    text(session).trim().lines().enumerate().map(said).collect()
}

fn readers(letter: &str) -> &'static str {
    match letter {
        "b" => "body",
        "l" => "leadership",
        "g" => "agency",
        "p" => "partnership",
        "u" => "public",
        _ => "author",
    }
}

/// The member who holds a card, where one does.
fn member(session: &str, card: &str) -> &'static str {
    match (session, card) {
        ("session_1" | "session_5", _) => "tribe",
        (_, "1") => "partner",
        _ => "parent",
    }
}

fn language(words: &str) -> &'static str {
    if words.contains("español") || words.contains("semana") || words.contains("señora") { "es" } else { "en" }
}

/// In the room: each sentence is written down for the one who spoke it.
pub(super) async fn written(life: &mut Life, session: &str) -> Result<(), DemoError> {
    let path = format!("/cedar-river/sessions/{}/statements", life.id(session).unwrap_or_default());
    for said in lines(session) {
        let speaker = life.id(&format!("{}_{}", session.replace("session", "speaker"), said.card))?;
        // Whoever gave their word on paper had handed their words in on paper too.
        let told = if said.how == 'p' { "paper" } else { "room" };
        let fields = [
            ("speaker", speaker.as_str()),
            ("words", said.words),
            ("wanted", said.audience),
            ("language", language(said.words)),
            ("told_how", told),
        ];
        let made = life.post("staff", &path, &fields).await?;
        let id = made.rsplit('=').next().unwrap_or_default().to_owned();
        life.note(&format!("statement_{}", said.number), &id);
    }
    Ok(())
}

/// Afterwards: each speaker gives their word, or does not.
pub(super) async fn answered(life: &mut Life, session: &str, day: i64) -> Result<(), DemoError> {
    for said in lines(session) {
        life.day(day + (said.number % 5) as i64, 16 + (said.number % 4) as i64);
        answer(life, session, &said).await?;
    }
    Ok(())
}

async fn answer(life: &mut Life, session: &str, said: &Said) -> Result<(), DemoError> {
    let id = life.id(&format!("statement_{}", said.number))?;
    let path = format!("/cedar-river/statements/{id}");
    let card = life.id(&format!("{}_{}", session.replace("session", "speaker"), said.card))?;
    let link = format!("/cedar-river/sessions/{}/speakers/{card}/link", life.id(session)?);
    let corrected = format!("{} That is how I mean it.", said.words);
    let wording = life.id(&format!("wording_{}", language(said.words)))?;
    let mut fields = vec![
        ("statement", id.as_str()),
        ("sure", "yes"),
        ("version", "1"),
        ("wording", &wording),
        ("audience", said.audience),
        ("attribution", if said.uses.contains('n') { "named" } else { "role" }),
        ("words", if said.how == 'C' { corrected.as_str() } else { said.words }),
        (
            "word",
            match said.how {
                'C' => "correct",
                'S' => "strike",
                _ => "confirm",
            },
        ),
    ];
    for (letter, used) in [('q', "quoted"), ('e', "exported"), ('h', "published"), ('s', "research")] {
        if said.uses.contains(letter) {
            fields.push(("uses", used));
        }
    }
    match said.how {
        'm' => drop(life.post(member(session, said.card), &format!("{path}/answer"), &fields).await?),
        'r' | 't' | 'p' | 'h' | 'S' => {
            fields.push((
                "how",
                match said.how {
                    'r' => "read_back",
                    'p' => "paper",
                    'h' => "through",
                    _ => "telephone",
                },
            ));
            fields.push((
                "witness",
                if said.how != 'r' {
                    ""
                } else if session == "session_4" {
                    "Joanna Littlefield"
                } else {
                    "Thomas Greywater"
                },
            ));
            life.post("facilitator", &format!("{path}/entered-answer"), &fields).await?;
        }
        'l' | 'C' => {
            let token = life.link("facilitator", &link).await?;
            let later = life.bear(&token, "/cedar-river/return", &fields).await?;
            life.note(&format!("later_{}", said.number), &later);
            life.note("later_token", &later);
        }
        'k' => {
            let token = life.link("facilitator", &link).await?;
            life.note("return_token", &token);
            life.note("token", &token);
            life.note("return_version", "1");
        }
        _ => {}
    }
    Ok(())
}

/// A statement by its session and its first words.
pub(super) fn find(session: &str, begins: &str) -> String {
    lines(session).iter().find(|said| said.words.starts_with(begins)).map_or_else(String::new, |said| format!("statement_{}", said.number))
}

/// Name, what it is called, what it means, who named it, sources by session and first words.
const THEMES: &[(&str, &str, &str, &str, &[(&str, &str)])] = &[
    (
        "theme_kin",
        "Relatives are asked too late",
        "Kin live near and would say yes, and hear of it by chance or weeks afterwards.",
        "staff",
        &[
            ("session_4", "They had my sister"),
            ("session_4", "I heard it from the school"),
            ("session_4", "We gave the county"),
            ("session_1", "My uncle offered"),
            ("session_4", "The Circle can find"),
            ("session_4", "We would have come to court"),
        ],
    ),
    (
        "theme_paper",
        "The paper comes before the child, the help after",
        "Forms, licenses and checks are asked for on the first day; money, cards and child care come in the second month.",
        "facilitator",
        &[
            ("session_4", "I had two car seats"),
            ("session_4", "Send the first check"),
            ("session_4", "I am seventy-one"),
            ("session_4", "Child care for one week"),
            ("session_4", "I do not need thanks"),
        ],
    ),
    (
        "theme_visits",
        "Visits feel watched",
        "Rooms, rules and notes make a visit something to pass instead of time together.",
        "staff",
        &[
            ("session_5", "A visit in an office"),
            ("session_5", "There was a window"),
            ("session_5", "I bring his food"),
            ("session_5", "In nursing school"),
            ("session_5", "Give the visit a purpose"),
        ],
    ),
    (
        "theme_language",
        "Language and song are part of staying close",
        "Young people want to learn from people, and be spoken to in their own language.",
        "staff",
        &[
            ("session_1", "I learned our songs"),
            ("session_5", "I am learning our language"),
            ("session_4", "En la primera semana"),
            ("session_1", "You can keep a child safe"),
        ],
    ),
    (
        "theme_ride",
        "It is always the drive",
        "What is offered is out of reach without a car, a bus or a free afternoon.",
        "facilitator",
        &[("session_1", "The powwow was on"), ("session_5", "I missed one visit"), ("session_4", "The first meeting was at ten")],
    ),
    (
        "theme_siblings",
        "Brothers and sisters lose each other first",
        "Siblings live apart in the same town and hear of changes on different days.",
        "facilitator",
        &[("session_1", "They kept the three"), ("session_1", "If you have to split"), ("session_1", "They told my sister")],
    ),
];

/// What comes next, who sees to it: session, first words, step, days from then.
const NEXT: &[(&str, &str, &str, i64)] = &[
    ("session_4", "They had my sister", "Ask the court for the search list of the last quarter and count the days.", 14),
    ("session_4", "Send the first check", "Find out from finance what a payment before the license would need.", 30),
    ("session_5", "A visit in an office", "Look at the school library with the Tribe’s family services and agree on evenings.", 21),
    ("session_1", "When a placement changes", "Draft a same-day notice with the Tribe’s court office.", 10),
    ("session_5", "I missed one visit", "Meet the transit office about the last bus.", -6),
];

/// What the agency made of it: themes with their sources, next steps, and people who read.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (place, (known, name, meaning, who, sources)) in THEMES.iter().enumerate() {
        let late = sources.iter().any(|(session, _)| *session == "session_5");
        life.day(if late { 348 } else { 205 } + place as i64, 18);
        let ids = sources.iter().map(|(session, begins)| life.id(&find(session, begins))).collect::<Result<Vec<_>, _>>()?;
        let mut fields = vec![("name", *name), ("description", *meaning)];
        fields.extend(ids.iter().map(|id| ("sources", id.as_str())));
        let made = life.post(who, "/cedar-river/themes", &fields).await?;
        life.name(known, &made);
    }
    life.note("theme_kin_version", "1");
    again(life).await?;
    coding::live(life).await?;
    life.day(352, 18);
    let (director, staff) = (life.id("director")?, life.id("staff")?);
    for (place, (session, begins, step, days)) in NEXT.iter().enumerate() {
        let path = format!("/cedar-river/statements/{}", life.id(&find(session, begins))?);
        let (on, owner) = (life.date(13 + days), if place % 2 == 0 { &staff } else { &director });
        life.get("director", &path).await?;
        life.post("staff", &format!("{path}/next-step"), &[("next_step", *step), ("next_on", &on), ("owner", owner), ("version", "2")])
            .await?;
    }
    known(life)
}

/// A second coder reads the same words, and two of the field's own themes get their first source.
async fn again(life: &mut Life) -> Result<(), DemoError> {
    life.day(348, 17);
    let path = format!("/cedar-river/themes/{}/sources", life.id("theme_kin")?);
    let (first, second) = (life.id(&find("session_4", "They had my sister"))?, life.id(&find("session_4", "I was nineteen"))?);
    life.post("director", &path, &[("sources", first.as_str()), ("sources", second.as_str())]).await?;
    let page = life.get("staff", "/cedar-river/themes?q=engagement").await?;
    let theme = page
        .split("/cedar-river/themes/")
        .skip(1)
        .find_map(|rest| rest.get(..36).filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')))
        .unwrap_or_default()
        .to_owned();
    for begins in ["Ask us in the car", "What kept me close"] {
        let path = format!("/cedar-river/statements/{}/themes", life.id(&find("session_1", begins))?);
        life.post("facilitator", &path, &[("theme", &theme)]).await?;
    }
    Ok(())
}

/// Names by which others find what they need.
fn known(life: &mut Life) -> Result<(), DemoError> {
    let names = [
        ("kin_source", find("session_4", "They had my sister")),
        ("quoted_statement", find("session_1", "I finished school")),
        ("next_statement", find("session_1", "Nobody asked me what")),
        ("chosen_statement", find("session_4", "The Circle can find")),
        ("waiting_statement", find("session_5", "I have a twin")),
        ("asked_statement", find("session_7", "I call before nine")),
    ];
    for (name, statement) in names {
        let id = life.id(&statement)?;
        life.note(name, &id);
    }
    for (name, version) in [("next_version", "2"), ("chosen_version", "2"), ("waiting_version", "1"), ("asked_version", "1")] {
        life.note(name, version);
    }
    let (session, speaker) = (life.id("session_5")?, life.id("speaker_5_10")?);
    life.note("open_session", &session);
    life.note("open_speaker", &speaker);
    Ok(())
}

/// Two who have not answered were tried, in the way that their cards say; and one who answered adds something by their own
/// link, and lets those in the room read what they said.
pub(super) async fn brought_back(life: &mut Life, day: i64) -> Result<(), DemoError> {
    life.day(day, 16);
    let path = format!("/cedar-river/sessions/{}/speakers", life.id("session_5")?);
    for (card, outcome) in [("speaker_5_10", "sent"), ("speaker_5_11", "not_reached")] {
        let tries = format!("{path}/{}/tries", life.id(card)?);
        life.post("facilitator", &tries, &[("outcome", outcome)]).await?;
    }
    life.day(day, 20);
    let token = life.id(&find("session_5", "Give the visit a purpose").replace("statement_", "later_"))?;
    let words = "I forgot to say it that evening: the drum belongs to the visit, too.";
    let fields = [("words", words), ("attribution", "role"), ("audience", "body")];
    life.bear(&token, "/cedar-river/return/words", &fields).await?;
    let statement = life.id(&find("session_5", "Give the visit a purpose"))?;
    life.bear(&token, "/cedar-river/return/room", &[("statements", statement.as_str()), ("sure", "yes")]).await?;
    Ok(())
}

/// Some take their words back, after an export had carried them: by their link, as a member, as steward.
pub(super) async fn taken_back(life: &mut Life) -> Result<(), DemoError> {
    life.day(357, 19);
    let missed = find("session_5", "I missed one visit");
    let (token, statement) = (life.id(&missed.replace("statement_", "later_"))?, life.id(&missed)?);
    life.bear(&token, "/cedar-river/return/withdrawal", &[("statement", &statement)]).await?;
    for (who, session, begins) in [("parent", "session_4", "I told the truth"), ("tribe", "session_1", "I kept a calendar")] {
        let path = format!("/cedar-river/statements/{}/withdrawal", life.id(&find(session, begins))?);
        life.post(who, &path, &[]).await?;
    }
    let theme = life.id("theme_ride")?;
    life.note("theme_reread", &theme);
    let page = life.get("staff", "/cedar-river/recalls").await?;
    let recall = page.split("/cedar-river/recalls/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    life.note("recall", &recall);
    life.note("recall_version", "1");
    Ok(())
}
