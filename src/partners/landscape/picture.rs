//! The two-axis picture: the agency's rating to the right, the partner's upwards. Pure: numbers in, positions out.

use super::model::Pair;

/// Width of a cell, in the picture's units.
const CELL: f64 = 110.0;
/// Left and upper edge of the grid.
const LEFT: f64 = 56.0;
const TOP: f64 = 14.0;
/// Width of the margin for those whom one side has not rated.
const MARGIN: f64 = 60.0;

/// One relationship in the picture.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Its centre.
    pub x: f64,
    /// Its centre.
    pub y: f64,
    /// The partner's name.
    pub name: String,
    /// The two sides differ.
    pub gap: bool,
    /// One side has not rated: it stands in that side's margin.
    pub open: bool,
}

/// The whole picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The relationships that a side rated; a rating that is kept is not drawn.
    pub dots: Vec<Dot>,
    /// The scale's words with the middle of their column and of their row.
    pub steps: Vec<(String, f64, f64)>,
    /// Edges of the cells, between the first and the last.
    pub lines: Vec<(f64, f64)>,
    /// Side of the square grid.
    pub side: f64,
    /// One sentence that says what it shows.
    pub sentence: String,
}

impl Picture {
    /// Draws the pairs on a scale.
    #[must_use]
    pub fn of(pairs: &[Pair], scale: &[String]) -> Self {
        let count = scale.len().max(1);
        let side = CELL * count as f64;
        let middle = |at: usize| (at as f64 + 0.5) * CELL;
        let mut placed: Vec<((i16, i16), usize)> = Vec::new();
        let mut dots = Vec::new();
        for pair in pairs {
            if pair.is_unrated() || pair.kept {
                continue;
            }
            let (ours, theirs) = (pair.ours.unwrap_or(0), pair.theirs.unwrap_or(0));
            let turn = match placed.iter_mut().find(|(at, _)| *at == (ours, theirs)) {
                Some((_, turn)) => {
                    *turn += 1;
                    *turn
                }
                None => {
                    placed.push(((ours, theirs), 0));
                    0
                }
            };
            let (dx, dy) = spread(turn);
            dots.push(Dot {
                x: LEFT + if ours == 0 { MARGIN / 2.0 } else { MARGIN + (f64::from(ours) - 0.5) * CELL } + dx,
                y: TOP + side - if theirs == 0 { -MARGIN / 2.0 } else { (f64::from(theirs) - 0.5) * CELL } + dy,
                name: pair.name.clone(),
                gap: ours != theirs && ours > 0 && theirs > 0,
                open: ours == 0 || theirs == 0,
            });
        }
        Self {
            sentence: sentence(pairs),
            steps: scale.iter().enumerate().map(|(at, word)| (word.clone(), LEFT + MARGIN + middle(at), TOP + side - middle(at))).collect(),
            lines: (1..count).map(|at| (LEFT + MARGIN + CELL * at as f64, TOP + CELL * at as f64)).collect(),
            side,
            dots,
        }
    }

    /// Left edge of the grid.
    #[must_use]
    pub fn left(&self) -> f64 {
        LEFT + MARGIN
    }

    /// Left edge of the margin.
    #[must_use]
    pub fn edge(&self) -> f64 {
        LEFT
    }

    /// Lower edge of the margin.
    #[must_use]
    pub fn foot(&self) -> f64 {
        self.bottom() + MARGIN
    }

    /// Middle of the margin on the left.
    #[must_use]
    pub fn left_margin(&self) -> f64 {
        LEFT + MARGIN / 2.0
    }

    /// Middle of the margin below.
    #[must_use]
    pub fn lower_margin(&self) -> f64 {
        self.bottom() + MARGIN / 2.0
    }

    /// Upper edge.
    #[must_use]
    pub fn top(&self) -> f64 {
        TOP
    }

    /// Right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left() + self.side
    }

    /// Lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        TOP + self.side
    }

    /// Width of the whole.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right() + 14.0
    }

    /// Height of the whole.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.foot() + 46.0
    }
}

/// Where the n-th of several dots of one cell stands: round the middle, in rings of six.
fn spread(turn: usize) -> (f64, f64) {
    if turn == 0 {
        return (0.0, 0.0);
    }
    let (ring, at) = ((turn - 1) / 6 + 1, (turn - 1) % 6);
    let angle = at as f64 * std::f64::consts::FRAC_PI_3 + ring as f64 * 0.4;
    let radius = (ring as f64 * 20.0).min(CELL / 2.0 - 10.0);
    ((angle.cos() * radius * 10.0).round() / 10.0, (angle.sin() * radius * 10.0).round() / 10.0)
}

fn sentence(pairs: &[Pair]) -> String {
    let both = pairs.iter().filter(|pair| pair.gap().is_some()).count();
    let lower = pairs.iter().filter(|pair| pair.they_rate_lower()).count();
    match (both, lower) {
        (0, _) => "No relationship has been rated by both sides yet.".to_owned(),
        (_, 0) => "Nobody rates the relationship lower than the agency does.".to_owned(),
        (_, 1) => "One body rates the relationship lower than the agency does.".to_owned(),
        (_, lower) => format!("{lower} bodies rate the relationship lower than the agency does."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::PartnerId;

    fn pair(ours: Option<i16>, theirs: Option<i16>) -> Pair {
        Pair {
            partner: PartnerId::fresh(),
            name: "A".to_owned(),
            is_tribe: false,
            ours,
            ours_on: ours.and_then(|_| chrono::NaiveDate::from_ymd_opt(2027, 3, 1)),
            theirs,
            theirs_on: theirs.and_then(|_| chrono::NaiveDate::from_ymd_opt(2027, 3, 1)),
            kept: false,
            spoke_on: None,
        }
    }

    #[test]
    fn who_is_rated_by_one_side_stands_in_the_margin_and_never_two_in_one_place() {
        let scale: Vec<String> = ["need", "developing", "strength"].map(str::to_owned).to_vec();
        let picture = Picture::of(&[pair(Some(3), Some(1)), pair(Some(3), Some(1)), pair(Some(2), None), pair(None, Some(1))], &scale);
        assert_eq!(picture.dots.len(), 4);
        assert_eq!(
            picture.dots.iter().map(|dot| (dot.gap, dot.open)).collect::<Vec<_>>(),
            [(true, false), (true, false), (false, true), (false, true)]
        );
        assert!(picture.dots[2].y > picture.bottom() && picture.dots[2].x > picture.left());
        assert!(picture.dots[3].x < picture.left() && picture.dots[3].y < picture.bottom());
        assert!((picture.dots[0].x - picture.dots[1].x).hypot(picture.dots[0].y - picture.dots[1].y) > 15.0);
        assert_eq!(picture.sentence, "2 bodies rate the relationship lower than the agency does.");
    }
}
