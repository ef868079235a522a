//! Who was already noted as here by this copy of the program, today and in which sign-in, so that it is written once a day, or once an
//! hour, and not with every page. Only keeps from writing again what is written; nobody is let in or shown anything by it.

use super::ids::{AgencyId, MembershipId, SessionId};
use chrono::{DateTime, NaiveDate, Utc};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// More than these are not remembered: then everybody is noted once more.
const MOST: usize = 50_000;

/// See the module.
#[derive(Debug, Default)]
pub struct Seen {
    days: Mutex<HashMap<MembershipId, (NaiveDate, bool)>>,
    hours: Mutex<HashMap<(SessionId, AgencyId), (MembershipId, i64)>>,
}

impl Seen {
    /// Whether this membership was not noted on this day, coming in so (with two factors or not), before; from now on it was.
    pub(super) fn is_first(&self, member: MembershipId, day: NaiveDate, two_factors: bool) -> bool {
        is_new(&self.days, member, (day, two_factors))
    }

    /// Whether this sign-in was not noted in this agency under this membership in this hour before; from now on it was.
    pub(super) fn is_first_in_the_hour(&self, here: (SessionId, AgencyId), member: MembershipId, at: DateTime<Utc>) -> bool {
        is_new(&self.hours, here, (member, at.timestamp() / 3600))
    }
}

fn is_new<K: Hash + Eq, V: PartialEq + Copy>(noted: &Mutex<HashMap<K, V>>, who: K, what: V) -> bool {
    let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
    if noted.len() >= MOST {
        noted.clear();
    }
    noted.insert(who, what) != Some(what)
}

#[cfg(test)]
mod tests {
    use super::{AgencyId, MOST, MembershipId, Seen, SessionId};
    use chrono::{DateTime, Days, NaiveDate, TimeDelta};

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
        assert!(seen.days.lock().unwrap().len() <= MOST);
    }

    #[test]
    fn a_sign_in_is_noted_once_an_hour_and_under_each_role() {
        let (seen, session, agency, member) = (Seen::default(), SessionId::fresh(), AgencyId::fresh(), MembershipId::fresh());
        let at = DateTime::from_timestamp(1_805_302_800, 0).unwrap();
        let minutes = [0, 59, 60, 61].map(|minutes| seen.is_first_in_the_hour((session, agency), member, at + TimeDelta::minutes(minutes)));
        assert_eq!(minutes, [true, false, true, false]);
        let (later, elsewhere) = (at + TimeDelta::minutes(61), (session, AgencyId::fresh()));
        assert!(seen.is_first_in_the_hour((session, agency), MembershipId::fresh(), later), "another role");
        assert!(seen.is_first_in_the_hour((SessionId::fresh(), agency), member, at), "another sign-in");
        let there = MembershipId::fresh();
        let turns = [0, 1].map(|_| seen.is_first_in_the_hour(elsewhere, there, later));
        assert_eq!(turns, [true, false], "another agency, beside this one");
    }
}
