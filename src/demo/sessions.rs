//! Nine listening sessions over the year: two series, every state, one with a summary only and one without notes; and the
//! cards of those who spoke. Names: "session_1" to "session_9", "speaker_1_1" and so on.

use super::{DemoError, Life, sessions_cards, statements};

/// How far a session has come by today.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Until {
    Planned,
    Announced,
    Begun,
    Held,
    WithSpeakers,
    Confirmed,
    Closed,
}

struct Told {
    known: &'static str,
    title: &'static str,
    topic: &'static str,
    series: &'static str,
    cohost: &'static str,
    community: &'static str,
    day: i64,
    place: &'static str,
    languages: &'static str,
    interpreter: &'static str,
    recording: &'static str,
    facilitator: &'static str,
    note_taker: &'static str,
    invited: &'static [&'static str],
    until: Until,
    came: [&'static str; 5],
}

const KIN: &str = "grandparents and kin, Cedar Valley";
const YOUTH: &str = "young adults of Tall Pine";

const SESSIONS: &[Told] = &[
    Told {
        known: "session_1",
        title: "Growing up between two homes",
        topic: "What helped you stay close to your people when you had to move? What would have helped more?",
        series: "series_tallpine",
        cohost: "tallpine",
        community: YOUTH,
        day: 40,
        place: "Tall Pine community hall",
        languages: "English",
        interpreter: "not needed",
        recording: "notes",
        facilitator: "facilitator",
        note_taker: "staff",
        invited: &["youth", "schools"],
        until: Until::Closed,
        came: ["3", "14", "2", "0", "0"],
    },
    Told {
        known: "session_2",
        title: "A first evening in the hall",
        topic: "Nothing is asked tonight. We come to listen, and to say what we got wrong.",
        series: "series_kinship",
        cohost: "kinship",
        community: KIN,
        day: 75,
        place: "Kinship Circle hall, Elm Street",
        languages: "English, Spanish",
        interpreter: "Spanish: Lucía Paredes",
        recording: "none",
        facilitator: "staff",
        note_taker: "",
        invited: &["parents", "hope"],
        until: Until::Closed,
        came: ["2", "0", "5", "17", "1"],
    },
    Told {
        known: "session_4",
        title: "When kin step in",
        topic: "What happened in the first week after a child came to you? Who called you, and who should have?",
        series: "series_kinship",
        cohost: "kinship",
        community: KIN,
        day: 190,
        place: "Kinship Circle hall, Elm Street",
        languages: "English, Spanish",
        interpreter: "Spanish: Lucía Paredes",
        recording: "notes",
        facilitator: "facilitator",
        note_taker: "staff",
        invited: &["parents", "foster", "lawyers"],
        until: Until::Confirmed,
        came: ["3", "0", "4", "16", "0"],
    },
    Told {
        known: "session_5",
        title: "Visits that keep a family a family",
        topic: "How do visits work for you? How far, how often, who is in the room?",
        series: "series_tallpine",
        cohost: "tallpine",
        community: YOUTH,
        day: 338,
        place: "Tall Pine school library",
        languages: "English",
        interpreter: "not needed",
        recording: "notes",
        facilitator: "facilitator",
        note_taker: "staff",
        invited: &["youth", "court", "casa"],
        until: Until::WithSpeakers,
        came: ["3", "15", "3", "0", "1"],
    },
    Told {
        known: "session_6",
        title: "What kin licensing feels like",
        topic: "Which step of becoming a licensed home made you want to give up, and which one helped?",
        series: "series_kinship",
        cohost: "kinship",
        community: KIN,
        day: 356,
        place: "Kinship Circle hall, Elm Street",
        languages: "English",
        interpreter: "not needed",
        recording: "summary",
        facilitator: "staff",
        note_taker: "",
        invited: &["foster"],
        until: Until::Held,
        came: ["2", "0", "2", "9", "0"],
    },
    Told {
        known: "session_7",
        title: "One number to call",
        topic: "Whom do you call when you need an answer, and what happens then?",
        series: "series_kinship",
        cohost: "kinship",
        community: KIN,
        day: 364,
        place: "Harvest Table, upstairs room",
        languages: "English, Spanish",
        interpreter: "Spanish: Lucía Paredes",
        recording: "notes",
        facilitator: "staff",
        note_taker: "facilitator",
        invited: &["parents", "foster", "harvest"],
        until: Until::Begun,
        came: ["0", "0", "0", "0", "0"],
    },
    Told {
        known: "session_8",
        title: "Leaving care at eighteen, or not",
        topic: "What did you have on the day you turned eighteen? What did you wish for?",
        series: "series_tallpine",
        cohost: "tallpine",
        community: YOUTH,
        day: 371,
        place: "Tall Pine community hall",
        languages: "English",
        interpreter: "not needed",
        recording: "notes",
        facilitator: "facilitator",
        note_taker: "staff",
        invited: &["youth", "college", "housing"],
        until: Until::Announced,
        came: ["0", "0", "0", "0", "0"],
    },
    Told {
        known: "session_9",
        title: "Schools, kin and the first phone call",
        topic: "What should a school know when a child comes to live with kin, and who should tell them?",
        series: "series_kinship",
        cohost: "kinship",
        community: KIN,
        day: 369,
        place: "Kinship Circle hall, Elm Street",
        languages: "English, Spanish",
        interpreter: "",
        recording: "notes",
        facilitator: "staff",
        note_taker: "",
        invited: &["schools", "parents"],
        until: Until::Planned,
        came: ["0", "0", "0", "0", "0"],
    },
];

