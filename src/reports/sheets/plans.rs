//! Tables of action plans: the plans, what each stands on, and how far it was when.

use super::{AUDIENCE, CONSENT, Codes, ID, Table, coded, day, number_in, text, whole};
use crate::{commitments, plans, platform::labels::Coded as _};

const OWN: &str = "No contributed words are in it, so no consent is used.";
const STATES: Codes = plans::State::CODES;

pub(super) const PLANS: Table = Table {
    name: "Action plans",
    about: "What is being done about barriers, how far it is, and what came of it.",
    row: "One row for each action plan; its steps are in the table of commitments, what it stands on and its progress in tables of their own.",
    consent: OWN,
    left_out: "People: owners of steps stand in the table of commitments.",
    day: Some("The day it was begun"),
    states: ("State", STATES),
    columns: &[
        ID,
        text("name", "Name", "What the plan is called."),
        text("purpose", "Purpose", "What it is for."),
        text("resources", "Resources", "What it needs, in the words of the plan."),
        coded("state", "State", STATES, "Where it stands."),
        whole("percent", "Progress", "The last word on progress, in percent."),
        day("progress_on", "Progress, day", "When that was said."),
        text("outcome", "Outcome", "What came of it."),
        text("barrier_ids", "Barriers, ids", "Barriers it addresses, separated by spaces."),
        text("goal_ids", "Goals, ids", "Goals it serves, separated by spaces."),
        whole("steps", "Steps", "Its steps."),
        whole("steps_confirmed", "Steps confirmed", "Steps confirmed by the one promised."),
        whole("steps_late", "Steps late", "Steps not reported done by their day."),
        day("begun_on", "Begun on", "When it was begun."),
        CONSENT,
        AUDIENCE,
    ],
};

const MEANS_KINDS: Codes = plans::MeansKind::CODES;
const SIDES: Codes = commitments::Side::CODES;

pub(super) const MEANS: Table = Table {
    name: "What plans stand on",
    about: "Who brings money, staff time, space or data to an action plan, and what each side gains from it.",
    row: "One row for each thing that somebody brings to a plan.",
    consent: OWN,
    left_out: "People: whoever wrote it down is not named.",
    day: Some("The day it was written down"),
    states: ("Kind", MEANS_KINDS),
    columns: &[
        ID,
        number_in("plans", "plan_id", "Plan, id", "The plan: the number in the table of action plans."),
        text("plan", "Plan", "That plan’s name."),
        coded("side", "Side", SIDES, "Who brings it."),
        number_in("partners", "partner_id", "Brought by, id", "The partner’s number, where a partner brings it."),
        text("partner", "Brought by", "The partner’s name, where a partner brings it."),
        coded("kind", "Kind", MEANS_KINDS, "What is brought."),
        text("what", "What", "In words."),
        text("gain", "What they gain", "What whoever brings it gains from it."),
        day("added_on", "Added on", "When it was written down."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const PROGRESS: Table = Table {
    name: "Progress of plans",
    about: "Every word on how far an action plan was, in its order.",
    row: "One row for each word on progress; the last one of a plan is where it stands.",
    consent: OWN,
    left_out: "People: whoever said it is not named.",
    day: Some("The day it was said"),
    states: ("", &[]),
    columns: &[
        ID,
        number_in("plans", "plan_id", "Plan, id", "The plan: the number in the table of action plans."),
        text("plan", "Plan", "That plan’s name."),
        day("said_on", "Said on", "When it was said."),
        whole("percent", "Progress", "How far the plan was, in percent."),
        text("note", "Note", "What was said with it."),
        CONSENT,
        AUDIENCE,
    ],
};
