//! A picture that a telephone scans. It is drawn into the page: what it says is shown once and asked for by no second request.

use qrcode::{Color, QrCode};

/// Free space around it, without which it is not found.
const MARGIN: usize = 4;

/// The dark squares of one.
#[derive(Debug)]
pub struct Scan {
    /// How many squares it is wide and high, with the space around it.
    pub side: usize,
    /// Its dark squares as one path of SVG.
    pub path: String,
}

impl Scan {
    /// That of an address; nothing when it is too long for any.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let code = QrCode::new(address).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, colors) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            for run in colors.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    path.push_str(&format!("M{} {}h{}v1h-{}z", column + MARGIN, row + MARGIN, run.len(), run.len()));
                }
                column += run.len();
            }
        }
        Some(Self { side: width + 2 * MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that a path makes dark.
    fn dark(path: &str) -> Vec<(usize, usize)> {
        let run = |part: &str| {
            let (x, rest) = part.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (x, y, wide): (usize, usize, usize) =
                (x.parse().unwrap(), y.parse().unwrap(), rest.split_once('v').unwrap().0.parse().unwrap());
            (x..x + wide).map(move |x| (x, y)).collect::<Vec<_>>()
        };
        path.split('M').skip(1).flat_map(run).collect()
    }

    #[test]
    fn the_path_draws_the_code_and_nothing_around_it() {
        let address = "https://table.example/cedar-river/return/0123456789012345678901234567890123456789012";
        let (scan, code) = (Scan::of(address).unwrap(), QrCode::new(address).unwrap());
        assert_eq!(scan.side, code.width() + 8);
        let drawn = dark(&scan.path);
        let meant: Vec<_> = (0..code.width())
            .flat_map(|y| (0..code.width()).map(move |x| (x, y)))
            .filter(|at| code[*at] == Color::Dark)
            .map(|(x, y)| (x + MARGIN, y + MARGIN))
            .collect();
        assert_eq!(drawn, meant);
        assert!(Scan::of(&"x".repeat(4_000)).is_none());
    }
}
