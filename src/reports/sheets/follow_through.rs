//! Tables of follow-through: barriers, goals, commitments, questions.

use super::{AUDIENCE, CONSENT, Codes, ID, LABELS, NOTICES, Table, coded, column_of_records, day, flag, number, number_in, text, whole};
use crate::{barriers, commitments, goals, loops, platform::labels::Coded as _};

const OWN: &str = "No contributed words are in it, so no consent is used.";
const NAMES: &str = "Names of people on the partners’ side: their organization or Tribe stands for them, and people who speak for themselves read “community member”.";

pub(super) const BARRIERS: Table = Table {
    name: "Barriers",
    about: "What stands in the way, who works on it from both sides, and what happened to it.",
    row: "One row for each barrier.",
    consent: "Evidence is counted only where it may be exported.",
    left_out: NAMES,
    day: Some("The day it was written down"),
    states: ("State", BARRIER_STATES),
    columns: &[
        ID,
        text("name", "Name", "What the barrier is called."),
        text("description", "Description", "What stands in the way."),
        coded("level", "Level", LEVELS, "Where it lies."),
        text("groups", "Groups affected", "Who meets it, separated by semicolons."),
        coded("state", "State", BARRIER_STATES, "Where it stands."),
        text("happened", "What happened", "What became of it."),
        text("owner", "Owner, agency", "Who works on it for the agency."),
        number_in("partners", "owner_partner_id", "Owner, partner, id", "Who works on it on the partners’ side, by number."),
        text("owner_partner", "Owner, partner", "Who works on it on the partners’ side."),
        text("theme_ids", "Themes, ids", "Themes it rests on, separated by spaces."),
        text("statement_ids", "Statements, ids", "Statements that may be exported and that it rests on directly, separated by spaces."),
        whole("statements", "Statements", "How many those are."),
        whole("plans", "Action plans", "How many action plans address it."),
        day("added_on", "Added on", "When it was written down."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const GOALS: Table = Table {
    name: "Shared goals",
    about: "What is wanted together, how it is measured, and every value so far.",
    row: "One row for each value of a goal; a goal without values has one row.",
    consent: OWN,
    left_out: NAMES,
    day: Some("The day of the value"),
    states: ("State", GOAL_STATES),
    columns: &[
        text("id", "Id", "The row’s own number: the same in every export for this goal and this day."),
        text("goal_id", "Goal, id", "The goal’s own number: the same in every export, so that tables can be joined."),
        text(
            "text",
            "Goal",
            "The goal in the version in force; where none is, as it is proposed now. Empty where it was written for others.",
        ),
        whole("version", "Version", "The number of that version: agreement holds for one."),
        flag("in_force", "In force", "Whether somebody on the partners’ side agreed to that version and it holds."),
        text("proposed_text", "Goal, proposed", "The newest text, where it waits for agreement while an older one is in force."),
        whole("proposed_version", "Version, proposed", "The number of that text."),
        coded("state", "State", GOAL_STATES, "Where it stands."),
        text("owner", "Owner, agency", "Who answers for it at the agency."),
        number_in("partners", "owner_partner_id", "Owner, partner, id", "Who answers for it on the partners’ side, by number."),
        text("owner_partner", "Owner, partner", "Who answers for it on the partners’ side."),
        text("barrier_ids", "Barriers, ids", "Barriers it is meant to remove, separated by spaces."),
        text("indicator", "Indicator", "How that version will be known to be met; the unit, baseline and target are its own too."),
        text("unit", "Unit", "What the values are measured in."),
        number("baseline", "Baseline", "Where it began."),
        day("baseline_on", "Baseline, day", "When."),
        number("target", "Target", "Where it is to be."),
        day("target_on", "Target, day", "By when."),
        day("value_on", "Value, day", "The day of this value."),
        number("value", "Value", "The value on that day."),
        text("value_source", "Value, source", "Where the value comes from."),
        whole("agreed", "Agreed by", "How many members agreed to the version in “Version”."),
        whole("not_agreed", "Not agreed by", "How many members did not."),
        whole("proposed_agreed", "Proposed, agreed by", "How many members agreed to the version in “Version, proposed”."),
        whole("proposed_not_agreed", "Proposed, not agreed by", "How many members did not."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const COMMITMENTS: Table = Table {
    name: "Commitments",
    about: "Who promised what to whom, by when, and whether it was kept.",
    row: "One row for each commitment; a step of a plan names its plan.",
    consent: OWN,
    left_out: NAMES,
    day: Some("The day it is due"),
    states: ("State", PROMISE_STATES),
    columns: &[
        ID,
        text("what", "What", "What was promised."),
        coded("side", "Side", SIDES, "Who promised."),
        number_in("partners", "promised_by_partner_id", "Promised by, partner, id", "The body that promised, by number."),
        text("promised_by", "Promised by", "Who promised."),
        number_in("partners", "promised_to_partner_id", "Promised to, partner, id", "The body it was promised to, by number."),
        text("promised_to", "Promised to", "To whom."),
        number_in("partners", "partner_owner_id", "Owner, partner, id", "Who works on it on the partners’ side, by number."),
        text("partner_owner", "Owner, partner", "Who works on it on the partners’ side."),
        number_in("plans", "plan_id", "Plan, id", "The plan it is a step of."),
        text("plan", "Plan", "That plan’s name."),
        text("promised_in_id", "Promised in, id", "The record in which it was promised, by number."),
        column_of_records("promised_in", "Promised in", "What kind of record that is."),
        day("due_on", "Due", "By when."),
        coded("state", "State", PROMISE_STATES, "Where it stands; only the one promised confirms."),
        flag("late", "Late", "Whether its day had passed without a report when the file was made."),
        flag("delegated", "Delegated", "Whether somebody else does it for the one who promised."),
        text(
            "evidence",
            "Evidence",
            "What the agency reported of its own promises. What partners report of theirs are their words, and stays here.",
        ),
        day("reported_on", "Reported on", "When it was reported done."),
        day("confirmed_on", "Confirmed on", "When the one promised said so."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const LOOPS: Table = Table {
    name: "Questions and answers",
    about: "What partners asked, what the agency answered, and who says that it is closed.",
    row: "One row for each question, concern or idea.",
    consent: "Only what its raiser shared with the agency, the partnership or the public; nothing narrower leaves.",
    left_out: "Names of those who asked: their organization or Tribe stands for them, and people who speak for themselves read “community member”. Taken-back questions are not in it, nor those that were entered for somebody who has not confirmed them.",
    day: Some("The day it was raised"),
    states: ("State", LOOP_STATES),
    columns: &[
        ID,
        coded("kind", "Kind", LOOP_KINDS, "What was raised."),
        number_in(
            "partners",
            "raised_by_partner_id",
            "Raised by, partner, id",
            "The organization or Tribe, by number; empty where a community member asked.",
        ),
        text("raised_by", "Raised by", "The organization or Tribe, “community member”, or “somebody without an account”."),
        text("raised_from_id", "Raised from, id", "The record it was raised from, by number; a statement only where it may be exported."),
        column_of_records("raised_from", "Raised from", "What kind of record that is."),
        day("raised_on", "Raised on", "When it was raised."),
        text("words", "Words", "The raiser’s words."),
        coded("state", "State", LOOP_STATES, "Where it stands; only the raiser closes."),
        day("acknowledge_by", "Acknowledge by", "The first clock."),
        day("acknowledged_on", "Acknowledged on", "When the agency acknowledged it."),
        day("answer_by", "Answer by", "The second clock."),
        day("answered_on", "Answered on", "When the agency answered; the clocks stop then. Answers that were not sent yet are in no file."),
        coded("answer", "Answer", ANSWERS, "What the agency answered."),
        text("answer_words", "Answer, words", "In which words."),
        text("answer_reason", "Answer, reason", "Why not, where it was not possible."),
        day("answer_due", "Answer, promised for", "By when, where the agency said that it will."),
        day("closed_on", "Closed on", "When the raiser closed it."),
        whole("reopened", "Reopened", "How many times the raiser opened it again."),
        flag("late", "Late", "Whether either clock had run out without a word when the file was made; an answered one is not late."),
        coded("consent", "Consent", RAISERS_WORD, "The consent this row rests on."),
        AUDIENCE,
        LABELS,
        NOTICES,
    ],
};

const LEVELS: Codes = barriers::Level::CODES;
const BARRIER_STATES: Codes = barriers::State::CODES;
const GOAL_STATES: Codes = goals::State::CODES;
const SIDES: Codes = commitments::Side::CODES;
const PROMISE_STATES: Codes = commitments::State::CODES;
const LOOP_KINDS: Codes = loops::Kind::CODES;
/// Those that leave, read as by somebody who was not there.
const LOOP_STATES: Codes = &[
    ("raised", "raised"),
    ("acknowledged", "acknowledged"),
    ("review", "answer with the director"),
    ("answered", "answered, waiting for their word"),
    ("closed", "closed by the one who raised it"),
    ("left", "ended, nobody is left to give the word"),
];
const ANSWERS: Codes = loops::Answer::CODES;
pub(super) const RAISERS_WORD: Codes = &[(SHARED_BY_RAISER, "no card: its raiser shared it as far as its audience says")];
/// The consent of a question and of an obstacle.
pub(in crate::reports) const SHARED_BY_RAISER: &str = "shared_by_raiser";