/// Session three was called off: a funeral in the community.
const CALLED_OFF: Told = Told {
    known: "session_3",
    title: "Culture camp, and what it means to come home",
    topic: "What did you learn at camp that nobody taught you in care?",
    series: "series_tallpine",
    cohost: "tallpine",
    community: YOUTH,
    day: 130,
    place: "Tall Pine lake camp",
    languages: "English",
    interpreter: "not needed",
    recording: "notes",
    facilitator: "facilitator",
    note_taker: "staff",
    invited: &["youth"],
    until: Until::Announced,
    came: ["0", "0", "0", "0", "0"],
};

const INVITATION: &str = "You are invited to sit down with us. We come to listen, and we pay for your time.\n\nThere is food, somebody looks after the little ones, and we drive you if you need it. You decide whether anything you say is written down, and you read it before anybody else does. You may pass, stop or leave at any time.\n\nWhat you told us before is on the wall of the hall, with what was done about it, and what was not.";

/// The year of listening.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (known, name, community, cohost, day) in [
        ("series_tallpine", "Evenings with the Tall Pine youth council", YOUTH, "tallpine", 20),
        ("series_kinship", "At the kitchen table with the Kinship Circle", KIN, "kinship", 24),
    ] {
        life.day(day, 15);
        let cohost = life.id(cohost)?;
        let made =
            life.post("staff", "/cedar-river/sessions/series", &[("name", name), ("community", community), ("cohost", &cohost)]).await?;
        life.name(known, &made);
    }
    for told in SESSIONS {
        session(life, told).await?;
        if told.known == "session_2" {
            session(life, &CALLED_OFF).await?;
            life.day(128, 16);
            let path = address(life, &CALLED_OFF)?;
            let because = "There is a funeral in the community that week. The youth council asked us to wait, and will name a new day.";
            life.post("facilitator", &format!("{path}/cancellation"), &[("because", because)]).await?;
        }
    }
    Ok(())
}

fn address(life: &Life, told: &Told) -> Result<String, DemoError> {
    Ok(format!("/cedar-river/sessions/{}", life.id(told.known)?))
}

async fn session(life: &mut Life, told: &Told) -> Result<(), DemoError> {
    let who = told.facilitator;
    life.day((told.day - 28).min(357), 15);
    plan(life, told).await?;
    let path = address(life, told)?;
    if told.until >= Until::Announced {
        life.day((told.day - 19).min(359), 16);
        life.post(who, &format!("{path}/announcement"), &[("invitation", INVITATION), ("cleared", "yes")]).await?;
    }
    if told.until >= Until::Begun {
        life.day(told.day, 19);
        life.post(who, &format!("{path}/room/notice"), &[]).await?;
        if told.recording == "notes" {
            sessions_cards::take_in(life, told.known, told.cohost, &path).await?;
        }
        statements::written(life, told.known).await?;
    }
    if told.until >= Until::Held {
        after(life, told, &path).await?;
    }
    Ok(())
}

