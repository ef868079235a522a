//! Tables of listening: sessions, statements, themes.

use super::{AUDIENCE, CONSENT, Codes, ID, LABELS, NO_CONSENT, NOTICES, Table, coded, day, flag, number_in, several, text, whole};
use crate::{consent, listening::sessions, platform::labels::Coded as _};

pub(super) const SESSIONS: Table = Table {
    name: "Listening sessions",
    about: "Where and when the agency listened, with whom, and how many came.",
    row: "One row for each listening session.",
    consent: "The summary of the room was agreed aloud with the co-host and holds nobody’s own words.",
    left_out: "Who came: attendance is a number for each constituency, and small ones are joined. Speakers and their consent cards never leave the session.",
    day: Some("The day of the session"),
    states: ("State", SESSION_STATES),
    columns: &[
        ID,
        text("title", "Title", "What the session is called."),
        text("topic", "Topic", "What it was about."),
        text("community", "Community", "The community that was invited."),
        number_in("partners", "cohost_id", "Co-host, id", "The partner’s number, as in the table of partners."),
        text("cohost", "Co-host", "The partner who hosted it with the agency."),
        day("held_on", "Day", "The day, where the session took place."),
        whole("minutes", "Minutes", "How long it was planned to take."),
        text("languages", "Languages", "Languages spoken, separated by semicolons."),
        coded("recording", "Recording", RECORDINGS, "What was agreed before anyone spoke."),
        flag("for_minors", "For young people", "Whether people under 18 were invited."),
        coded("state", "State", SESSION_STATES, "Where the session stands."),
        whole("came_agency", "Came: agency", "How many came from the agency."),
        whole("came_tribes", "Came: Tribes", "How many came from Tribes; empty where they are joined."),
        whole("came_partners", "Came: community partners", "How many came from community partners; empty where they are joined."),
        whole(
            "came_lived_experience",
            "Came: lived experience",
            "How many people with lived experience came; empty where they are joined.",
        ),
        whole("came_other", "Came: others", "How many others came; empty where they are joined."),
        whole(
            "came_community",
            "Came: community members",
            "Where fewer than five people of one kind came, nobody is to be told apart: they are counted here together, with as many others as that needs; empty where even so they are fewer than five.",
        ),
        text("summary", "Summary of the room", "Agreed aloud with the co-host; empty when none was agreed."),
        coded("consent", "Consent", ROOM, "The consent this row rests on."),
        AUDIENCE,
    ],
};

pub(super) const STATEMENTS: Table = Table {
    name: "Statements",
    about: "What was heard, in the speakers’ own words, with the consent and the audience of each.",
    row: "One row for each statement that its speaker confirmed or corrected.",
    consent: "Only statements whose speaker said yes to being exported. A name only where the speaker also said yes to being named.",
    left_out: "Drafts, words still with their speaker, struck or taken-back words, and anything that you may not read. Names of speakers who did not choose to be shown by their name.",
    day: Some("The day of the session"),
    states: ("State", STATEMENT_STATES),
    columns: &[
        ID,
        text("words", "Words", "The speaker’s words, as they confirmed them."),
        text("language", "Language", "The language of the words, as a code of BCP 47: en is English, es Spanish, hmn Hmong."),
        coded("attribution", "Attribution", ATTRIBUTIONS, "How the speaker chose to be shown."),
        text("shown_as", "Shown as", "How the speaker is shown; a name only with consent to be named."),
        coded("state", "State", STATEMENT_STATES, "What the speaker said to what was written down."),
        day("confirmed_on", "Confirmed on", "When the speaker said so."),
        flag("may_keep", "May be kept", "Whether the words may stay in the agency’s notes."),
        flag("may_quote", "May be quoted", "Whether the words may be quoted to others who may read them."),
        flag("may_name", "May be named", "Whether the speaker’s name may stand beside the words."),
        flag("may_export", "May be exported", "Whether the words may leave in a file: always yes in one."),
        flag("may_publish", "May be published", "Whether the words may stand in public reports."),
        flag("may_research", "May serve research", "Whether the words may be used for research."),
        several("consent", "Consent", USES, "The uses that the speaker allowed, separated by semicolons."),
        whole("consent_version", "Consent, version", "Counts every change of consent; this file is void once it changes."),
        AUDIENCE,
        number_in("sessions", "session_id", "Session, id", "Where it was heard: the number in the table of listening sessions."),
        text("session", "Session", "Where it was heard."),
        day("session_on", "Session, day", "When it was heard."),
        text("theme_ids", "Themes, ids", "The themes that rest on it, separated by spaces."),
        text("themes", "Themes", "Their names, separated by semicolons."),
        LABELS,
        NOTICES,
    ],
};

pub(super) const THEMES: Table = Table {
    name: "Themes",
    about: "What came up again and again, and what each theme rests on.",
    row: "One row for each theme.",
    consent: "Statements are counted only where their speaker said yes to being exported.",
    left_out: "The words themselves: they are in the table of statements.",
    day: None,
    states: ("", &[]),
    columns: &[
        ID,
        text("name", "Name", "What the theme is called."),
        text("description", "Description", "What is meant by it."),
        flag("from_field", "From the field", "Whether it was known in the field before anyone here said it."),
        whole("statements", "Statements", "How many statements that may be exported it rests on, as far as you may read them."),
        whole("sessions", "Summaries", "How many sessions’ summaries it rests on."),
        whole("barriers", "Barriers", "How many barriers rest on it."),
        day("added_on", "Added on", "When it was named."),
        CONSENT,
        AUDIENCE,
    ],
};

const SESSION_STATES: Codes = sessions::State::CODES;
const RECORDINGS: Codes = sessions::Recording::CODES;
const STATEMENT_STATES: Codes = &[("confirmed", "confirmed as written"), ("corrected", "mended by the speaker")];
const ATTRIBUTIONS: Codes = consent::Attribution::CODES;
const USES: Codes = &[
    ("kept", "kept in notes"),
    ("quoted", "quoted"),
    ("named", "named"),
    ("exported", "exported"),
    ("published", "public reports"),
    ("research", "research"),
];
/// The consent of a session's summary.
pub(in crate::reports) const AGREED_ALOUD: &str = "agreed_aloud";
const ROOM: Codes = &[
    (NO_CONSENT, "nobody’s contributed words are in it"),
    (AGREED_ALOUD, "its summary was agreed aloud with the co-host and holds nobody’s own words"),
];
