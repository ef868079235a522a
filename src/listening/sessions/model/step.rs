//! The order of a session's states, and the proof that somebody has a duty in it.

use super::{Recording, State};
use crate::platform::ids::SubjectId;

/// A change of state. Each is an address of its own, and none can be skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::listening::sessions) enum Step {
    Announcement,
    Holding,
    Return,
    Confirmation,
    Closing,
    Cancellation,
}

impl Step {
    /// The state that this step leads to, or nothing when it cannot be taken from here.
    pub(in crate::listening::sessions) fn leads(self, from: State, recording: Recording) -> Option<State> {
        match (self, from) {
            (Self::Announcement, State::Planned) => Some(State::Announced),
            (Self::Holding, State::Announced) => Some(State::Held),
            (Self::Return, State::Held) if recording != Recording::None => Some(State::WithSpeakers),
            (Self::Confirmation, State::WithSpeakers) => Some(State::Confirmed),
            (Self::Closing, State::Confirmed) => Some(State::Closed),
            (Self::Closing, State::Held) if recording == Recording::None => Some(State::Closed),
            (Self::Cancellation, State::Planned | State::Announced) => Some(State::Cancelled),
            _ => None,
        }
    }

    /// What the audit calls it.
    pub(in crate::listening::sessions) fn done(self) -> &'static str {
        match self {
            Self::Announcement => "announced",
            Self::Holding => "held",
            Self::Return => "brought back",
            Self::Confirmation => "confirmed",
            Self::Closing => "closed",
            Self::Cancellation => "cancelled",
        }
    }
}

/// The proof that the person facilitates this session or takes its notes.
#[derive(Debug)]
pub struct OnDuty {
    pub(in crate::listening::sessions) session: SubjectId,
}

impl OnDuty {
    /// The session.
    #[must_use]
    pub fn session(&self) -> SubjectId {
        self.session
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::labels::Label as _;

    #[test]
    fn no_step_can_be_skipped() {
        let steps = [Step::Announcement, Step::Holding, Step::Return, Step::Confirmation, Step::Closing];
        for (place, step) in steps.into_iter().enumerate() {
            for state in State::ALL {
                let led = step.leads(*state, Recording::Notes);
                assert_eq!(led.is_some(), *state == State::ALL[place], "{step:?} from {state}");
            }
        }
    }

    #[test]
    fn without_notes_a_held_session_is_closed_and_never_brought_back() {
        assert_eq!(Step::Closing.leads(State::Held, Recording::None), Some(State::Closed));
        assert_eq!(Step::Return.leads(State::Held, Recording::None), None);
        assert_eq!(Step::Closing.leads(State::Held, Recording::Summary), None);
    }

    #[test]
    fn what_was_held_cannot_be_cancelled() {
        for state in [State::Held, State::WithSpeakers, State::Confirmed, State::Closed, State::Cancelled] {
            assert_eq!(Step::Cancellation.leads(state, Recording::Notes), None);
        }
    }

    #[test]
    fn states_compare_in_the_order_of_a_sessions_life() {
        assert!(State::Planned < State::Announced && State::Held < State::WithSpeakers && State::Confirmed < State::Closed);
    }
}
