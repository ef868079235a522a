//! What tells open pages that something has changed: ids go from the transaction that ended, through the database, to every process
//! of the site, and there to whoever has a page about them open. An id says that there may be something to see; whether there is, each
//! asks under their own sign-in ([`Watch`]). No word of a record is in it, and what is lost on the way is found at the next beat.

mod listen;
mod seen;
mod watch;

pub use listen::keep_listening;
pub use seen::{Seen, Sum};
pub use watch::Watch;

use super::{
    db::{AgencyTx, Db},
    ids::{AgencyId, SessionId},
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Notify, Semaphore, SemaphorePermit, broadcast};
use uuid::Uuid;

/// Pages that listen to one process.
const MOST: usize = 10_000;
/// Pages of one sign-in among them; those that nobody looks at do not listen.
const OF_ONE: usize = 8;
/// Ids that wait to be told; beyond them one says that anything may have changed.
const WAITING: usize = 4096;
/// So far a page may be behind; further, and it looks whether anything changed.
const BEHIND: usize = 32;
/// Stands for everything in an agency.
const ANYTHING: Uuid = Uuid::nil();

/// Where a process keeps who listens, and what waits to be told.
#[derive(Debug)]
pub struct Ring {
    inner: Mutex<Inner>,
    wake: Notify,
    turns: Semaphore,
}

#[derive(Debug, Default)]
struct Inner {
    rooms: HashMap<AgencyId, broadcast::Sender<Uuid>>,
    seats: HashMap<SessionId, usize>,
    taken: usize,
    told: BTreeSet<(AgencyId, Uuid)>,
    /// It is passed on; until then nothing is kept.
    hears: bool,
    ended: bool,
}

impl Ring {
    /// As many pages look at once whether anything changed as leaves half of the connections to whoever opens one.
    pub(super) fn new(connections: u32) -> Self {
        let turns = usize::try_from(connections / 2).unwrap_or(1).max(1);
        Self { inner: Mutex::default(), wake: Notify::new(), turns: Semaphore::new(turns) }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A transaction has ended that changed these.
    fn tell(&self, agency: AgencyId, ids: BTreeSet<Uuid>) {
        if ids.is_empty() {
            return;
        }
        let mut inner = self.inner();
        if !inner.hears {
            return;
        }
        let full = inner.told.len() >= WAITING;
        inner.told.extend(ids.into_iter().map(|id| (agency, if full { ANYTHING } else { id })));
        drop(inner);
        self.wake.notify_one();
    }

    /// What waits to be told, to be told now.
    fn take(&self) -> BTreeSet<(AgencyId, Uuid)> {
        std::mem::take(&mut self.inner().told)
    }

    fn put_back(&self, told: BTreeSet<(AgencyId, Uuid)>) {
        self.inner().told.extend(told);
    }

    /// From now on it hears what others tell. What they told before it did not.
    fn begins(&self) {
        self.inner().hears = true;
        self.everything();
        self.wake.notify_one();
    }

    /// Something was heard about an agency.
    fn hear(&self, agency: AgencyId, id: Uuid) {
        if let Some(room) = self.inner().rooms.get(&agency) {
            let _ = room.send(id);
        }
    }

    /// Anything may have changed.
    fn everything(&self) {
        for room in self.inner().rooms.values() {
            let _ = room.send(ANYTHING);
        }
    }

    /// A page of this sign-in listens from now on; none where too many do.
    #[must_use]
    pub fn sit(self: &Arc<Self>, agency: AgencyId, session: SessionId) -> Option<Seat> {
        let mut inner = self.inner();
        let own = inner.seats.get(&session).copied().unwrap_or_default();
        if inner.ended || inner.taken >= MOST || own >= OF_ONE {
            return None;
        }
        inner.taken += 1;
        inner.seats.insert(session, own + 1);
        let told = inner.rooms.entry(agency).or_insert_with(|| broadcast::channel(BEHIND).0).subscribe();
        drop(inner);
        Some(Seat { ring: Arc::clone(self), agency, session, told })
    }

    /// Whether what is told is passed on by now, and what others tell is heard.
    #[must_use]
    pub fn hears(&self) -> bool {
        self.inner().hears
    }

    /// So many pages listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.inner().taken
    }

    /// The process ends: nobody listens any more, and nobody begins to.
    pub fn end(&self) {
        let mut inner = self.inner();
        inner.ended = true;
        inner.rooms.clear();
    }

