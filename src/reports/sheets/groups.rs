//! Tables of groups: who they are, their seats, what they met for and what they decided.

use super::{AUDIENCE, CONSENT, Codes, ID, Table, coded, day, flag, number_in, text, whole};
use crate::{groups, listening::sessions::Constituency, platform::labels::Coded as _};

const NO_WORDS: &str = "Nobody’s contributed words are in it, so no consent is used.";

pub(super) const GROUPS: Table = Table {
    name: "Groups",
    about: "Boards, networks, councils and teams in which both sides sit, with the charter in force.",
    row: "One row for each group.",
    consent: NO_WORDS,
    left_out: "Groups that you may not read; former versions of a charter; who sits there, which is a table of its own.",
    day: Some("The day it was added"),
    states: ("State", GROUP_STATES),
    columns: &[
        ID,
        text("name", "Name", "What the group is called."),
        coded("kind", "Kind", KINDS, "What kind of group it is."),
        text("purpose", "Purpose", "What it is for."),
        coded("method", "Decides", METHODS, "How it decides."),
        text("method_note", "Decides, more", "More on how it decides."),
        number_in("groups", "reports_to_id", "Reports to, id", "The group to which it reports, by number."),
        text("reports_to", "Reports to", "That group."),
        flag("open_law", "Open meetings", "Whether an open-meeting law applies to it."),
        whole("agenda_days", "Agenda, days before", "How many days before a meeting its agenda is published, where that law applies."),
        coded("state", "State", GROUP_STATES, "Whether it meets."),
        whole("seats", "Seats", "How many seats it has."),
        whole("vacant", "Seats, vacant", "In how many of them nobody sits on the day of the export."),
        whole("charter_version", "Charter, version", "Which version of its charter is in force; empty where there is none."),
        text("charter", "Charter", "The charter in force."),
        text("charter_agreed", "Charter, agreed", "How it was agreed."),
        day("added_on", "Added on", "When the group was added here."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const SEATS: Table = Table {
    name: "Seats of groups",
    about: "The seats of each group by constituency, and who has them on the day of the export.",
    row: "One row for each seat.",
    consent: NO_WORDS,
    left_out: "Names of people on the partners’ side: their organization or Tribe stands for them, and people who speak for themselves read “community member”. Mandates, and who sat there before.",
    day: None,
    states: ("Constituency", CONSTITUENCIES),
    columns: &[
        ID,
        number_in("groups", "group_id", "Group, id", "The group, by number."),
        text("group", "Group", "The group."),
        coded("constituency", "Constituency", CONSTITUENCIES, "Whose seat it is."),
        text("title", "Seat", "What the seat is called, if it has a name of its own."),
        flag("chair", "Chair", "Whether whoever sits there chairs for their side."),
        number_in("partners", "partner_id", "Held by, partner, id", "The organization or Tribe that has the seat, by number."),
        text("partner", "Held by, partner", "That organization or Tribe."),
        flag("named", "Named", "Whether the seat’s organization or Tribe said who sits for it; empty where a person has the seat."),
        text("person", "Held by, person", "The person of the agency who has the seat, or “community member”."),
        day("from_on", "From", "From when."),
        day("until_on", "Until", "Until when, if a last day was set."),
        flag("vacant", "Vacant", "Whether nobody has it."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const MEETINGS: Table = Table {
    name: "Meetings and forums",
    about: "What groups met for and when, who came by organization, and where the minutes stand.",
    row: "One row for each meeting of a group, or forum.",
    consent: NO_WORDS,
    left_out: "What members put on the agenda, of which only the number is here; how many people with lived experience came where fewer than five did; decisions, which are a table of their own.",
    day: Some("The day it begins"),
    states: ("State", MEETING_STATES),
    columns: &[
        ID,
        number_in("groups", "group_id", "Group, id", "The group that met, by number; empty for a forum."),
        text("group", "Group", "That group."),
        number_in("partners", "cohost_id", "Hosted with, id", "Who hosted it together with the agency, by number."),
        text("cohost", "Hosted with", "That partner."),
        text("title", "Title", "What the meeting is called."),
        text("purpose", "Purpose", "What it is for."),
        day("held_on", "Day", "The day on which it begins, in the zone of its place."),
        text("begins", "Begins", "When it begins there, in hours and minutes."),
        whole("minutes_long", "Lasts, minutes", "How long it lasts."),
        text("place", "Place", "Where it is."),
        coded("state", "State", MEETING_STATES, "Where the meeting and its minutes stand."),
        text("called_off", "Called off", "Why it was called off, if it was."),
        day("agenda_published_on", "Agenda published on", "When the agenda was published, where an open-meeting law applies."),
        whole("items", "Agenda, items", "How many things stood on its agenda."),
        text("came_ids", "Came, ids", "The organizations and Tribes that came, by number, separated by spaces."),
        text("came", "Came", "Their names, separated by semicolons."),
        whole("came_agency", "Came, agency", "How many people of the agency came."),
        whole(
            "came_lived_experience",
            "Came, lived experience",
            "How many people with lived experience came; empty where fewer than five did.",
        ),
        whole("came_others", "Came, others", "How many other guests came."),
        text("notes", "Talked about", "What was talked about, as the minutes have it."),
        whole("decisions", "Decisions", "How many decisions were noted."),
        whole("sent_up", "Went up", "How many things it sent up to another group."),
        whole("came_back", "Came back", "To how many of these something came back."),
        day("confirmed_on", "Confirmed on", "When the other side confirmed the minutes."),
        CONSENT,
        AUDIENCE,
    ],
};

pub(super) const DECISIONS: Table = Table {
    name: "Decisions of meetings",
    about: "What meetings decided, how, why, and who saw it differently.",
    row: "One row for each decision.",
    consent: "The minutes of both sides. You get those that you may read.",
    left_out: "Names of people on the partners’ side: in a vote their organization or Tribe stands for them, and people who speak for themselves read “community member”.",
    day: Some("The day of the meeting"),
    states: ("How", HOW),
    columns: &[
        ID,
        number_in("meetings", "meeting_id", "Meeting, id", "The meeting, by number."),
        text("meeting", "Meeting", "The meeting."),
        number_in("groups", "group_id", "Group, id", "The group that met, by number; empty for a forum."),
        text("group", "Group", "That group."),
        day("held_on", "Day", "The day of the meeting, in the zone of its place."),
        coded("minutes", "Minutes", MEETING_STATES, "Where the minutes stand: only confirmed ones are both sides’ word."),
        text("what", "Decision", "What was decided."),
        coded("how", "How", HOW, "How it was decided."),
        text("reasons", "Why", "The reasons."),
        text("dissent", "Seen differently", "Who saw it differently, and why."),
        whole("yes", "Votes, yes", "How many voted for it; of a secret ballot no votes are noted."),
        whole("no", "Votes, no", "How many voted against it."),
        whole("abstained", "Votes, abstained", "How many abstained."),
        text("votes", "Votes by name", "Each vote, separated by semicolons."),
        CONSENT,
        AUDIENCE,
    ],
};

const KINDS: Codes = groups::GroupKind::CODES;
const METHODS: Codes = groups::Method::CODES;
const GROUP_STATES: Codes = groups::State::CODES;
const CONSTITUENCIES: Codes = Constituency::CODES;
const MEETING_STATES: Codes = groups::meetings::State::CODES;
const HOW: Codes = groups::meetings::How::CODES;
