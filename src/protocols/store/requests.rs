//! What waits for a second steward's word.

use super::{
    super::model::{Act, Request, RequestId, RequestState, What, Word},
    acts::{log, perform_later},
    stewarded, told,
};
use crate::{
    audit, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId},
        paging::Paging,
        policy::KeepProtocols,
    },
};
use sqlx::types::Json;

/// Puts an act before the other stewards.
pub(super) async fn ask(tx: &mut AgencyTx, body: PartnerId, act: &Act) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into protocol_request (agency_id, id, body_id, what, protocol_id, item_id, label_id, proposed, asked_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        RequestId::fresh().0,
        body.0,
        act.what() as What,
        act.protocol().map(|id| id.0),
        act.item(),
        act.label(),
        serde_json::to_value(act).map_err(Error::internal)?,
        me.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The body's requests, those that wait first, for its stewards.
pub(in crate::protocols) async fn all(tx: &mut AgencyTx, body: PartnerId, paging: Paging) -> Result<Vec<Request>, Error> {
    rows(tx, Some(body), None, paging.limit(), paging.offset()).await
}

/// One request of the asker's body.
pub(in crate::protocols) async fn find(tx: &mut AgencyTx, id: RequestId) -> Result<Request, Error> {
    rows(tx, None, Some(id), 1, 0).await?.pop().ok_or(Error::NotFound)
}

async fn rows(tx: &mut AgencyTx, body: Option<PartnerId>, id: Option<RequestId>, limit: i64, offset: i64) -> Result<Vec<Request>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select q.id as "id: RequestId", q.what as "what: What", q.proposed,
                  (select p.name from protocol p where p.agency_id = q.agency_id and p.id = q.protocol_id) as protocol_name,
                  q.item_id, coalesce((select s.title from subject s where s.agency_id = q.agency_id and s.id = q.item_id),
                      (select s.title from comment c join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
                       where c.agency_id = q.agency_id and c.id = q.item_id)) as item_title,
                  (select l.name from community_label l where l.agency_id = q.agency_id and l.id = q.label_id) as label_name,
                  (select coalesce(json_agg(case when m.lived_experience then 'community member' else m.name end order by m.name, m.id), '[]')
                   from membership m where m.agency_id = q.agency_id
                     and coalesce(q.proposed #> '{Readers,guests,members}', q.proposed #> '{Make,guests,members}', '[]') ? m.id::text) as "guests!: Json<Vec<String>>",
                  (select coalesce(json_agg(b.name order by b.sort_name, b.id), '[]') from partner b where b.agency_id = q.agency_id
                     and coalesce(q.proposed #> '{Readers,guests,bodies}', q.proposed #> '{Make,guests,bodies}', '[]') ? b.id::text) as "guest_bodies!: Json<Vec<String>>",
                  q.asked_by as "asked_by: MembershipId", a.name as asker, q.created_at, q.state as "state: RequestState",
                  (select d.name from membership d where d.agency_id = q.agency_id and d.id = q.decided_by) as decider, q.decided_at, q.because
           from protocol_request q
           join membership a on a.agency_id = q.agency_id and a.id = q.asked_by
           where q.agency_id = $1 and ($2::uuid is null or q.body_id = $2) and ($3::uuid is null or q.id = $3)
           order by q.state <> 'waiting', q.created_at desc, q.id
           limit $4 offset $5"#,
        agency.0,
        body.map(|id| id.0),
        id.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Request {
            id: row.id,
            what: row.what,
            act: serde_json::from_value(row.proposed).ok(),
            protocol_name: row.protocol_name,
            item: row.item_id,
            item_title: row.item_title,
            label_name: row.label_name,
            guests: row.guests.0,
            guest_bodies: row.guest_bodies.0,
            asked_by: row.asked_by,
            asker: row.asker,
            asked_at: row.created_at,
            state: row.state,
            decider: row.decider,
            decided_at: row.decided_at,
            because: row.because,
        })
        .collect())
}

/// A second steward's word, or the first one's taking it back. A yes acts in the same transaction.
pub(in crate::protocols) async fn decide(tx: &mut AgencyTx, can: &Can<KeepProtocols>, request: &Request, word: &Word) -> Result<(), Error> {
    let (agency, now, body) = (tx.agency(), tx.now(), stewarded(can)?);
    if !request.waits(now) {
        return Err(Error::refused("", "Nothing waits here any more: look at what became of it"));
    }
    if matches!(word, Word::TakeBack) != (request.asked_by == can.me()) || is_the_asker(tx, can, request).await? {
        return Err(Error::refused("", "Leave the second word to another steward: you asked for it"));
    }
    if matches!(word, Word::Approve) && !asked_as_steward(tx, request, body).await? {
        return Err(Error::refused("", "Refuse it, or ask anew: whoever asked is no steward any more"));
    }
    let (state, because) = match word {
        Word::Approve => (RequestState::Approved, ""),
        Word::Refuse(because) => (RequestState::Refused, because.as_str()),
        Word::TakeBack => (RequestState::TakenBack, ""),
    };
    consent::in_own_words(tx, &[("because", because)]).await?;
    let decided = sqlx::query!(
        "update protocol_request set state = $3, decided_by = $4, decided_at = $5, because = $6, version = version + 1
         where agency_id = $1 and id = $2 and state = 'waiting'",
        agency.0,
        request.id.0,
        state as RequestState,
        can.me().0,
        now,
        because,
    )
    .execute(tx.conn())
    .await?;
    if decided.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let done = match word {
        Word::Approve => "The second word is given, and it acts",
        Word::Refuse(_) => "A steward refused what another asked for",
        Word::TakeBack => "A steward took back what they asked for",
    };
    told(tx, can, body, format!("{done}: {}", request.what)).await?;
    let (Some(act), true) = (&request.act, matches!(word, Word::Approve)) else {
        let action = if matches!(word, Word::TakeBack) { "took back what they asked about" } else { "refused what was asked about" };
        let (protocol, label) = request.act.as_ref().map_or((None, None), |act| (act.protocol().map(|id| id.0), act.label()));
        let change = log(action, "protocol", body).naming(protocol, label);
        return audit::record(tx, change.saying(request.what.to_string()).field("reason", because)).await;
    };
    perform_later(tx, body, act).await.map_err(|error| match error {
        Error::NotFound => Error::refused("", "Refuse it, or ask anew: what it is about is not there any more"),
        other => other,
    })
}

/// Whoever asked is a steward still, or one whom the agency stopped.
async fn asked_as_steward(tx: &mut AgencyTx, request: &Request, body: PartnerId) -> Result<bool, Error> {
    let asked = sqlx::query_scalar!(r#"select asked_as_steward($1, $2) as "asked!""#, request.asked_by.0, body.0);
    Ok(asked.fetch_one(tx.conn()).await?)
}

/// The same person under another membership says no second word.
async fn is_the_asker(tx: &mut AgencyTx, can: &Can<KeepProtocols>, request: &Request) -> Result<bool, Error> {
    if request.asked_by == can.me() {
        return Ok(false);
    }
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from membership a join membership b on b.agency_id = a.agency_id and b.account_id = a.account_id
               where a.agency_id = $1 and a.id = $2 and b.id = $3) as "same!""#,
        agency.0,
        request.asked_by.0,
        can.me().0,
    )
    .fetch_one(tx.conn())
    .await?)
}
