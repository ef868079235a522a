//! Tables of partners and outreach.

use super::{AUDIENCE, ID, Table, day, flag, text};

const NO_WORDS: &str = "Nobody’s contributed words are in it, so no consent is used.";

pub(super) const PARTNERS: Table = Table {
    name: "Partners",
    about: "Who the agency works with, and how the relationship stands.",
    row: "One row a partner or Tribal government.",
    consent: NO_WORDS,
    left_out: "People: no member and no representative of a partner is named. Ratings of the relationship stay on their page.",
    day: Some("The day the entry was made"),
    states: (
        "Stage",
        &[
            ("to_contact", "to contact"),
            ("invited", "invited"),
            ("met", "met"),
            ("working", "working together"),
            ("paused", "paused"),
            ("ended", "ended"),
        ],
    ),
    columns: &[
        ID,
        text("name", "Name", "The partner’s own name."),
        text("kind", "Kind", "What kind of body it is."),
        flag("tribal_government", "Tribal government", "Whether it is a Tribal government; count these apart from partners."),
        text("stage", "Stage", "Where the relationship stands."),
        flag("contracted", "Under contract", "Whether the agency pays it under a contract."),
        text("communities", "Communities", "Communities it belongs to, separated by semicolons."),
        text("languages", "Languages", "Languages it speaks, separated by semicolons."),
        text("counties", "Counties served", "Counties it serves, separated by semicolons."),
        text("brings", "Brings", "What it brings: lived experience, community, system; separated by semicolons."),
        text("city", "City", "Where it sits."),
        text("state", "State", "Where it sits."),
        text("official_id", "Official number", "Its number in an official list, if any."),
        text("recognition", "Recognition", "For Tribes: what is known, as a fact with its source."),
        text("recognition_source", "Recognition, source", "Where that was read."),
        day("recognition_on", "Recognition, day", "When that was read."),
        text("keeper", "Kept by", "The director or delegate who keeps the relationship."),
        text("rhythm", "Rhythm", "How often the relationship is kept."),
        day("rhythm_next", "Next date", "When it is next kept."),
        day("added_on", "Added on", "When the entry was made."),
        AUDIENCE,
    ],
};

pub(super) const OUTREACH: Table = Table {
    name: "Outreach",
    about: "Who went to whom, how, what was said and what comes next.",
    row: "One row an entry of outreach.",
    consent: "The entries are the agency’s own notes. You get those that you may read.",
    left_out: "Entries that you may not read.",
    day: Some("The day it took place"),
    states: (
        "How",
        &[
            ("visit", "visit"),
            ("meeting", "meeting"),
            ("telephone", "telephone"),
            ("video", "video"),
            ("letter", "letter"),
            ("email", "email"),
            ("event", "event"),
        ],
    ),
    columns: &[
        ID,
        text("partner_id", "Partner, id", "The partner’s number, as in the table of partners."),
        text("partner", "Partner", "The partner’s name."),
        day("held_on", "Day", "When it took place."),
        text("went", "Who went", "The director or a delegate."),
        text("delegate_reason", "Why a delegate", "Why a delegate went, if one did."),
        text("how", "How", "By visit, meeting, telephone, video, letter, email or event."),
        text("said", "What was said", "The agency’s note."),
        text("next_step", "Next step", "What comes next."),
        day("next_on", "Next step, day", "When."),
        day("done_on", "Next step done", "When the next step was done, if it was."),
        AUDIENCE,
    ],
};
