//! Tables of partners and outreach.

use super::{AUDIENCE, CONSENT, Codes, ID, Table, coded, day, flag, number_in, several, text};
use crate::{partners, platform::labels::Coded as _};

const NO_WORDS: &str = "Nobody’s contributed words are in it, so no consent is used.";

pub(super) const PARTNERS: Table = Table {
    name: "Partners",
    about: "Who the agency works with, and how the relationship stands.",
    row: "One row for each partner or Tribal government.",
    consent: NO_WORDS,
    left_out: "People: no member and no representative of a partner is named. Ratings of the relationship stay on their page.",
    day: Some("The day the entry was made"),
    states: ("Stage", STAGES),
    columns: &[
        ID,
        text("name", "Name", "The partner’s own name."),
        coded("kind", "Kind", KINDS, "What kind of body it is."),
        flag("tribal_government", "Tribal government", "Whether it is a Tribal government; count these apart from partners."),
        coded("stage", "Stage", STAGES, "Where the relationship stands."),
        flag("contracted", "Under contract", "Whether the agency pays it under a contract."),
        text("communities", "Communities", "Communities it belongs to, separated by semicolons."),
        text("languages", "Languages", "Languages it speaks, separated by semicolons."),
        text("counties", "Counties served", "Counties it serves, separated by semicolons."),
        several("brings", "Brings", BRINGS, "What it brings; separated by semicolons."),
        text("city", "City", "Where it sits."),
        text("state", "State", "Where it sits."),
        text("email", "Email", "Where the partner itself is written to, as on its page."),
        text("telephone", "Telephone", "Where the partner itself is called, as on its page."),
        text("official_id", "Official number", "Its number in an official list, if any."),
        coded("recognition", "Recognition", RECOGNITION, "For Tribes: what is known, as a fact with its source."),
        text("recognition_source", "Recognition, source", "Where that was read."),
        day("recognition_on", "Recognition, day", "When that was read."),
        text("keeper", "Kept by", "The director or delegate who keeps the relationship."),
        coded("rhythm", "Rhythm", RHYTHMS, "How often the relationship is kept."),
        day("rhythm_next", "Next date", "When it is next kept."),
        day("added_on", "Added on", "When the entry was made."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const OUTREACH: Table = Table {
    name: "Outreach",
    about: "Who went to whom in the community, how, what was said and what comes next.",
    row: "One row for each entry of outreach.",
    consent: "The entries are the agency’s own notes. You get those that you may read.",
    left_out: "Entries that you may not read; contacts between governments, which are a table of their own.",
    day: Some("The day it took place"),
    states: ("How", HOW),
    columns: &[
        ID,
        number_in("partners", "partner_id", "Partner, id", "The partner’s number, as in the table of partners."),
        text("partner", "Partner", "The partner’s name."),
        day("held_on", "Day", "When it took place."),
        text("went", "Who went", "The director or a delegate."),
        text("delegate_reason", "Why a delegate", "Why a delegate went, if one did."),
        coded("how", "How", HOW, "How the partner was reached."),
        text("said", "What was said", "The agency’s note."),
        text("next_step", "Next step", "What comes next."),
        day("next_on", "Next step, day", "When."),
        day("done_on", "Next step done", "When the next step was done, if it was."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const GOVERNMENTS: Table = Table {
    name: "Contacts between governments",
    about: "When the agency and a Tribe spoke as governments, who spoke with authority for each, what was said and what comes next.",
    row: "One row for each contact with a Tribe as a government; never part of outreach.",
    consent: "The entries are the agency’s own notes. You get those that you may read.",
    left_out: "Entries that you may not read; outreach in the community, which is a table of its own.",
    day: Some("The day it took place"),
    states: ("How", HOW),
    columns: &[
        ID,
        number_in("partners", "partner_id", "Tribe, id", "The Tribe’s number, as in the table of partners."),
        text("tribe", "Tribe", "The Tribe’s own name."),
        day("held_on", "Day", "When it took place."),
        text("spoke_for_agency", "Spoke for the agency", "Who spoke with authority for the agency."),
        text("spoke_for_tribe", "Spoke for the Tribe", "Who spoke with authority for the Tribe."),
        coded("how", "How", HOW, "How they spoke."),
        text("said", "What was said", "The agency’s note."),
        text("next_step", "Next step", "What comes next."),
        day("next_on", "Next step, day", "When."),
        day("done_on", "Next step done", "When the next step was done, if it was."),
        CONSENT,
        AUDIENCE,
    ],
};

const STAGES: Codes = partners::Stage::CODES;
const HOW: Codes = partners::outreach::How::CODES;
const BRINGS: Codes = partners::Brings::CODES;
const RECOGNITION: Codes = partners::Recognition::CODES;
const RHYTHMS: Codes = partners::Rhythm::CODES;
const KINDS: Codes = partners::Kind::CODES;
