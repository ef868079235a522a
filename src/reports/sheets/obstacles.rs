//! The table of obstacles of the partnership.

use super::{AUDIENCE, Codes, ID, LABELS, NOTICES, Table, coded, day, follow_through::RAISERS_WORD, number_in, text, whole};
use crate::{commitments, obstacles, platform::labels::Coded as _};

pub(super) const OBSTACLES: Table = Table {
    name: "Working together",
    about: "What makes the partnership itself hard, what each side can and cannot decide, and what comes next.",
    row: "One row for each obstacle.",
    consent: "Only what its raiser shared with the agency or the partnership; nothing narrower leaves.",
    left_out: "Names of people on the partners’ side: their organization or Tribe stands for them, and people who speak for themselves read “community member”. What was taken back is not in it.",
    day: Some("The day it was raised"),
    states: ("State", STATES),
    columns: &[
        ID,
        coded("kind", "Kind", KINDS, "What kind of obstacle it is."),
        coded("side", "Raised by, side", SIDES, "Which side raised it."),
        text("raised_by", "Raised by", "Who raised it."),
        number_in(
            "partners",
            "partner_id",
            "With, partner, id",
            "The partner it is with, by number; empty where a community member raised it.",
        ),
        text("partner", "With, partner", "That partner."),
        day("raised_on", "Raised on", "When it was raised."),
        text("name", "Obstacle", "The raiser’s words."),
        text("description", "More", "More of the raiser’s words."),
        text("agency_can", "Agency, can decide", "What the agency can decide by itself, in its words."),
        text("agency_cannot", "Agency, cannot decide", "What it cannot."),
        text("partner_can", "Partner, can decide", "What the partner can decide by itself, in its words."),
        text("partner_cannot", "Partner, cannot decide", "What it cannot."),
        coded("state", "State", STATES, "Where it stands; only the side that raised it says that it is settled."),
        text("owner", "Owner", "Who does the next step."),
        text("next_step", "Next step", "What comes next."),
        day("next_on", "Next step, by", "By when."),
        day("review_on", "Review", "When both sides look at it again."),
        whole("reopened", "Reopened", "How many times it was opened again."),
        coded("consent", "Consent", RAISERS_WORD, "The consent this row rests on."),
        AUDIENCE,
        LABELS,
        NOTICES,
    ],
};

const KINDS: Codes = obstacles::Kind::CODES;
const SIDES: Codes = commitments::Side::CODES;
/// What was taken back does not leave.
const STATES: Codes = &[("open", "open"), ("easing", "easing"), ("settled", "settled")];
