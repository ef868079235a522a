//! Addresses of sessions and of their series. A change of state is a resource of its session.

use super::model::SeriesId;
use crate::platform::{error::Error, ids::SubjectId};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

macro_rules! of_agency {
    ($($(#[$meta:meta])* $name:ident $path:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($path, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
        }
    )+};
}

macro_rules! of_session {
    ($($(#[$meta:meta])* $name:ident $path:literal $link:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, TypedPath, Deserialize)]
        #[typed_path($path, rejection(Error))]
        pub struct $name {
            /// The agency.
            pub agency: String,
            /// The session.
            pub session: SubjectId,
        }

        $(#[$meta])*
        #[must_use]
        pub fn $link(agency: &str, session: impl Into<SubjectId>) -> String {
            $name { agency: agency.to_owned(), session: session.into() }.to_string()
        }
    )+};
}

of_agency! {
    /// The list; a POST plans a session.
    Sessions "/{agency}/sessions";
    /// The form for a new session.
    NewSession "/{agency}/sessions/new";
    /// All series; a POST begins one.
    AllSeries "/{agency}/sessions/series";
    /// The form for a new series.
    NewSeries "/{agency}/sessions/series/new";
}

of_session! {
    /// One session; a POST keeps its plan.
    SessionPage "/{agency}/sessions/{session}" session;
    /// The form for its plan.
    EditSession "/{agency}/sessions/{session}/edit" edit;
    /// What people need to come, and how they are cared for: arranged by the co-host.
    Supports "/{agency}/sessions/{session}/supports" supports;
    /// Who facilitates and who takes notes.
    Duties "/{agency}/sessions/{session}/duties" duties;
    /// Announcing it: what was said before, and the invitation.
    Announcement "/{agency}/sessions/{session}/announcement" announcement;
    /// Saying that it was held, and how many came.
    Holding "/{agency}/sessions/{session}/holding" holding;
    /// Bringing it back to those who spoke.
    Returning "/{agency}/sessions/{session}/return" returning;
    /// Saying that the speakers have had their word.
    Confirmation "/{agency}/sessions/{session}/confirmation" confirmation;
    /// Closing it.
    Closing "/{agency}/sessions/{session}/closing" closing;
    /// Cancelling it, with the reason.
    Cancellation "/{agency}/sessions/{session}/cancellation" cancellation;
    /// The page that is open in the room while people speak.
    Room "/{agency}/sessions/{session}/room" room;
    /// That the reporting notice was read aloud.
    Notice "/{agency}/sessions/{session}/room/notice" notice;
    /// Stop and get help; a POST stops.
    Stop "/{agency}/sessions/{session}/room/stop" stop;
    /// Going on after a stop.
    StopDelete "/{agency}/sessions/{session}/room/stop/delete" stop_delete;
    /// What the agency acknowledged in the room.
    Acknowledgements "/{agency}/sessions/{session}/acknowledgements" acknowledgements;
    /// The summary of the room, agreed aloud.
    Summary "/{agency}/sessions/{session}/summary" summary;
    /// A member of the co-host agrees to the summary.
    SummaryAgreement "/{agency}/sessions/{session}/summary/agreement" summary_agreement;
    /// A member of the co-host says that it may be closed.
    ClosingWord "/{agency}/sessions/{session}/closing/word" closing_word;
    /// The invitation of an announced session.
    Invitation "/{agency}/sessions/{session}/invitation" invitation;
    /// How many came.
    Attendance "/{agency}/sessions/{session}/attendance" attendance;
    /// The check-in afterwards is done.
    CheckIn "/{agency}/sessions/{session}/check-in" check_in;
}

/// One series; a POST keeps its name.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/sessions/series/{series}", rejection(Error))]
pub struct SeriesPage {
    /// The agency.
    pub agency: String,
    /// The series.
    pub series: SeriesId,
}

/// The list.
#[must_use]
pub fn sessions(agency: &str) -> String {
    Sessions { agency: agency.to_owned() }.to_string()
}

/// The form for a new session.
#[must_use]
pub fn new(agency: &str) -> String {
    NewSession { agency: agency.to_owned() }.to_string()
}

/// All series.
#[must_use]
pub fn all_series(agency: &str) -> String {
    AllSeries { agency: agency.to_owned() }.to_string()
}

/// The form for a new series.
#[must_use]
pub fn new_series(agency: &str) -> String {
    NewSeries { agency: agency.to_owned() }.to_string()
}

/// One series.
#[must_use]
pub fn series(agency: &str, series: impl Into<SeriesId>) -> String {
    SeriesPage { agency: agency.to_owned(), series: series.into() }.to_string()
}
