//! Files that show that a promise is done. Whoever reads the promise reads them (row security of `file`).

use super::super::model::{Evidence, EvidenceId, Promiser};
use crate::{
    audit::{self, Change},
    chain,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        files::{self, NewFile},
        ids::{FileId, SubjectId},
        policy::EditCommitments,
        subject::Kind,
    },
};

/// So many at most.
const MOST: usize = 10;

/// The files of one promise, or one of them, in the order in which they came.
async fn read(tx: &mut AgencyTx, of: Option<SubjectId>, one: Option<EvidenceId>) -> Result<Vec<Evidence>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership);
    Ok(sqlx::query_as!(
        Evidence,
        r#"select e.id as "id: EvidenceId", e.commitment_id as "commitment: SubjectId", e.file_id as "file: FileId", f.name, f.size,
                  m.name as by, coalesce(e.added_by = $4, false) and c.state in ('open', 'returned', 'reported') as "mine!"
           from evidence e
           join file f on f.agency_id = e.agency_id and f.id = e.file_id
           join commitment c on c.agency_id = e.agency_id and c.id = e.commitment_id
           join membership m on m.agency_id = e.agency_id and m.id = e.added_by
           where e.agency_id = $1 and ($2::uuid is null or e.commitment_id = $2) and ($3::uuid is null or e.id = $3)
           order by e.added_at, e.id limit 50"#,
        agency.0,
        of.map(|id| id.0),
        one.map(|id| id.0),
        me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The files of one promise.
pub(in super::super) async fn list(tx: &mut AgencyTx, of: SubjectId) -> Result<Vec<Evidence>, Error> {
    read(tx, Some(of), None).await
}

/// One file.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: EvidenceId) -> Result<Evidence, Error> {
    read(tx, None, Some(id)).await?.pop().ok_or(Error::NotFound)
}

/// Attaches a file.
pub(in super::super) async fn attach(
    tx: &mut AgencyTx,
    can: &Can<EditCommitments>,
    Promiser(of): Promiser,
    (file, bytes): (NewFile<'_>, &[u8]),
) -> Result<(), Error> {
    if list(tx, of).await?.len() >= MOST {
        return Err(Error::refused("file", "Take a file off first: a promise has at most 10"));
    }
    let (agency, now, name) = (tx.agency(), tx.now(), file.name);
    let id = files::store_bytes(tx, file, bytes).await?;
    sqlx::query!(
        "insert into evidence (agency_id, id, commitment_id, file_id, added_by, added_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        EvidenceId::fresh().0,
        of.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, of, "a file attached", name).await?;
    audit::record(tx, Change::of("attached a file to", Kind::Commitment, of).field("file", name)).await
}

/// Takes a file off that one attached; it is destroyed, unless a legal hold keeps it: then it is sealed until that ends.
pub(in super::super) async fn take_off(tx: &mut AgencyTx, _: &Can<EditCommitments>, id: EvidenceId) -> Result<SubjectId, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let one = find(tx, id).await?;
    // Row security's own rule is asked while it is still the asker's: whether a hold lies on it only the keeper knows.
    let may =
        sqlx::query_scalar!(r#"select evidence_may_be(e) as "may!" from evidence e where agency_id = $1 and id = $2"#, agency.0, id.0);
    if !one.mine || may.fetch_optional(tx.conn()).await? != Some(true) {
        return Err(Error::NotAllowed);
    }
    tx.as_keeper("a file taken off a promise", async |tx| {
        sqlx::query!("select take_off_evidence($1, $2)", id.0, now).execute(tx.conn()).await?;
        Ok(())
    })
    .await?;
    chain::happened(tx, one.commitment, "a file taken off", &one.name).await?;
    audit::record(tx, Change::of("took a file off", Kind::Commitment, one.commitment)).await?;
    Ok(one.commitment)
}
