//! Two entries laid side by side, field by field, each row saying in words how they differ.

/// One field of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compared {
    pub(super) label: &'static str,
    pub(super) left: String,
    pub(super) right: String,
}

/// How the two differ in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    /// They say the same.
    Same,
    /// They say something else.
    Differs,
    /// Only the left one says something.
    OnlyLeft,
    /// Only the right one says something.
    OnlyRight,
}

impl Compared {
    pub(super) fn of(label: &'static str, left: &str, right: &str) -> Self {
        Self { label, left: left.to_owned(), right: right.to_owned() }
    }

    pub(super) fn difference(&self) -> Difference {
        match (self.left.is_empty(), self.right.is_empty()) {
            (false, true) => Difference::OnlyLeft,
            (true, false) => Difference::OnlyRight,
            _ if self.left == self.right => Difference::Same,
            _ => Difference::Differs,
        }
    }
}

/// Every field that either side fills, in the order that both lists have; each list leaves out what is empty.
pub(super) fn compared(left: &[(&'static str, String)], right: &[(&'static str, String)]) -> Vec<Compared> {
    let value = |of: &[(&'static str, String)], label: &str| of.iter().find(|(name, _)| *name == label).map(|(_, value)| value.clone());
    let mut labels: Vec<&'static str> = left.iter().map(|(label, _)| *label).collect();
    let mut after = 0;
    for (label, _) in right {
        match labels.iter().position(|one| one == label) {
            Some(at) => after = at + 1,
            None => {
                labels.insert(after, label);
                after += 1;
            }
        }
    }
    let both = |label| Compared { label, left: value(left, label).unwrap_or_default(), right: value(right, label).unwrap_or_default() };
    labels.into_iter().map(both).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_either_side_stands_in_one_row() {
        let left = [("Kind", "court".to_owned()), ("City", "Alder".to_owned()), ("Email", "a@b.org".to_owned())];
        let right = [
            ("Other names", "The court".to_owned()),
            ("City", "Alder Falls".to_owned()),
            ("State", "WA".to_owned()),
            ("Email", "a@b.org".to_owned()),
        ];
        let rows = compared(&left, &right);
        let told: Vec<_> = rows.iter().map(|row| (row.label, row.difference())).collect();
        assert_eq!(
            told,
            [
                ("Other names", Difference::OnlyRight),
                ("Kind", Difference::OnlyLeft),
                ("City", Difference::Differs),
                ("State", Difference::OnlyRight),
                ("Email", Difference::Same),
            ]
        );
    }
}
