//! Who was already noted as here today by this copy of the program, so that it is written once a day and not with every page.
//! Only keeps from writing again what is written; nobody is let in or shown anything by it.

use super::ids::MembershipId;
use chrono::NaiveDate;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// More than these are not remembered: then everybody is noted once more.
const MOST: usize = 50_000;

/// See the module.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashMap<MembershipId, (NaiveDate, bool)>>);

impl Seen {
    /// Whether this membership was not noted on this day, coming in so (with two factors or not), before; from now on it was.
    pub(super) fn is_first(&self, member: MembershipId, day: NaiveDate, two_factors: bool) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() >= MOST {
            noted.clear();
        }
        noted.insert(member, (day, two_factors)) != Some((day, two_factors))
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, MembershipId, Seen};
    use chrono::{Days, NaiveDate};

    #[test]
    fn somebody_is_noted_once_a_day() {
        let (seen, member, day) = (Seen::default(), MembershipId::fresh(), NaiveDate::from_ymd_opt(2027, 3, 1).unwrap());
        let noted = [day, day, day + Days::new(1), day + Days::new(1)].map(|day| seen.is_first(member, day, false));
        assert_eq!(noted, [true, false, true, false]);
        assert!(seen.is_first(member, day + Days::new(1), true), "now with two factors");
        assert!(seen.is_first(MembershipId::fresh(), day, false), "another one is somebody else");
        for _ in 0..MOST {
            seen.is_first(MembershipId::fresh(), day, false);
        }
        assert!(seen.0.lock().unwrap().len() <= MOST);
    }
}
