//! Who came, as those may know it who did not count: small numbers could name a person.

use super::Constituency;

/// Fewer than these are joined with others.
const FEW: i32 = 5;
/// What is said where even those who are joined are few.
pub const FEWER: &str = "fewer than 5";

/// How many are joined, where saying it points at nobody.
#[must_use]
pub fn told(joined: i32) -> Option<i32> {
    Some(joined).filter(|number| *number == 0 || *number >= FEW)
}

/// How many came of each constituency; those of whom few came are taken together, with as many others as it needs until nobody
/// can be told from what is missing. The agency's own people are always told.
#[must_use]
pub fn joined(came: &[(Constituency, i32)]) -> (Vec<(Constituency, i32)>, Option<i32>) {
    let small = |(one, number): &(Constituency, i32)| *one != Constituency::Agency && *number < FEW;
    if !came.iter().any(small) {
        return (came.to_vec(), None);
    }
    let (mut joined, mut shown): (Vec<_>, Vec<_>) = came.iter().copied().partition(small);
    // One small group by itself would still be known from what is missing.
    shown.sort_by_key(|(one, number)| (*one == Constituency::Agency, *number));
    while joined.iter().map(|(_, number)| number).sum::<i32>() < FEW && shown.first().is_some_and(|(one, _)| *one != Constituency::Agency) {
        joined.push(shown.remove(0));
    }
    shown.sort_unstable_by_key(|(one, _)| *one);
    (shown, Some(joined.iter().map(|(_, number)| number).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_joined_until_nobody_can_be_told() {
        use Constituency::{Agency, CommunityPartners, LivedExperience, Tribes};
        let came = [(Agency, 2), (Tribes, 14), (CommunityPartners, 3), (LivedExperience, 1)];
        assert_eq!(joined(&came), (vec![(Agency, 2)], Some(18)));
        let many = [(Agency, 2), (Tribes, 14), (LivedExperience, 9)];
        assert_eq!(joined(&many), (many.to_vec(), None));
        let two = [(Tribes, 14), (CommunityPartners, 3), (LivedExperience, 4)];
        assert_eq!(joined(&two), (vec![(Tribes, 14)], Some(7)));
        assert_eq!([joined(&two).1, joined(&[(Agency, 2), (LivedExperience, 1)]).1].map(|all| all.and_then(told)), [Some(7), None]);
    }
}
