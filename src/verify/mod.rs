//! What must hold in every agency's rows, whatever happened: asked by `common-table verify` and by tests. Only reads.

mod store;

pub use store::broken;
