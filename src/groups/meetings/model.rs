//! What a meeting is.

use crate::platform::{
    clock,
    ids::{MembershipId, PartnerId, SubjectId},
    subject::Audience,
    words,
};
use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, Utc};
use uuid::Uuid;

/// At most so many meetings are planned at once.
pub(super) const MOST_AT_ONCE: usize = 30;

/// Of fewer people with lived experience than these it is not said how many came.
pub const FEW: i32 = 5;

labels! {
    /// Where a meeting and its minutes stand.
    pub enum State {
        Planned = "planned", "planned";
        Held = "held", "held, minutes being written";
        Sent = "sent", "minutes with the other side";
        Returned = "returned", "minutes returned";
        Confirmed = "confirmed", "minutes confirmed";
        Cancelled = "cancelled", "called off";
    }
}

impl State {
    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned | Self::Cancelled => "quiet",
            Self::Held | Self::Sent => "wait",
            Self::Returned => "late",
            Self::Confirmed => "good",
        }
    }
}

labels! {
    /// How something was decided.
    pub enum How {
        Consensus = "consensus", "by consensus";
        Vote = "vote", "by a vote, by name";
        Ballot = "ballot", "by a secret ballot";
        EachSide = "each_side", "each side agreed";
        Deferred = "deferred", "put off";
    }
}

labels! {
    /// How somebody voted.
    pub enum Vote {
        Yes = "yes", "yes";
        No = "no", "no";
        Abstained = "abstained", "abstained";
    }
}

labels! {
    /// The other side’s word on minutes.
    pub enum Word {
        Confirmed = "confirmed", "Yes, this is what was said and decided";
        Returned = "returned", "No, something is missing or wrong";
    }
}

/// A meeting on the list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) id: SubjectId,
    pub(super) title: String,
    pub(super) group: Option<String>,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) place: String,
    pub(super) state: State,
    pub(super) draft: bool,
    pub(super) items: i64,
}

/// Everything about one meeting.
#[derive(Debug, Clone)]
pub(super) struct Meeting {
    pub(super) id: SubjectId,
    pub(super) group_id: Option<SubjectId>,
    pub(super) group: Option<String>,
    pub(super) open_law: bool,
    pub(super) agenda_days: i16,
    pub(super) cohost_id: Option<PartnerId>,
    pub(super) cohost: Option<String>,
    pub(super) title: String,
    pub(super) purpose: String,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i32,
    pub(super) zone: String,
    pub(super) place: String,
    pub(super) state: State,
    pub(super) sequence: i32,
    pub(super) told_at: DateTime<Utc>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) cancelled_because: String,
    pub(super) came_agency: i32,
    pub(super) came_lived: i32,
    pub(super) came_others: i32,
    pub(super) notes: String,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) sent_by: Option<MembershipId>,
    pub(super) sender: Option<String>,
    pub(super) word: String,
    pub(super) word_by: Option<String>,
    pub(super) word_at: Option<DateTime<Utc>>,
    pub(super) audience: Audience,
    /// The minutes wait for the reader’s word.
    pub(super) my_word: bool,
    /// The reader may add to the agenda.
    pub(super) adds: bool,
    /// The series that it is one of.
    pub(super) series: Option<SubjectId>,
    /// How many of that series come after it.
    pub(super) following: i64,
    pub(super) version: i32,
}

impl Meeting {
    /// The zone of its place.
    pub(super) fn tz(&self) -> chrono_tz::Tz {
        self.zone.parse().unwrap_or(chrono_tz::UTC)
    }

    /// When it begins, at its place.
    pub(super) fn when(&self) -> String {
        words::moment(self.starts_at, self.tz())
    }

    /// How many come after it, in words; empty for a meeting that is held once.
    pub(super) fn again(&self) -> String {
        match (self.series, self.following) {
            (None, _) => String::new(),
            (_, 0) => "this is the last one that is planned".to_owned(),
            (_, more) => format!("{} after this one", words::count(more, "more is planned", "more are planned")),
        }
    }

    /// Its day, at its place.
    pub(super) fn day(&self) -> NaiveDate {
        clock::day_in(self.tz(), self.starts_at)
    }

    /// It lies ahead, or nobody has said yet that it was held.
    pub(super) fn is_planned(&self) -> bool {
        self.state == State::Planned
    }

    /// What was said and decided may still be written.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, State::Held | State::Returned)
    }

    /// It was held.
    pub(super) fn was_held(&self) -> bool {
        !matches!(self.state, State::Planned | State::Cancelled)
    }

    /// It is coming under an open-meeting law: nobody comments on it.
    pub(super) fn is_closed_to_comments(&self) -> bool {
        self.open_law && self.is_planned()
    }

    /// The last day on which its agenda can be published under the law.
    pub(super) fn publish_by(&self) -> NaiveDate {
        let days = Days::new(u64::try_from(self.agenda_days).unwrap_or(0));
        self.day().checked_sub_days(days).unwrap_or_else(|| self.day())
    }

    /// Until when the agenda is published, in words.
    pub(super) fn publish_by_words(&self) -> String {
        words::day(self.publish_by())
    }

    /// How many people with lived experience came, as far as it can be said without pointing at anybody.
    pub(super) fn lived(&self) -> String {
        match self.came_lived {
            0 => String::new(),
            few if few < FEW => format!("fewer than {FEW} people with lived experience"),
            many => words::count(i64::from(many), "person with lived experience", "people with lived experience"),
        }
    }

    /// How many came for nobody but themselves or the agency, in words.
    pub(super) fn numbers(&self) -> Vec<String> {
        let of = |n: i32, one: &str, many: &str| (n > 0).then(|| words::count(i64::from(n), one, many));
        let agency = of(self.came_agency, "person of the agency", "people of the agency");
        let others = of(self.came_others, "other guest", "other guests");
        [agency, Some(self.lived()).filter(|said| !said.is_empty()), others].into_iter().flatten().collect()
    }
}

