//! The address of the stream.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// What changed on a page that is open.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/{agency}/live", rejection(Error))]
pub struct Live {
    /// The agency.
    pub agency: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::subject::live_path;

    #[test]
    fn pages_ask_where_it_is() {
        assert_eq!(Live { agency: "cedar-river".to_owned() }.to_string(), live_path("cedar-river"));
    }
}
