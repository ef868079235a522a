//! What somebody enters for a member, and that member's word on it. Whoever enters decides nothing else of it, and may not be able to
//! read it again.

use super::{
    super::{model::Raised, paths, proofs::Raiser},
    note,
    raiser_side::{put_down, withdraw},
};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        acting::{self, ActingId, Period},
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::{ActFor, ConfirmEntered},
        subject::Kind as RecordKind,
    },
};

/// Raises it for the member of that time, who is asked at once whether it is what they said.
pub(in super::super) async fn enter(tx: &mut AgencyTx, can: &Can<ActFor>, period: &Period, new: &Raised) -> Result<(), Error> {
    period.running()?;
    let id = put_down(tx, can.slug(), new, (period.member, period.body, Some(period))).await?;
    note(tx, id, &format!("entered for them, told {}", period.how.label()), "").await?;
    let by = can.member().map_or("Somebody", |member| member.name.as_str());
    let said = format!("{by} entered a {} for you, as you told it {}. Say whether it is what you said", new.kind, period.how.label());
    notices::tell(tx, &[period.member], &Notice { kind: "entered", said, path: paths::entered_word(can.slug(), id) }).await?;
    audit::record(tx, Change::of("entered for somebody", RecordKind::Loop, id).field("words", &new.words)).await
}

/// It is what they said.
pub(in super::super) async fn confirm(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, raiser: Raiser) -> Result<(), Error> {
    say(tx, can.slug(), raiser.0, true).await?;
    note(tx, raiser.0, "confirmed: it is what they said", "").await?;
    audit::record(tx, Change::of("confirmed what was entered for them", RecordKind::Loop, raiser.0)).await
}

/// It is not: every word of it goes, as if it were taken back, and whoever entered it is told that it did.
pub(in super::super) async fn strike(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, raiser: Raiser) -> Result<(), Error> {
    let id = raiser.0;
    let (acting, helper) = say(tx, can.slug(), id, false).await?;
    withdraw(tx, raiser).await?;
    note(tx, id, "struck: it is not what they said", "").await?;
    let said = "What you entered for somebody was struck: it is not what they said".to_owned();
    notices::tell(tx, &[helper], &Notice { kind: "entered", said, path: acting::page_path(can.slug(), acting) }).await?;
    audit::record(tx, Change::of("struck what was entered for them", RecordKind::Loop, id)).await
}

/// Keeps their word, once; answers in which time it was entered, and by whom.
async fn say(tx: &mut AgencyTx, slug: &str, id: SubjectId, said: bool) -> Result<(ActingId, MembershipId), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let kept = sqlx::query!(
        r#"update loop set confirmed_at = case when $3 then $4::timestamptz end, struck_at = case when $3 then null else $4::timestamptz end,
               version = version + 1
           where agency_id = $1 and id = $2 and acting_id is not null and confirmed_at is null and struck_at is null
           returning acting_id as "acting!: ActingId", entered_by as "helper!: MembershipId""#,
        agency.0,
        id.0,
        said,
        now,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    notices::done(tx, &paths::entered_word(slug, id)).await?;
    Ok((kept.acting, kept.helper))
}