/// A meeting of a group as a calendar has it.
#[derive(Debug)]
pub(super) struct Dated {
    pub(super) id: SubjectId,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) minutes: i32,
    pub(super) zone: String,
    pub(super) place: String,
    pub(super) sequence: i32,
    pub(super) told_at: DateTime<Utc>,
    pub(super) off: bool,
}

/// An item of the agenda.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: Uuid,
    pub(super) text: String,
    pub(super) by: String,
    pub(super) mine: bool,
}

/// A decision, with how it was made.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) id: Uuid,
    pub(super) what: String,
    pub(super) how: How,
    pub(super) reasons: String,
    pub(super) dissent: String,
    /// "Thomas Greywater, for Tall Pine Tribe: yes".
    pub(super) votes: Vec<String>,
}

/// Something that went up to another group.
#[derive(Debug, Clone)]
pub(super) struct Up {
    pub(super) id: Uuid,
    pub(super) what: String,
    pub(super) to_id: SubjectId,
    pub(super) to: String,
    pub(super) back: String,
    pub(super) back_at: Option<DateTime<Utc>>,
}

/// Somebody who sat in the group on its day, and so could vote.
#[derive(Debug, Clone)]
pub(super) struct Voter {
    pub(super) term: Uuid,
    pub(super) name: String,
}

/// A meeting, parsed from a form.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) group: Option<SubjectId>,
    pub(super) cohost: Option<PartnerId>,
    pub(super) title: String,
    pub(super) purpose: String,
    /// When it begins; more than one where it is repeated.
    pub(super) begins: Vec<DateTime<Utc>>,
    pub(super) minutes: i32,
    pub(super) place: String,
    pub(super) audience: Audience,
    /// Time, length and place hold for those that follow in its series as well.
    pub(super) following: bool,
}

/// Who came and what was talked about, parsed from a form.
#[derive(Debug)]
pub(super) struct Minutes {
    pub(super) agency: i32,
    pub(super) lived: i32,
    pub(super) others: i32,
    pub(super) bodies: Vec<PartnerId>,
    pub(super) notes: String,
}

/// A decision, parsed from a form.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) what: String,
    pub(super) how: How,
    pub(super) reasons: String,
    pub(super) dissent: String,
    pub(super) votes: Vec<(Uuid, Vote)>,
}

/// How often a meeting comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    /// Every so many weeks.
    Weeks(i32),
    /// Each month on the same weekday of it: the second Tuesday; what falls on a fifth one comes on the last.
    Month,
}

/// The days of a meeting that comes again until a day; the first alone where it does not come again.
pub(super) fn days(first: NaiveDate, every: Option<(Every, NaiveDate)>) -> Vec<NaiveDate> {
    match every {
        None => vec![first],
        Some((Every::Weeks(weeks), until)) => {
            let step = usize::try_from(weeks.max(1)).unwrap_or(1) * 7;
            first.iter_days().step_by(step).take_while(|day| *day <= until).take(MOST_AT_ONCE + 1).collect()
        }
        Some((Every::Month, until)) => {
            let months = (0..).map_while(|month| first.with_day(1)?.checked_add_months(Months::new(month)));
            let days = months.filter_map(|month| same_weekday(first, month));
            days.take_while(|day| *day <= until).take(MOST_AT_ONCE + 1).collect()
        }
    }
}

/// The day of another month that is the same weekday of it; `month` is its first day.
fn same_weekday(of: NaiveDate, month: NaiveDate) -> Option<NaiveDate> {
    let nth = u8::try_from((of.day() - 1) / 7 + 1).ok()?;
    let find = |nth| NaiveDate::from_weekday_of_month_opt(month.year(), month.month(), of.weekday(), nth);
    find(nth).or_else(|| find(4))
}

#[cfg(test)]
mod tests {
    use super::{Every, days};
    use chrono::NaiveDate;

    fn day(month: u32, n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, n).unwrap()
    }

    #[test]
    fn a_meeting_comes_again_until_its_last_day() {
        assert_eq!(days(day(3, 2), None), [day(3, 2)]);
        assert_eq!(days(day(3, 2), Some((Every::Weeks(2), day(3, 30)))), [day(3, 2), day(3, 16), day(3, 30)]);
        let many = days(day(3, 2), Some((Every::Weeks(1), day(12, 31)))).len();
        assert_eq!(many, super::MOST_AT_ONCE + 1, "one more than may be: the form says so");
    }

    #[test]
    fn a_meeting_of_each_month_keeps_its_weekday() {
        // The second Tuesday.
        assert_eq!(days(day(3, 9), Some((Every::Month, day(6, 1)))), [day(3, 9), day(4, 13), day(5, 11)]);
        // A fifth Wednesday, where the next months have none: the fourth is their last.
        assert_eq!(days(day(3, 31), Some((Every::Month, day(7, 1)))), [day(3, 31), day(4, 28), day(5, 26), day(6, 30)]);
    }
}
