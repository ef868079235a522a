//! The three things that press most, out of what a first page reads anyway, in an order that the page says.

use super::{Queue, Sums, Waiting};
use chrono::{Duration, NaiveDate};

/// So many stand first.
const MOST: usize = 3;

/// The order, as the page says it.
pub(in crate::home) const ORDER: &str =
    "First what waits for your own word, then what is late, the longest first, then what is due within seven days.";

/// Where something stands that waits for the reader’s own word.
const OWN_WORD: &[&str] = &["your review", "will you carry it out?", "reported done, waiting for your word"];

/// How much one presses: what waits for the reader’s own word, what is late, what is due within a week; nothing else does.
fn rank(one: &Waiting, today: NaiveDate) -> Option<(u8, NaiveDate)> {
    let by = one.due.unwrap_or(NaiveDate::MAX);
    if OWN_WORD.contains(&one.state.as_str()) {
        Some((0, by))
    } else if by < today {
        Some((1, by))
    } else {
        (by <= today + Duration::days(7)).then_some((2, by))
    }
}

/// The first of these, each with what it is: of each queue its beginning is enough, for it stands in that order.
pub(in crate::home) fn first(today: NaiveDate, queues: &[(&'static str, &Queue)]) -> Queue {
    let of = |(what, queue): &(&'static str, &Queue)| {
        let named = |one: &Waiting| {
            let who = if one.who.is_empty() { (*what).to_owned() } else { format!("{what}, {}", one.who) };
            Some((rank(one, today)?, Waiting { who, ..one.clone() }))
        };
        queue.first.iter().filter_map(named).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = queues.iter().flat_map(of).collect();
    all.sort_by_key(|one| one.0);
    let sums = Sums::all(i64::try_from(all.len()).unwrap_or_default());
    Queue { first: all.into_iter().take(MOST).map(|one| one.1).collect(), sums }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, n).unwrap()
    }

    fn one(title: &str, due: Option<NaiveDate>, state: &str) -> Waiting {
        Waiting { title: title.to_owned(), due, state: state.to_owned(), ..Waiting::default() }
    }

    fn queue(first: Vec<Waiting>) -> Queue {
        Queue { first, ..Queue::default() }
    }

    #[test]
    fn ones_own_word_presses_before_what_is_late_and_that_before_what_is_soon() {
        let answers = queue(vec![one("review", Some(day(20)), "your review"), one("late", Some(day(5)), "no reply yet")]);
        let promises = queue(vec![one("later", Some(day(7)), ""), one("soon", Some(day(12)), ""), one("far", Some(day(30)), "")]);
        let words = queue(vec![one("word", None, "reported done, waiting for your word")]);
        let titles = |queues: &[(&'static str, &Queue)]| first(day(10), queues).first.into_iter().map(|one| one.title).collect::<Vec<_>>();
        assert_eq!(titles(&[("Answer", &answers), ("Promise", &promises), ("Word", &words)]), ["review", "word", "late"]);
        assert_eq!(titles(&[("Promise", &promises)]), ["later", "soon"], "what is far away does not press");
        assert!(first(day(10), &[("Word", &queue(Vec::new()))]).first.is_empty());
    }
}
