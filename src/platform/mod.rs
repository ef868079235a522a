//! Floor 0: who is asking, for which agency, and how a page is made. Imports nothing of ours.

pub mod access;
pub mod acting;
pub mod app;
pub mod aside;
pub mod asker;
pub mod assets;
pub mod bearer;
pub mod by_letter;
pub mod calendar;
pub mod clock;
pub mod cluster;
pub mod db;
pub mod drafts;
pub mod errand;
pub mod error;
pub mod events;
pub mod extract;
pub mod fetch;
pub mod files;
pub mod filters;
pub mod flash;
pub mod fold;
pub mod form;
pub mod here;
pub mod ids;
#[macro_use]
pub mod labels;
pub mod limits;
pub mod live;
pub mod metrics;
pub mod nav;
pub mod network;
mod outside;
pub mod page;
pub mod paging;
pub mod policy;
pub mod pool;
pub mod post;
pub mod proof;
pub mod proxies;
pub mod reading;
pub mod routes;
pub mod said;
pub mod scan;
pub mod scanner;
pub mod screen;
pub mod seal;
pub mod secrets;
pub mod seen;
pub mod server;
pub mod session;
pub mod settings;
pub mod sheet;
mod shown;
pub mod shown_once;
pub mod sought;
mod standing;
pub mod stranger;
pub mod subject;
pub mod submission;
pub mod tables;
pub mod telemetry;
pub mod turns;
pub mod visit;
pub mod widening;
pub mod words;
pub mod zones;

/// What a slice's pages nearly always need.
pub mod prelude {
    pub use super::{
        access::{Anyone, Can, Confirmed, Fresh, SignedIn},
        app::App,
        asker::Asker,
        bearer::Bearer,
        by_letter::{self, ByLetter},
        db::AgencyTx,
        error::{Error, OnConstraint},
        extract::{Form, Query, Upload},
        filters,
        flash::Done,
        form::{Choice, Problems},
        here::Here,
        labels::Label,
        limits,
        page::{Again, OrAgain, Page, Question},
        paging::{Paged, Paging},
        routes::{Example, Routes},
        server::Server,
        stranger::{ByCode, Stranger},
    };
    pub use axum::response::{IntoResponse, Response};
}
