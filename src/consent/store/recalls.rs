//! The recall list in and out. Row security shows it to directors and staff, to who took a copy, and to who may see the mark.

use super::settled::tell_settled;
use crate::{
    audit::{self, Change},
    consent::model::{Recall, RecallId, RecallState},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        paging::Paging,
        policy::DoRecalls,
    },
};

/// The list: what is still to do first, then the newest.
pub(in crate::consent) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Recall>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Recall,
        r#"select r.id as "id: RecallId", r.what, r.taken_by as "taken_by: MembershipId", r.taken_by_name, r.taken_at,
                  r.state as "state: RecallState", r.because,
                  (select m.name from membership m where m.agency_id = r.agency_id and m.id = r.done_by) as done_by, r.done_at,
                  coalesce(r.done_by = r.taken_by and r.state = 'deleted', false) as "by_holder!", r.created_at, r.nth as "nth!", r.alike as "alike!",
                  case when r.export_id is not null then r.subject_id end as "in_file: SubjectId", r.version
           from (select a.*, row_number() over (partition by coalesce(a.export_id, a.copy_id, a.id), a.taken_by, a.what order by a.created_at, a.id) as nth,
                        count(*) over (partition by coalesce(a.export_id, a.copy_id, a.id), a.taken_by, a.what) as alike
                 from recall a where a.agency_id = $1) r
           order by r.state not in ('open', 'notice_sent'), r.created_at desc, r.id
           limit $2 offset $3"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One task.
pub(in crate::consent) async fn find(tx: &mut AgencyTx, id: RecallId) -> Result<Option<Recall>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Recall,
        r#"select r.id as "id: RecallId", r.what, r.taken_by as "taken_by: MembershipId", r.taken_by_name, r.taken_at,
                  r.state as "state: RecallState", r.because,
                  (select m.name from membership m where m.agency_id = r.agency_id and m.id = r.done_by) as done_by, r.done_at,
                  coalesce(r.done_by = r.taken_by and r.state = 'deleted', false) as "by_holder!", r.created_at, r.nth as "nth!", r.alike as "alike!",
                  case when r.export_id is not null then r.subject_id end as "in_file: SubjectId", r.version
           from (select a.*, row_number() over (partition by coalesce(a.export_id, a.copy_id, a.id), a.taken_by, a.what order by a.created_at, a.id) as nth,
                        count(*) over (partition by coalesce(a.export_id, a.copy_id, a.id), a.taken_by, a.what) as alike
                 from recall a where a.agency_id = $1) r
           where r.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Where the words of one statement had gone, for whoever may see the mark.
///
/// # Errors
/// When the database refuses.
pub async fn of_subject(tx: &mut AgencyTx, subject: SubjectId) -> Result<Vec<Recall>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Recall,
        r#"select r.id as "id: RecallId", r.what, r.taken_by as "taken_by: MembershipId", r.taken_by_name, r.taken_at,
                  r.state as "state: RecallState", r.because, null::text as done_by, r.done_at,
                  coalesce(r.done_by = r.taken_by and r.state = 'deleted', false) as "by_holder!", r.created_at, 1::bigint as "nth!",
                  1::bigint as "alike!", null::uuid as "in_file: SubjectId", r.version
           from recall r where r.agency_id = $1 and r.subject_id = $2 and r.of_comment is null order by r.created_at, r.id limit 200"#,
        agency.0,
        subject.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Says what became of a copy.
pub(in crate::consent) async fn settle(
    tx: &mut AgencyTx,
    can: &Can<DoRecalls>,
    id: RecallId,
    (state, because): &(RecallState, String),
) -> Result<(), Error> {
    super::quoting::no_copied_words(tx, "because", because).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let was_open = find(tx, id).await?.is_some_and(|recall| !recall.state.is_over());
    let settled = sqlx::query!(
        "update recall set state = $4, because = $5, done_by = $6, done_at = $7, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        *state as RecallState,
        because,
        (*state != RecallState::Open).then_some(can.me().0),
        (*state != RecallState::Open).then_some(now),
    )
    .execute(tx.conn())
    .await?;
    if settled.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if was_open && state.is_over() {
        tell_settled(tx, &[id.0]).await?;
    }
    // Whoever says it of a copy of their own has said it of the file, and is not asked once more on its page.
    sqlx::query!(
        "update export_taken t set deleted_at = $4 from recall r
         where r.agency_id = $1 and r.id = $2 and r.state = 'deleted' and r.taken_by = $3
           and t.agency_id = $1 and t.export_id = r.export_id and t.taken_by = $3 and t.deleted_at is null",
        agency.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("settled", "recall").field("because", because)).await
}

/// Whoever took copies of an export, or their body's copy, says that they deleted them: their tasks about it are done by their word.
///
/// # Errors
/// When the database refuses.
pub async fn deleted_by_holder(tx: &mut AgencyTx, taken: uuid::Uuid) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    let open = sqlx::query_scalar!(
        "select id from recall where agency_id = $1 and (export_id = $2 or copy_id = $2) and taken_by = $3 and state in ('open', 'notice_sent')",
        agency.0,
        taken,
        me,
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!(
        "update recall set state = 'deleted', done_by = $3, done_at = $4, version = version + 1
         where agency_id = $1 and (export_id = $2 or copy_id = $2) and taken_by = $3 and (state <> 'deleted' or done_by is distinct from $3)",
        agency.0,
        taken,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    if open.is_empty() { Ok(()) } else { tell_settled(tx, &open).await }
}