async fn plan(life: &mut Life, told: &Told) -> Result<(), DemoError> {
    let (series, cohost, facilitator) = (life.id(told.series)?, life.id(told.cohost)?, life.id(told.facilitator)?);
    let (day, checkin) = (life.date_of(told.day), life.date_of(told.day + 3));
    let mut invited = vec![cohost.clone()];
    for body in told.invited {
        invited.push(life.id(body)?);
    }
    // The one that lies furthest ahead is still being planned: much of it is open.
    let open = told.until == Until::Planned;
    let known = |words: &'static str| if open { "" } else { words };
    let note_taker = if told.note_taker.is_empty() { String::new() } else { life.id(told.note_taker)? };
    let mut fields = vec![
        ("title", told.title),
        ("topic", told.topic),
        ("community", told.community),
        ("series", &series),
        ("cohost", &cohost),
        ("day", &day),
        ("time", "18:00"),
        ("minutes", "120"),
        ("zone", "America/Chicago"),
        ("place", told.place),
        ("languages", told.languages),
        ("interpreter", told.interpreter),
        ("recording", told.recording),
        ("food", "Supper, cooked by the co-host and paid by the county"),
        ("child_care", known("Two aunts of the co-host, in the next room")),
        ("travel", known("Rides from the clinic at 5:15 pm, bus fare paid")),
        ("pay", "$40 for each person who comes, in cash, that evening"),
        ("support_person", known("Ruth Alderman, family counselor, sits by the door")),
        ("stop_rule", "Raise a hand or walk out: we stop, and nobody asks why."),
        ("checkin_on", if open { "" } else { &checkin }),
        ("facilitators", &facilitator),
        ("note_takers", &note_taker),
    ];
    fields.extend(invited.iter().map(|id| ("invited", id.as_str())));
    let made = life.post(told.facilitator, "/cedar-river/sessions", &fields).await?;
    life.name(told.known, &made);
    Ok(())
}

/// What follows once people have gone home.
async fn after(life: &mut Life, told: &Told, path: &str) -> Result<(), DemoError> {
    let (who, co_host) = (told.facilitator, if told.cohost == "kinship" { "Joanna Littlefield" } else { "Thomas Greywater" });
    life.day(told.day + 1, 15);
    let [agency, tribes, community_partners, lived_experience, other] = told.came;
    let numbers = [
        ("agency", agency),
        ("tribes", tribes),
        ("community_partners", community_partners),
        ("lived_experience", lived_experience),
        ("other", other),
    ];
    life.post(who, &format!("{path}/holding"), &numbers).await?;
    for (what, said_by, said_to) in sessions_cards::acknowledged(told.known) {
        life.post(who, &format!("{path}/acknowledgements"), &[("what", what), ("said_by", said_by), ("said_to", said_to)]).await?;
    }
    if told.until > Until::Held {
        life.day(told.day + 4, 15);
        life.post(who, &format!("{path}/check-in"), &[]).await?;
    }
    if let Some(summary) = sessions_cards::summary(told.known) {
        let page = life.get(who, &format!("{path}/summary")).await?;
        let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        life.post(who, &format!("{path}/summary"), &[("summary", summary), ("agreed_with", co_host), ("version", &version)]).await?;
    }
    if told.recording != "none" && told.until >= Until::WithSpeakers {
        life.day(told.day + 6, 15);
        life.post(who, &format!("{path}/return"), &[]).await?;
        statements::answered(life, told.known, told.day + 7).await?;
        if told.known == "session_5" {
            statements::brought_back(life, told.day + 12).await?;
        }
    }
    if told.recording != "none" && told.until >= Until::Confirmed {
        life.day(told.day + 40, 15);
        life.post(who, &format!("{path}/confirmation"), &[]).await?;
    }
    if told.until >= Until::Closed {
        life.day(told.day + 70, 15);
        life.post(who, &format!("{path}/closing"), &[("word", co_host)]).await?;
    }
    Ok(())
}
