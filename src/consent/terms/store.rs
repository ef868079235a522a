//! Terms and wordings in and out of the database, and how a consent was given.

use super::model::{Given, Terms, Wording, WordingId};
use crate::{
    audit::{self, Change},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        policy::ManageSettings,
    },
};

/// For how long each use holds.
pub(super) async fn terms(tx: &mut AgencyTx) -> Result<Terms, Error> {
    let agency = tx.agency();
    let rows =
        sqlx::query!("select used, months from consent_term where agency_id = $1 order by used", agency.0).fetch_all(tx.conn()).await?;
    Ok(Terms::of(rows.into_iter().map(|row| (row.used, row.months))))
}

/// The newest wording of each language.
///
/// # Errors
/// When the database refuses.
pub async fn wordings(tx: &mut AgencyTx) -> Result<Vec<Wording>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Wording,
        r#"select distinct on (language) id as "id: WordingId", language, version, words from consent_wording
           where agency_id = $1 order by language, version desc"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One version of the wording, as it was shown.
///
/// # Errors
/// When the database refuses.
pub async fn wording(tx: &mut AgencyTx, id: WordingId) -> Result<Option<Wording>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Wording,
        r#"select id as "id: WordingId", language, version, words from consent_wording where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Keeps for how long each use holds. What was allowed before holds from today as long as it would if it were given today, and never
/// longer than it did.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<ManageSettings>, new: &Terms) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    // They are four rows and no version of their own: who comes second looks once the first is done.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('consent terms ' || $1, 0))", agency.0.to_string())
        .execute(tx.conn())
        .await?;
    if terms(tx).await?.version() != can.version() {
        return Err(Error::Refused(Problems::stale()));
    }
    let (used, months): (Vec<String>, Vec<i16>) = new.set().map(|(used, months)| (used.as_str().to_owned(), months)).unzip();
    sqlx::query!("delete from consent_term where agency_id = $1 and used <> all($2)", agency.0, &used).execute(tx.conn()).await?;
    sqlx::query!(
        "insert into consent_term (agency_id, used, months, set_by, set_at)
         select $1, t.used, t.months, $4, $5 from unnest($2::text[], $3::smallint[]) as t (used, months)
         on conflict (agency_id, used) do update set months = excluded.months, set_by = excluded.set_by, set_at = excluded.set_at
         where consent_term.months <> excluded.months",
        agency.0,
        &used,
        &months,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let said: Vec<String> = new.set().map(|(used, months)| format!("{used}: {months} months", used = used.as_str())).collect();
    let said = if said.is_empty() { "no end".to_owned() } else { said.join(", ") };
    audit::record(tx, Change::about("set how long consent holds", "settings").saying(said)).await?;
    tx.as_keeper("consent that runs out", async |tx| shorten(tx).await).await
}

/// Gives what was allowed before its end.
async fn shorten(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update statement st set quote_until = case when st.may_quote then least(st.quote_until, t.quoted) else st.quote_until end,
             export_until = case when st.may_export then least(st.export_until, t.exported) else st.export_until end,
             publish_until = case when st.may_publish then least(st.publish_until, t.published) else st.publish_until end,
             research_until = case when st.may_research then least(st.research_until, t.research) else st.research_until end
         from (select consent_until('quoted', $2) as quoted, consent_until('exported', $2) as exported,
                      consent_until('published', $2) as published, consent_until('research', $2) as research) t
         where st.agency_id = $1 and st.state in ('confirmed', 'corrected')",
        agency.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject s set analysts_until = st.export_until from statement st
         where s.agency_id = $1 and st.agency_id = s.agency_id and st.id = s.id and st.state in ('confirmed', 'corrected')
           and s.analysts_until is distinct from st.export_until",
        agency.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds the next version of the wording in a language.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<ManageSettings>, (language, words): &(String, String)) -> Result<(), Error> {
    consent::no_copied_words(tx, "words", words).await?;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into consent_wording (agency_id, id, language, version, words, written_by, written_at)
         select $1, $2, $3, coalesce(max(w.version), 0) + 1, $4, $5, $6 from consent_wording w where w.agency_id = $1 and w.language = $3",
        agency.0,
        WordingId::fresh().0,
        language.as_str(),
        words.as_str(),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint(
        "consent_wording_agency_id_language_version_key",
        "words",
        "Somebody else kept a version in this language a moment ago. Open this page again to read it",
    )?;
    audit::record(
        tx,
        Change::about("wrote what is shown before consent is given", "settings").field("words", words).saying(language.clone()),
    )
    .await
}

/// How the consent that stands for somebody's words was given: for the speaker, by their link too, and their body's steward.
///
/// # Errors
/// When the database refuses.
pub async fn given(tx: &mut AgencyTx, statement: SubjectId) -> Result<Option<Given>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Given,
        r#"select c.created_at as at, c.how,
                  (select case when m.lived_experience then 'community member' else m.name end from membership m
                   where m.agency_id = c.agency_id and m.id = coalesce(c.by_id, l.made_by) and m.id is distinct from s.author_id) as asked_by,
                  w.language as "language?", w.version as "version?", w.words as "words?"
           from consent_change c
           join subject s on s.agency_id = c.agency_id and s.id = c.statement_id
           left join return_link l on l.agency_id = c.agency_id and l.id = c.link_id
           left join consent_wording w on w.agency_id = c.agency_id and w.id = c.wording_id
           where c.agency_id = $1 and c.statement_id = $2
           order by c.version desc, c.created_at desc, c.id desc
           limit 1"#,
        agency.0,
        statement.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}
