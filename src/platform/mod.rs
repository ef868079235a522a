//! Floor 0: who is asking, for which agency, and how a page is made. Imports nothing of ours.

pub mod access;
pub mod app;
pub mod aside;
pub mod asker;
pub mod assets;
pub mod bearer;
pub mod clock;
pub mod cluster;
pub mod db;
pub mod drafts;
pub mod errand;
pub mod error;
pub mod extract;
pub mod files;
pub mod filters;
pub mod flash;
pub mod fold;
pub mod form;
pub mod here;
pub mod ids;
#[macro_use]
pub mod labels;
pub mod nav;
pub mod page;
pub mod paging;
pub mod policy;
pub mod pool;
pub mod post;
pub mod reading;
pub mod routes;
pub mod said;
pub mod screen;
pub mod session;
pub mod settings;
pub mod sheet;
pub mod sought;
pub mod subject;
pub mod submission;
pub mod tables;
pub mod telemetry;
pub mod turns;
pub mod words;

/// What a slice's pages nearly always need.
pub mod prelude {
    pub use super::{
        access::{Anyone, Can, SignedIn},
        app::App,
        asker::Asker,
        bearer::Bearer,
        db::AgencyTx,
        error::{Error, OnConstraint},
        extract::{Form, Query, Upload},
        filters,
        flash::Done,
        form::{Choice, Problems},
        here::Here,
        labels::Label,
        page::{Again, OrAgain, Page, Question},
        paging::{Paged, Paging},
        routes::{Example, Routes},
    };
    pub use axum::response::{IntoResponse, Response};
}
