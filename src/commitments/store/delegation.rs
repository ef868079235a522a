//! Somebody else carries a promise of the agency's out: they are asked, and say yes or no themselves (`delegate_may_be`).

use super::{
    super::{
        model::{Asked, Carries, Changer},
        paths,
    },
    read::find,
};
use crate::{
    audit::{self, Change},
    chain,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::{AgencyTx, Standing},
        error::Error,
        form::Problems,
        ids::{AccountId, MembershipId, SubjectId},
        labels::Label as _,
        policy::{EditCommitments, Hat},
        subject::Kind,
    },
};

/// Asks somebody of the agency to carry a promise out, or takes it back.
pub(in super::super) async fn delegate(
    tx: &mut AgencyTx,
    can: &Can<EditCommitments>,
    Changer(id): Changer,
    (to, why): &(Option<MembershipId>, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("why", why)]).await?;
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    if let Some(to) = to {
        if before.promised_by == Some(*to) {
            return Err(Error::refused("delegate", "Choose somebody other than who promised it"));
        }
        readable(tx, id, *to).await?;
    }
    // Whoever carries it already is not asked again.
    let (carrier, asked) = match to {
        Some(to) if before.delegate_id == Some(*to) => (Some(*to), None),
        Some(to) => (before.delegate_id, Some(*to)),
        None => (None, None),
    };
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update commitment set delegate_id = $4, delegate_asked = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and side = 'agency' and state in ('open', 'returned')",
        agency.0,
        id.0,
        can.version(),
        carrier.map(|id| id.0),
        asked.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let now = find(tx, id).await?.ok_or(Error::NotFound)?;
    let (what, whom) = match (now.asked, now.delegate) {
        (Some(name), _) => ("somebody was asked to carry it out", name),
        (None, Some(name)) => ("stays with the delegate", name),
        (None, None) => ("taken back from the delegate", String::new()),
    };
    let told = if whom.is_empty() { whom } else { format!("{whom}. {why}") };
    chain::happened(tx, id, what, &told).await?;
    if let Some(asked) = asked {
        let said = format!("{} asks whether you carry out a promise of the agency", by(can));
        notices::tell(tx, &[asked], &Notice { kind: "promise", said, path: paths::delegation(can.slug(), id) }).await?;
    }
    audit::record(tx, Change::of("asked somebody to carry out", Kind::Commitment, id).field("why", why)).await
}

fn by(can: &Can<EditCommitments>) -> String {
    can.member().map_or_else(|| "Somebody".to_owned(), |member| member.name.clone())
}

/// Handing a promise on lets nobody read it who may not: whether they can is asked of the database under their own standing, so that a
/// body’s protocol counts as well.
async fn readable(tx: &mut AgencyTx, one: SubjectId, to: MembershipId) -> Result<(), Error> {
    let (agency, zone) = (tx.agency(), tx.standing().zone);
    let found = sqlx::query!(
        r#"select role, account_id as "account: AccountId" from membership
           where agency_id = $1 and id = $2 and state = 'active' and role in ('director', 'staff')"#,
        agency.0,
        to.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    let standing = found.and_then(|row| {
        let (hat, membership) = (Hat::parse(&row.role)?, Some(to));
        Some(Standing { agency, account: row.account, membership, hat, body: None, landscape: false, link: None, zone })
    });
    let may = match standing {
        Some(theirs) => tx.as_another(theirs, async |tx| is_shown(tx, one).await).await?,
        None => false,
    };
    if may { Ok(()) } else { Err(Error::refused("delegate", "Choose somebody who can read this promise")) }
}

async fn is_shown(tx: &mut AgencyTx, one: SubjectId) -> Result<bool, Error> {
    let agency = tx.agency();
    let shown =
        sqlx::query_scalar!(r#"select exists (select 1 from commitment where agency_id = $1 and id = $2) as "shown!""#, agency.0, one.0);
    Ok(shown.fetch_one(tx.conn()).await?)
}

/// Keeps the word of whoever was asked: they carry it out from now on, or somebody else is asked.
pub(in super::super) async fn answer(
    tx: &mut AgencyTx,
    can: &Can<EditCommitments>,
    Asked(id): Asked,
    (word, note): &(Carries, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("note", note)]).await?;
    let (agency, before) = (tx.agency(), find(tx, id).await?.ok_or(Error::NotFound)?);
    let yes = *word == Carries::Yes;
    let kept = sqlx::query!(
        "update commitment set delegate_id = case when $4 then $5::uuid else delegate_id end, delegate_asked = null, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and delegate_asked = $5",
        agency.0,
        id.0,
        can.version(),
        yes,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let path = paths::commitment(can.slug(), id);
    notices::done(tx, &paths::delegation(can.slug(), id)).await?;
    if let Some(promiser) = before.promised_by {
        let said = format!("{} {} a promise of yours", by(can), if yes { "carries out" } else { "cannot carry out" });
        notices::tell(tx, &[promiser], &Notice { kind: "promise", said, path }).await?;
    }
    chain::happened(tx, id, if yes { "taken on by who was asked" } else { "declined by who was asked" }, note).await?;
    let action = if yes { "took on" } else { "declined to carry out" };
    audit::record(tx, Change::of(action, Kind::Commitment, id).field("note", note)).await
}
