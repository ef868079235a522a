//! Logs: where they go and in what form. Never logged: what people typed, cookies, tokens, addresses with tokens.

use super::settings::Settings;
use tracing_subscriber::EnvFilter;

/// Sets logging up for the whole program; a second call does nothing.
pub fn set_up(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if settings.log_json {
        let _ = builder.json().try_init();
    } else {
        let _ = builder.compact().try_init();
    }
}
