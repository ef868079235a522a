//! What the raiser does: raise, change the words, let others read them, take them back.

use super::super::{
    model::{Entry, Kind, Raiser, TakesBack},
    paths,
};
use crate::{
    audit::{self, Change},
    chain,
    commitments::Side,
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        policy::KeepObstacles,
        said,
        subject::{self, Audience, Kind as RecordKind, NewSubject},
    },
};

async fn in_own_words(tx: &mut AgencyTx, entry: &Entry) -> Result<(), Error> {
    consent::in_own_words(tx, &[("name", &entry.name), ("description", &entry.description)]).await
}

/// Raises one, for the asker's own side.
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<KeepObstacles>, entry: &Entry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    in_own_words(tx, entry).await?;
    let side = if can.hat().is_agency_side() { Side::Agency } else { Side::Partner };
    let subject = NewSubject {
        id,
        kind: RecordKind::Obstacle,
        title: &entry.name,
        path: paths::obstacle(can.slug(), id),
        audience: entry.audience,
        body: entry.partner,
        author: Some(can.me()),
    };
    subject::add(tx, subject).await?;
    sqlx::query!(
        "insert into obstacle (agency_id, id, kind, name, description, side, raised_by, partner_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        id.0,
        entry.kind as Kind,
        entry.name,
        entry.description,
        side as Side,
        can.me().0,
        entry.partner.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    said::note(tx, &[entry.name.clone(), entry.description.clone()], Some(id.0)).await?;
    chain::happened(tx, id, "raised", "").await?;
    super::telling::tell_of(tx, can.slug(), id, side).await?;
    audit::record(tx, Change::of("raised", RecordKind::Obstacle, id).field("name", &entry.name).field("description", &entry.description))
        .await?;
    Ok(id)
}

/// Keeps the raiser's words, and who may read them. What was taken while more could read it is called back.
pub(in super::super) async fn keep(tx: &mut AgencyTx, can: &Can<KeepObstacles>, raiser: Raiser, entry: &Entry) -> Result<(), Error> {
    let (agency, id) = (tx.agency(), raiser.0);
    in_own_words(tx, entry).await?;
    let before = super::find(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = sqlx::query!(
        "update obstacle set kind = $4, name = $5, description = $6, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.kind as Kind,
        entry.name,
        entry.description,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    sqlx::query!(
        "update subject set title = $3, audience = $4, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        entry.name,
        entry.audience as Audience,
    )
    .execute(tx.conn())
    .await?;
    if entry.audience < before.audience {
        tx.as_keeper("fewer read an obstacle", async |tx| consent::recall_taken(tx, id).await).await?;
    }
    said::note(tx, &[entry.name.clone(), entry.description.clone()], Some(id.0)).await?;
    let change = Change::of("changed", RecordKind::Obstacle, id).differing(vec![
        ("kind", before.kind.as_str().to_owned(), entry.kind.as_str().to_owned()),
        ("name", before.name.unwrap_or_default(), entry.name.clone()),
        ("description", before.description, entry.description.clone()),
        ("who reads", before.audience.as_str().to_owned(), entry.audience.as_str().to_owned()),
    ]);
    audit::record(tx, change).await
}

/// Takes it back: every word is gone, also from both parts, the next step and the history, from copies and from stored exports; what
/// had left is called back; a mark stays.
pub(in super::super) async fn take_back(tx: &mut AgencyTx, one: TakesBack) -> Result<(), Error> {
    let id = one.0;
    tx.as_keeper("taking an obstacle back", async |tx| {
        let texts = texts_of(tx, id).await?;
        consent::seal(tx, id, None, &texts).await?;
        erase(tx, id).await?;
        consent::take_back(tx, id, Some(&texts.join("\n"))).await
    })
    .await?;
    chain::happened(tx, id, "taken back", "").await?;
    audit::record(tx, Change::of("took back", RecordKind::Obstacle, id)).await
}

/// The raiser's own texts; what the other side wrote is theirs, and is not looked for elsewhere.
async fn texts_of(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select t.words as "words!" from obstacle o,
                unnest(array[o.name, o.description, case o.side when 'partner' then o.partner_can else o.agency_can end,
                             case o.side when 'partner' then o.partner_cannot else o.agency_cannot end]) with ordinality t(words, n)
           where o.agency_id = $1 and o.id = $2 and t.words <> '' order by t.n"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn erase(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update obstacle set state = 'withdrawn', name = null, description = '', agency_can = '', agency_cannot = '', partner_can = '',
             partner_cannot = '', next_step = '', next_on = null, review_on = null, owner_id = null, owner_partner_id = null, version = version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update happening set text = '' where agency_id = $1 and subject_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!(
        "update subject set title = 'Taken back by the one who raised it', withdrawn_at = $3, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
