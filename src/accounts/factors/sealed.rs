//! What the site has to know again rests sealed with its key. Without a key there are no passkeys and no codes.

use crate::platform::{app::App, error::Error};

/// Whether this site has a key.
pub(super) fn can_be(app: &App) -> bool {
    app.settings.keys.is_some()
}

/// Seals a text for one place; at another it does not open.
pub(super) fn seal(app: &App, place: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
    app.settings
        .keys
        .as_ref()
        .and_then(|keys| keys.seal(place, text))
        .ok_or_else(|| Error::internal("nothing can be sealed: SITE_KEY is not set"))
}

/// What was sealed for this place, by one of the site's keys.
pub(super) fn open(app: &App, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    app.settings.keys.as_ref()?.open(place, sealed)
}