    /// Waits for a turn to look whether anything changed. The turns never end: there is always one.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }
}

/// A page that listens.
#[derive(Debug)]
pub struct Seat {
    ring: Arc<Ring>,
    agency: AgencyId,
    session: SessionId,
    told: broadcast::Receiver<Uuid>,
}

impl Seat {
    /// Waits until one of these may have changed; false when the process ends.
    pub async fn hears(&mut self, of: &[Uuid]) -> bool {
        loop {
            match self.told.recv().await {
                Ok(id) if id == ANYTHING || of.contains(&id) => return true,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => return true,
                Err(broadcast::error::RecvError::Closed) => return false,
            }
        }
    }

    /// What was told until now is taken for heard: who looks afterwards sees it.
    pub fn catches_up(&mut self) {
        self.told = self.told.resubscribe();
    }

    /// The ring in which it sits.
    #[must_use]
    pub fn ring(&self) -> &Arc<Ring> {
        &self.ring
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut inner = self.ring.inner();
        inner.taken = inner.taken.saturating_sub(1);
        if let Some(own) = inner.seats.get_mut(&self.session) {
            *own -= 1;
            if *own == 0 {
                inner.seats.remove(&self.session);
            }
        }
        // This one is still among them.
        if inner.rooms.get(&self.agency).is_some_and(|room| room.receiver_count() <= 1) {
            inner.rooms.remove(&self.agency);
        }
    }
}

/// What a transaction changes, told once it has ended well.
#[derive(Debug)]
pub struct Touched {
    ids: BTreeSet<Uuid>,
    ring: Arc<Ring>,
}

impl Touched {
    pub(super) fn by(ring: &Arc<Ring>) -> Self {
        Self { ids: BTreeSet::new(), ring: Arc::clone(ring) }
    }

    pub(super) fn tell(self, agency: AgencyId) {
        self.ring.tell(agency, self.ids);
    }
}

impl AgencyTx {
    /// Something about this record, or this member, is different once the transaction has ended.
    pub fn touches(&mut self, id: impl Into<Uuid>) {
        self.touched.ids.insert(id.into());
    }
}

impl Db {
    /// Who listens to this process.
    #[must_use]
    pub fn ring(&self) -> &Arc<Ring> {
        &self.ring
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: u128) -> Uuid {
        Uuid::from_u128(id)
    }

    #[tokio::test]
    async fn a_page_hears_of_its_own_and_of_anything() {
        let ring = Arc::new(Ring::new(2));
        let mut seat = ring.sit(AgencyId(one(1)), SessionId(one(2))).unwrap();
        for (agency, id) in [(1, 8), (3, 7), (1, 7)] {
            ring.hear(AgencyId(one(agency)), one(id));
        }
        assert!(seat.hears(&[one(7)]).await);
        ring.everything();
        assert!(seat.hears(&[]).await);
        assert!(seat.told.try_recv().is_err(), "another agency's is not among them");
        ring.end();
        assert!(!seat.hears(&[one(7)]).await, "the process ends");
        assert!(ring.sit(AgencyId(one(1)), SessionId(one(2))).is_none());
    }

    #[test]
    fn one_sign_in_takes_no_more_than_its_share_and_gives_it_back() {
        let ring = Arc::new(Ring::new(2));
        let (agency, session) = (AgencyId(one(1)), SessionId(one(2)));
        let mut seats: Vec<Seat> = (0..OF_ONE).map(|_| ring.sit(agency, session).unwrap()).collect();
        assert!(ring.sit(agency, session).is_none());
        assert!(ring.sit(agency, SessionId(one(3))).is_some(), "somebody else");
        seats.pop();
        assert!(ring.sit(agency, session).is_some());
        drop(seats);
        let left = {
            let inner = ring.inner();
            (inner.rooms.len(), inner.seats.len())
        };
        assert_eq!((ring.listeners(), left), (0, (0, 0)));
    }

    #[test]
    fn what_waits_to_be_told_is_bounded_and_says_so() {
        let ring = Ring::new(2);
        ring.tell(AgencyId(one(1)), BTreeSet::from([one(5)]));
        assert!(ring.take().is_empty(), "nobody passes it on");
        ring.begins();
        for id in 0..10_000 {
            ring.tell(AgencyId(one(1)), BTreeSet::from([one(id + 1)]));
        }
        let told = ring.take();
        assert_eq!(told.len(), WAITING + 1);
        assert!(told.contains(&(AgencyId(one(1)), ANYTHING)));
    }
}
