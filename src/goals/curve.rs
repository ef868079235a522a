//! The curve of a goal: where each value lies in the picture, and the sentence that says what it shows. Draws no
//! conclusion that the numbers do not hold.

use super::model::{Goal, Value, told};
use crate::platform::words;
use chrono::{Datelike as _, NaiveDate};

const LEFT: f64 = 46.0;
const RIGHT: f64 = 500.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 220.0;

/// A mark on an axis.
#[derive(Debug)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) label: String,
}

/// A value in the picture.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) told: String,
}

/// The picture, ready to be drawn.
#[derive(Debug)]
pub(super) struct Curve {
    pub(super) line: String,
    pub(super) points: Vec<Point>,
    pub(super) baseline: Option<Point>,
    pub(super) target: Option<f64>,
    pub(super) rows: Vec<Tick>,
    pub(super) columns: Vec<Tick>,
    pub(super) sentence: String,
}

/// Draws the values of a goal; none when there is nothing to draw. The target of a version that waits for a word is `proposed`.
pub(super) fn draw(goal: &Goal, values: &[Value], proposed: bool) -> Option<Curve> {
    let first = goal.baseline.zip(goal.baseline_on);
    let mut known: Vec<(NaiveDate, f64)> = values.iter().map(|one| (one.on_day, one.value)).collect();
    known.extend(first.map(|(value, on)| (on, value)));
    known.sort_by_key(|(on, _)| *on);
    let (start, mut end) = (known.first()?.0, known.last()?.0);
    if start == end {
        end = end.succ_opt()?;
    }
    let shown = known.iter().map(|(_, value)| *value).chain(goal.target);
    let (low, high, step) = scale(shown);
    let x = |on: NaiveDate| LEFT + (RIGHT - LEFT) * (on - start).num_days() as f64 / (end - start).num_days() as f64;
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
    let point =
        |on: NaiveDate, value: f64| Point { x: x(on), y: y(value), told: format!("{}: {}", words::day(on), told(value, &goal.unit)) };
    let points: Vec<Point> = values.iter().map(|one| point(one.on_day, one.value)).collect();
    let baseline = first.map(|(value, on)| point(on, value));
    let line = known.iter().enumerate().map(|(number, (on, value))| {
        let letter = if number == 0 { 'M' } else { 'L' };
        format!("{letter}{:.1} {:.1}", x(*on), y(*value))
    });
    Some(Curve {
        line: line.collect::<Vec<_>>().join(" "),
        points,
        baseline,
        target: goal.target.map(y),
        rows: rows(low, high, step).into_iter().map(|value| Tick { at: y(value), label: told(value, "") }).collect(),
        columns: months(start, end).into_iter().map(|on| Tick { at: x(on), label: on.format("%b %Y").to_string() }).collect(),
        sentence: sentence(goal, &known, proposed),
    })
}

/// Bounds that hold every value, on round steps; from zero where that wastes less than half of the picture.
fn scale(values: impl Iterator<Item = f64>) -> (f64, f64, f64) {
    let (mut low, mut high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > 0.0 && low < high * 0.6 {
        low = 0.0;
    }
    if (high - low).abs() < f64::EPSILON {
        (low, high) = (low - 1.0, high + 1.0);
    }
    let rough = (high - low) / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|one| one * power).find(|step| *step >= rough).unwrap_or(rough);
    ((low / step).floor() * step, (high / step).ceil() * step, step)
}

fn rows(low: f64, high: f64, step: f64) -> Vec<f64> {
    let count = ((high - low) / step).round() as i32;
    (0..=count).map(|number| low + step * f64::from(number)).collect()
}

/// Firsts of months, at most five, evenly apart.
fn months(start: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
    let number = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
    let (from, to) = (number(start) + i32::from(start.day() > 1), number(end));
    let apart = ((to - from) / 4).max(1);
    let first_of = |month: i32| NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1);
    (from..=to).step_by(apart as usize).filter_map(first_of).collect()
}

fn sentence(goal: &Goal, known: &[(NaiveDate, f64)], proposed: bool) -> String {
    let (Some((first_on, first)), Some((last_on, last))) = (known.first().copied(), known.last().copied()) else { return String::new() };
    let mut said = if first_on == last_on {
        format!("It was {} on {}.", told(last, &goal.unit), words::day(last_on))
    } else {
        let way = if (last - first).abs() < f64::EPSILON {
            "It stayed at"
        } else if last > first {
            "It rose to"
        } else {
            "It fell to"
        };
        format!(
            "{way} {} on {}, from {} on {}.",
            told(last, &goal.unit),
            words::day(last_on),
            told(first, &goal.unit),
            words::day(first_on)
        )
    };
    if let Some((target, on)) = goal.target.zip(goal.target_on) {
        let reached = if target >= first { last >= target } else { last <= target };
        let closer = (target - last).abs() < (target - first).abs();
        let way = match (reached, closer) {
            (true, _) => ", is reached",
            (false, true) => ", is closer than at the start",
            (false, false) if first_on == last_on => "",
            (false, false) => ", is no closer than at the start",
        };
        let which = if proposed { "proposed target" } else { "target" };
        let is = if way.is_empty() { " is" } else { "," };
        said.push_str(&format!(" The {which}{is} {} by {}{way}.", told(target, &goal.unit), words::day(on)));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_with_their_unit() {
        assert_eq!(told(46.0, "percent"), "46 percent");
        assert_eq!(told(1204.5, "children"), "1,204.5 children");
        assert_eq!(told(-3.0, ""), "−3");
    }

    #[test]
    fn the_scale_holds_every_value_on_round_steps() {
        assert_eq!(scale([31.0, 46.0, 60.0].into_iter()), (0.0, 60.0, 20.0));
        assert_eq!(scale([90.0, 96.0].into_iter()), (90.0, 96.0, 2.0));
        let (low, high, _) = scale([5.0].into_iter());
        assert!(low < 5.0 && high > 5.0);
    }

    #[test]
    fn the_axis_names_at_most_five_or_six_months() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!((2..=6).contains(&months(day("2026-01-15"), day("2026-12-20")).len()));
        assert_eq!(months(day("2026-02-02"), day("2026-02-20")), []);
    }
}
