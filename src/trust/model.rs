//! A round of the question, what it came to, and what that says in a sentence.

use crate::{commitments::Side, platform::words};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// One round.
    RoundId
);
crate::id!(
    /// One account of what was going on.
    AccountOfRound
);

/// So many days somebody has to answer.
pub(super) const DAYS: u64 = 14;
/// From so many hundredths of a step on, two rounds differ.
const DIFFERS: i32 = 20;

labels! {
    /// How far a round is.
    pub enum State {
        Open = "open", "open";
        Shown = "shown", "shown";
        Withheld = "withheld", "withheld: too few answered";
    }
}

/// What is asked, as it is set now.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub(super) version: i32,
    pub(super) question: String,
    /// Five words, the least first.
    pub(super) steps: Vec<String>,
    pub(super) smallest: i16,
    pub(super) by_itself: bool,
}

/// What an agency begins with, until it sets its own.
pub(super) fn first_words() -> Wording {
    Wording {
        version: 0,
        question: "How much do you trust, just now, that what we say to each other counts?".to_owned(),
        steps: ["not at all", "a little", "partly", "mostly", "fully"].map(str::to_owned).to_vec(),
        smallest: 5,
        by_itself: true,
    }
}

/// A round with what it came to.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) id: RoundId,
    /// The session after which it was asked; none: the quarter’s.
    pub(super) session: Option<String>,
    pub(super) session_path: Option<String>,
    pub(super) opened_on: NaiveDate,
    pub(super) closes_on: NaiveDate,
    pub(super) question: String,
    pub(super) steps: Vec<String>,
    pub(super) smallest: i16,
    pub(super) state: State,
    pub(super) answers: Option<i32>,
    /// The mean in hundredths of a step, 100 to 500.
    pub(super) hundredths: Option<i32>,
    pub(super) agency_hundredths: Option<i32>,
    pub(super) partner_hundredths: Option<i32>,
    /// The mean of the last round before it of the same sort, a session’s or the quarter’s, that was shown.
    pub(super) before: Option<i32>,
    /// The reader was asked; and whether they answered.
    pub(super) asked: bool,
    pub(super) answered: bool,
}

impl Round {
    pub(super) fn called(&self) -> String {
        self.session.as_ref().map_or_else(|| format!("The quarter until {}", words::day(self.closes_on)), |title| format!("After: {title}"))
    }

    /// The reader’s answer is still wanted.
    pub(super) fn wants_mine(&self, today: NaiveDate) -> bool {
        self.asked && !self.answered && self.is_open(today)
    }

    pub(super) fn is_open(&self, today: NaiveDate) -> bool {
        self.state == State::Open && today < self.closes_on
    }

    /// Trust was lower than the time before.
    pub(super) fn fell(&self) -> bool {
        matches!((self.hundredths, self.before), (Some(now), Some(before)) if before - now >= DIFFERS)
    }

    /// What it came to, in one sentence.
    pub(super) fn sentence(&self) -> String {
        let (Some(now), Some(answers)) = (self.hundredths, self.answers) else {
            return match self.state {
                State::Open => format!("Open until {}. Nothing is shown before.", words::day(self.closes_on)),
                _ => format!("Withheld: fewer than {} people answered.", self.smallest),
            };
        };
        let mean = format!("{} of 5, between “{}” and “{}”", tenths(&now), self.step(now / 100), self.step((now + 99) / 100));
        let mean = if now % 100 == 0 { format!("{} of 5, “{}”", tenths(&now), self.step(now / 100)) } else { mean };
        let moved = match self.before {
            Some(before) if before - now >= DIFFERS => format!(", lower than the {} before", tenths(&before)),
            Some(before) if now - before >= DIFFERS => format!(", higher than the {} before", tenths(&before)),
            Some(_) => ", much as before".to_owned(),
            None => String::new(),
        };
        format!("{answers} people answered. On average trust was {mean}{moved}.")
    }

    fn step(&self, number: i32) -> &str {
        usize::try_from(number - 1).ok().and_then(|at| self.steps.get(at)).map_or("", String::as_str)
    }
}

/// A mean as it is read: "3.9".
pub(super) fn tenths(hundredths: &i32) -> String {
    format!("{:.1}", f64::from(*hundredths) / 100.0)
}

/// One account of what was going on.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) id: AccountOfRound,
    pub(super) side: Side,
    pub(super) by: String,
    pub(super) words: String,
    pub(super) written_at: DateTime<Utc>,
    pub(super) mine: bool,
}

/// The trend as it is drawn: rounds that were shown, the oldest first.
#[derive(Debug)]
pub(super) struct Trend {
    pub(super) points: Vec<Point>,
}

/// One point of it.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) called: String,
}

// The picture, in its own units.
const WIDE: i32 = 600;
const HIGH: i32 = 180;
const EDGE: i32 = 40;

impl Trend {
    pub(super) fn of(rounds: &[Round]) -> Self {
        let shown: Vec<&Round> = rounds.iter().rev().filter(|round| round.hundredths.is_some()).collect();
        let gap = (WIDE - 2 * EDGE) / i32::try_from(shown.len().max(2) - 1).unwrap_or(1);
        let points = shown.iter().zip(0..).map(|(round, n)| {
            let mean = round.hundredths.unwrap_or(100);
            Point { x: EDGE + gap * n, y: HIGH - EDGE / 2 - (mean - 100) * (HIGH - EDGE) / 400, called: tenths(&mean) }
        });
        Self { points: points.collect() }
    }

    /// The line through all points.
    pub(super) fn line(&self) -> String {
        self.points.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(hundredths: Option<i32>, before: Option<i32>) -> Round {
        Round {
            id: RoundId(uuid::Uuid::nil()),
            session: None,
            session_path: None,
            opened_on: NaiveDate::MIN,
            closes_on: NaiveDate::default(),
            question: String::new(),
            steps: first_words().steps,
            smallest: 5,
            state: if hundredths.is_some() { State::Shown } else { State::Withheld },
            answers: hundredths.map(|_| 7),
            hundredths,
            agency_hundredths: None,
            partner_hundredths: None,
            before,
            asked: false,
            answered: false,
        }
    }

    #[test]
    fn a_round_says_what_it_came_to() {
        assert_eq!(
            round(Some(343), Some(400)).sentence(),
            "7 people answered. On average trust was 3.4 of 5, between “partly” and “mostly”, lower than the 4.0 before."
        );
        assert_eq!(round(Some(400), Some(395)).sentence(), "7 people answered. On average trust was 4.0 of 5, “mostly”, much as before.");
        assert_eq!(round(None, None).sentence(), "Withheld: fewer than 5 people answered.");
        assert!(round(Some(343), Some(400)).fell() && !round(Some(390), Some(400)).fell());
    }
}
