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

/// What came of asking.
#[derive(Debug)]
pub(super) enum Asking {
    Begun(RoundId),
    /// Somebody else had asked it, a moment ago or before.
    Already(RoundId),
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
    /// Sides that wrote what was going on.
    pub(super) told_by: Vec<Side>,
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

    /// Where the work on a fall stands: who has written what was going on; none where trust did not fall.
    pub(super) fn work(&self) -> Option<&'static str> {
        let wrote = |side| self.told_by.contains(&side);
        self.fell().then(|| match (wrote(Side::Agency), wrote(Side::Partner)) {
            (true, true) => "Both sides wrote what was going on.",
            (true, false) => "The agency’s side wrote what was going on; the partners’ side has not yet.",
            (false, true) => "The partners’ side wrote what was going on; the agency’s side has not yet.",
            (false, false) => "Nobody has written yet what was going on.",
        })
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
    /// What the two ends of the scale are called, in the words of the last round.
    ends: Option<(String, String)>,
}

/// One point of it.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) called: String,
    /// The month in which it was asked; empty where there is no room for it.
    pub(super) month: String,
    /// Asked after a session, of those who came: it stands beside the line, which is everybody’s.
    pub(super) of_session: bool,
}

// The picture, in its own units.
const LEFT: i32 = 70;
const RIGHT: i32 = 490;
const TOP: i32 = 40;
const BOTTOM: i32 = 220;
/// At most about so many months are named below it.
const MONTHS: i32 = 6;

/// How high a mean in hundredths of a step is drawn.
fn height(mean: i32) -> i32 {
    BOTTOM - (mean - 100) * (BOTTOM - TOP) / 400
}

impl Trend {
    pub(super) fn of(rounds: &[Round]) -> Self {
        let shown: Vec<&Round> = rounds.iter().rev().filter(|round| round.hundredths.is_some()).collect();
        let last = i32::try_from(shown.len().max(2) - 1).unwrap_or(1);
        let every = (last + MONTHS - 1) / MONTHS;
        let points = shown.iter().zip(0..).map(|(round, n)| {
            let mean = round.hundredths.unwrap_or(100);
            let is_named = n == last || (n % every == 0 && last - n >= every);
            Point {
                x: LEFT + (RIGHT - LEFT) * n / last,
                y: height(mean),
                called: tenths(&mean),
                month: if is_named { round.opened_on.format("%b %Y").to_string() } else { String::new() },
                of_session: round.session_path.is_some(),
            }
        });
        let ends = shown.last().and_then(|round| Some((round.steps.first()?.clone(), round.steps.last()?.clone())));
        Self { points: points.collect(), ends }
    }

    /// The steps of the scale, each with its height.
    pub(super) fn rows() -> [(i32, i32); 5] {
        [1, 2, 3, 4, 5].map(|step| (step, height(step * 100)))
    }

    /// How to read the picture.
    pub(super) fn key(&self) -> String {
        let Some((low, high)) = &self.ends else { return String::new() };
        format!("From 1, “{low}”, to 5, “{high}”; below, the month in which it was asked.")
    }

    /// The line through the quarters.
    pub(super) fn line(&self) -> String {
        let quarters = self.points.iter().filter(|point| !point.of_session);
        quarters.map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
    }

    /// Some stand beside the line.
    pub(super) fn has_sessions(&self) -> bool {
        self.points.iter().any(|point| point.of_session)
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
            told_by: Vec::new(),
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

    #[test]
    fn the_line_joins_what_everybody_was_asked_and_a_session_stands_beside_it() {
        let session = Round { session_path: Some("/cedar-river/sessions/x".to_owned()), ..round(Some(200), None) };
        let trend = Trend::of(&[round(Some(500), None), session, round(Some(100), None)]);
        assert_eq!((trend.points.len(), trend.line().as_str(), trend.has_sessions()), (3, "70,220 490,40", true));
        assert!(trend.key().starts_with("From 1, “not at all”, to 5, “"), "{}", trend.key());
        assert!(!Trend::of(&[round(Some(500), None)]).has_sessions());
    }

    #[test]
    fn of_many_rounds_a_few_months_are_named_the_first_and_the_last_among_them() {
        let named = |rounds: usize| {
            let all = Trend::of(&vec![round(Some(300), None); rounds]).points;
            all.iter().zip(0..).filter(|(point, _)| !point.month.is_empty()).map(|(_, n)| n).collect::<Vec<usize>>()
        };
        assert_eq!(named(3), [0, 1, 2]);
        assert_eq!(named(20), [0, 4, 8, 12, 19]);
    }

    #[test]
    fn a_fall_is_work_of_both_sides_and_anything_else_is_not() {
        let fallen = |told_by| Round { told_by, ..round(Some(343), Some(400)) }.work().unwrap();
        assert_eq!(fallen(vec![]), "Nobody has written yet what was going on.");
        assert!(fallen(vec![Side::Partner]).ends_with("the agency’s side has not yet."));
        assert!(fallen(vec![Side::Agency, Side::Partner]).starts_with("Both sides"));
        assert_eq!(Round { told_by: vec![Side::Agency], ..round(Some(390), Some(400)) }.work(), None);
    }
}
