//! Common Table: where child welfare agencies, communities and Tribes run their partnership.
//! The groups are the floors: a module uses those of the groups above it. The order on one floor is `FLOORS` in tests/house/floors.rs.

#[macro_use]
pub mod platform;

pub mod audit;
pub mod chain;
pub mod comments;
pub mod commitments;
pub mod consent;
pub mod influence;
pub mod jobs;
pub mod loops;
pub mod mail;
pub mod notices;
pub mod protocols;
pub mod quarantine;

pub mod accounts;
pub mod agencies;
pub mod members;
pub mod partners;

pub mod barriers;
pub mod goals;
pub mod groups;
pub mod listening;
pub mod obstacles;
pub mod plans;
pub mod trust;

pub mod calendars;
pub mod desk;
pub mod home;
pub mod live;
pub mod openings;
pub mod reports;
pub mod retention;
pub mod sight;
pub mod trace;
pub mod verify;
pub mod wanted;

pub mod commands;
pub mod demo;
pub mod routes;
pub mod server;
pub mod worker;
