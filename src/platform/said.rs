//! Where words were said first: every eight words in a row of a text that is kept, as hashes that only the keeper reads. What
//! stood here before somebody's words did not come from them, and stays when they are taken back. Never keeps a text.

use super::{db::AgencyTx, error::Error};
use uuid::Uuid;

/// Fewer words in a row are everybody's.
const RUN: usize = 8;

/// Whether a text is long enough to be told from another.
#[must_use]
pub(super) fn is_long(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).nth(RUN - 1).is_some()
}

/// Keeps what these texts say first: in words that can be taken back (`first_in`, a statement, a comment or a question), or in
/// any other text.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut AgencyTx, texts: &[String], first_in: Option<Uuid>) -> Result<(), Error> {
    let long: Vec<String> = texts.iter().filter(|text| is_long(text)).cloned().collect();
    if long.is_empty() {
        return Ok(());
    }
    tx.as_keeper("what was said first", async |tx| {
        sqlx::query!("select note_runs($1, $2)", &long, first_in).execute(tx.conn()).await?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::is_long;

    #[test]
    fn eight_words_are_long_however_they_are_parted() {
        assert!(is_long("one-two three, four five six seven eight"));
        assert!(!is_long("one two three four five six seven."));
    }
}
