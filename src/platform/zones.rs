//! The time zones that somebody may choose here: those of the United States.

labels! {
    /// Where an agency is, or a person.
    pub enum Zone {
        Eastern = "America/New_York", "Eastern";
        Central = "America/Chicago", "Central";
        Mountain = "America/Denver", "Mountain";
        Arizona = "America/Phoenix", "Arizona, without summer time";
        Pacific = "America/Los_Angeles", "Pacific";
        Alaska = "America/Anchorage", "Alaska";
        Hawaii = "Pacific/Honolulu", "Hawaii";
        PuertoRico = "America/Puerto_Rico", "Puerto Rico and the Virgin Islands";
        Guam = "Pacific/Guam", "Guam and the Northern Marianas";
        Samoa = "Pacific/Pago_Pago", "American Samoa";
    }
}

impl Zone {
    /// The same as the clock needs it.
    #[must_use]
    pub fn as_tz(self) -> chrono_tz::Tz {
        use super::labels::Label as _;
        self.as_str().parse().unwrap_or(chrono_tz::Tz::UTC)
    }
}
