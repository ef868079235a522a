//! Copied words are stopped at entry; a quotation refers to the statement instead, and goes when the statement goes.

use crate::{
    consent::{model::Quotation, quoting::runs},
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// What a writer is told.
const COPIED: &str = "Eight or more words in a row here are somebody’s own statement. Put it in your own words, or insert the statement as a quotation, so that the speaker can still take it back";

/// Keeps the hashes of a statement's words, in place of those it had; no words, no hashes.
///
/// # Errors
/// When the database refuses.
pub async fn note_words(tx: &mut AgencyTx, statement: SubjectId, words: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let hashes = runs(words);
    tx.as_keeper("copied words", async |tx| {
        sqlx::query!("delete from spoken_run where agency_id = $1 and statement_id = $2", agency.0, statement.0).execute(tx.conn()).await?;
        sqlx::query!(
            "insert into spoken_run (agency_id, statement_id, hash) select $1, $2, one from unnest($3::bigint[]) one",
            agency.0,
            statement.0,
            &hashes,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// A statement of this agency with which a text shares eight or more words in a row, whether or not the asker may read it:
/// only its id comes back, and an id opens nothing.
///
/// # Errors
/// When the database refuses.
pub async fn shares_words(tx: &mut AgencyTx, text: &str) -> Result<Option<SubjectId>, Error> {
    let hashes = runs(text);
    if hashes.is_empty() {
        return Ok(None);
    }
    let agency = tx.agency();
    let mut shared = None;
    tx.as_keeper("copied words", async |tx| {
        shared = sqlx::query_scalar!(
            r#"select statement_id as "id: SubjectId" from spoken_run where agency_id = $1 and hash = any($2) order by statement_id limit 1"#,
            agency.0,
            &hashes,
        )
        .fetch_optional(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok(shared)
}

/// Refuses a text that copies a statement's words; for every free text of other records.
///
/// # Errors
/// The problem on `field`, or the database's refusal.
pub async fn no_copied_words(tx: &mut AgencyTx, field: &'static str, text: &str) -> Result<(), Error> {
    match shares_words(tx, text).await? {
        Some(_) => Err(Error::refused(field, COPIED)),
        None => Ok(()),
    }
}

/// Lets a record rest on a statement, by reference: its words are shown there only while they may be quoted and read.
///
/// # Errors
/// [`Error::NotFound`] when the asker may not read the statement; a problem when it may not be quoted.
pub async fn quote(tx: &mut AgencyTx, from: SubjectId, statement: SubjectId) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    let may_quote = sqlx::query_scalar!(
        "select may_quote from statement where agency_id = $1 and id = $2 and state in ('confirmed', 'corrected')",
        agency.0,
        statement.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    if !may_quote {
        return Err(Error::refused("statement", "The speaker did not allow these words to be quoted. Choose another statement"));
    }
    sqlx::query!(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select $1, $2, $3, 'evidence', $4, $5
         where not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = $3 and e.kind = 'evidence' and e.by_id = $4)",
        agency.0,
        from.0,
        statement.0,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The words that a record rests on, as far as they may be quoted and the reader may read them; at most 50.
///
/// # Errors
/// When the database refuses.
pub async fn quotations(tx: &mut AgencyTx, of: SubjectId) -> Result<Vec<Quotation>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Quotation,
        r#"select st.id as "id: SubjectId", s.path, st.words as "words!", st.shown_as
           from statement st
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           where st.agency_id = $1 and st.may_quote and st.words is not null and st.state in ('confirmed', 'corrected')
             and exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = st.id and e.kind in ('source', 'evidence'))
           order by st.created_at desc, st.id
           limit 50"#,
        agency.0,
        of.0,
    )
    .fetch_all(tx.conn())
    .await?)
}
