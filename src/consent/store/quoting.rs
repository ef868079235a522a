//! Copied words are stopped at entry; a quotation refers to the statement instead, and goes when the statement goes.

use crate::{
    consent::{model::Quotation, quoting::runs},
    platform::{db::AgencyTx, error::Error, ids::SubjectId, said},
};

/// Keeps the hashes of a statement's words, in place of those it had, and what of them was said here first; no words, no hashes.
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
        sqlx::query!("delete from said_run where agency_id = $1 and first_in = $2", agency.0, statement.0).execute(tx.conn()).await?;
        Ok(())
    })
    .await?;
    said::note(tx, &[words.to_owned()], Some(statement.0)).await
}

/// Refuses a text that copies a statement's words; for every free text of other records. Only words that the writer may read
/// and that are not their own are refused: a refusal must not tell anybody that words stand in a statement they cannot see.
/// Such a copy is taken, and masked when the speaker takes the words back (`docs/decisions/0006-copied-words.md`).
///
/// # Errors
/// The problem on `field`, or the database's refusal.
pub async fn no_copied_words(tx: &mut AgencyTx, field: &'static str, text: &str) -> Result<(), Error> {
    let shared = sharing(tx, text).await?;
    if shared.is_empty() {
        return Ok(());
    }
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let readable = sqlx::query_scalar!(
        "select s.title from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
         where st.agency_id = $1 and st.id = any($2) and st.words is not null and s.author_id is distinct from $3
         order by s.created_at, st.id limit 1",
        agency.0,
        &shared,
        me,
    )
    .fetch_optional(tx.conn())
    .await?;
    match readable {
        Some(title) => Err(Error::refused(field, copied(&title))),
        None => Ok(()),
    }
}

/// The same for several fields of one form.
///
/// # Errors
/// As [`no_copied_words`], at the first field that copies.
pub async fn in_own_words(tx: &mut AgencyTx, fields: &[(&'static str, &str)]) -> Result<(), Error> {
    for (field, text) in fields {
        no_copied_words(tx, field, text).await?;
    }
    Ok(())
}

/// What a writer is told.
fn copied(title: &str) -> String {
    format!(
        "Eight or more words in a row here are somebody’s own ({title}). Put it in your own words. To show theirs, insert the quotation: \
         join the statement to a theme, or to a barrier under “Join evidence”. It goes when the speaker takes it back"
    )
}

/// The statements with which a text shares eight or more words in a row, seen by nobody: ids open nothing.
async fn sharing(tx: &mut AgencyTx, text: &str) -> Result<Vec<uuid::Uuid>, Error> {
    let hashes = runs(text);
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let agency = tx.agency();
    let mut shared = Vec::new();
    tx.as_keeper("copied words", async |tx| {
        shared = sqlx::query_scalar!(
            "select distinct statement_id from spoken_run where agency_id = $1 and hash = any($2) order by statement_id limit 1000",
            agency.0,
            &hashes,
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok(shared)
}

/// The words that a record rests on, as far as they may be quoted and the reader may read them; at most 50.
///
/// # Errors
/// When the database refuses.
pub async fn quotations(tx: &mut AgencyTx, of: SubjectId) -> Result<Vec<Quotation>, Error> {
    let agency = tx.agency();
    let found = sqlx::query_as!(
        Quotation,
        r#"select st.id as "id: SubjectId", s.path, st.words as "words!", st.shown_as, st.sensitivity
           from statement st
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           where st.agency_id = $1 and quotable(st) and st.words is not null and st.state in ('confirmed', 'corrected')
             and exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = st.id and e.kind in ('source', 'evidence'))
           order by s.created_at desc, st.id
           limit 50"#,
        agency.0,
        of.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(found.iter().map(|one| one.id));
    Ok(found)
}
