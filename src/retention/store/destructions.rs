//! Proposals to destroy: made by one person, decided by another; a body's words go by its steward's word alone. What is destroyed
//! goes as words go that are taken back. Runs as keeper, because nobody may see all of it; nothing read comes back.

use super::super::{
    model::{Decision, Destruction, DestructionId, Kept, Word},
    paths,
};
use super::schedule;
use crate::{
    audit::{self, Change, Readers},
    consent, loops,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        paging::Paging,
        policy::{DecideDestruction, GiveBodysWord, Hat, KeepRetention},
        subject::{Audience, Kind},
    },
};

/// Proposes to destroy what is due of a kind today, and asks the bodies whose words are among it.
pub(in crate::retention) async fn propose(tx: &mut AgencyTx, can: &Can<KeepRetention>, kind: Kept) -> Result<DestructionId, Error> {
    let (agency, now, today, zone, id) = (tx.agency(), tx.now(), tx.today(), tx.zone(), DestructionId::fresh());
    let rule = schedule::rule(tx, kind).await?;
    let Some(years) = rule.years else { return Err(Error::refused("", "Set first how long these are kept")) };
    sqlx::query!(
        "insert into destruction (agency_id, id, kind, closed_before, source, proposed_by, proposed_at)
         values ($1, $2, $3, ($4::date - make_interval(years => $5::int))::date, $6, $7, $8)",
        agency.0,
        id.0,
        kind as Kept,
        today,
        i32::from(years),
        format!("{years} years: {}", rule.source),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("destruction_waiting", "", "A proposal for these waits for the director already")?;
    let mut asked: Vec<PartnerId> = Vec::new();
    tx.as_keeper("ask bodies about words of theirs that are due", async |tx| {
        sqlx::query!("select ask_bodies($1, $2)", id.0, zone).execute(tx.conn()).await?;
        asked = sqlx::query_scalar!(
            r#"select partner_id as "id: PartnerId" from destruction_word where agency_id = $1 and destruction_id = $2"#,
            agency.0,
            id.0,
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    tell(tx, can, (id, kind), &asked).await?;
    audit::record(tx, Change::about("proposed to destroy", "retention").saying(kind.label().to_owned())).await?;
    Ok(id)
}

/// The directors who may decide hear of it, and the stewards of the bodies that are asked; nobody else hears which bodies these are.
async fn tell(tx: &mut AgencyTx, can: &Can<KeepRetention>, (id, kind): (DestructionId, Kept), asked: &[PartnerId]) -> Result<(), Error> {
    let path = paths::destruction(can.slug(), id);
    let said = format!(
        "It was proposed to destroy what is due under the retention schedule ({}). A director decides",
        kind.label().to_lowercase()
    );
    notices::tell_hats(tx, &[Hat::Director], None, &Notice { kind: "retention", said, path: path.clone() }).await?;
    let said =
        "Words that your people contributed are due under the retention schedule. They stay unless your body says otherwise".to_owned();
    let told = Notice { kind: "retention", said, path };
    for body in asked {
        notices::tell_stewards(tx, *body, &told).await?;
    }
    Ok(())
}

/// What was proposed, the newest first.
pub(in crate::retention) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Destruction>, Error> {
    select(tx, None, Some(paging)).await
}

/// One proposal.
pub(in crate::retention) async fn find(tx: &mut AgencyTx, id: DestructionId) -> Result<Destruction, Error> {
    select(tx, Some(id), None).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, id: Option<DestructionId>, paging: Option<Paging>) -> Result<Vec<Destruction>, Error> {
    let (agency, account, me) = (tx.agency(), tx.standing().account, tx.standing().membership);
    Ok(sqlx::query_as!(
        Destruction,
        r#"select d.id as "id: DestructionId", d.kind as "kind: Kept", d.closed_before, d.source, p.name as proposed_by, d.proposed_at,
                  d.decision as "decision: Decision", d.because, c.name as "decided_by?", d.decided_at,
                  p.account_id is distinct from $5 as "by_another!", d.proposed_by is not distinct from $6 as "by_me!",
                  coalesce(d.decided_by = d.proposed_by, false) as "taken_back!",
                  (select count(*) from destroyed g where g.agency_id = d.agency_id and g.destruction_id = d.id) as "gone!",
                  w.partner_id is not null as "asked!", w.word as "word: Word", d.version
           from destruction d
           join membership p on p.agency_id = d.agency_id and p.id = d.proposed_by
           left join membership c on c.agency_id = d.agency_id and c.id = d.decided_by
           left join destruction_word w on w.agency_id = d.agency_id and w.destruction_id = d.id
           where d.agency_id = $1 and ($2::uuid is null or d.id = $2)
           order by d.proposed_at desc, d.id desc limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        paging.map(|paging| paging.limit()),
        paging.map_or(0, |paging| paging.offset()),
        account.map(|id| id.0),
        me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Takes one's own proposal back, as long as nobody has decided: what was due is kept.
pub(in crate::retention) async fn take_back(tx: &mut AgencyTx, can: &Can<KeepRetention>, id: DestructionId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    in_turn(tx).await?;
    let found = find(tx, id).await?;
    if !found.by_me {
        return Err(Error::NotAllowed);
    }
    if found.decision.is_some() {
        return Err(Error::refused("", "This was decided already"));
    }
    sqlx::query!(
        "update destruction set decision = 'keep', decided_by = $3, decided_at = $4, version = version + 1
         where agency_id = $1 and id = $2 and decision is null",
        agency.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("took back the proposal to destroy", "retention").saying(found.kind.label().to_owned())).await
}

/// The records that went by a decision, of those that the reader may see a mark of.
pub(in crate::retention) async fn gone(tx: &mut AgencyTx, id: DestructionId) -> Result<Vec<(String, String)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select s.title, s.path from destroyed g join subject s on s.agency_id = g.agency_id and s.id = g.subject_id
         where g.agency_id = $1 and g.destruction_id = $2 order by s.created_at, s.id limit 200",
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.title, row.path)).collect())
}

/// Decides, as somebody other than the one who proposed. What may go goes now.
pub(in crate::retention) async fn decide(
    tx: &mut AgencyTx,
    can: &Can<DecideDestruction>,
    id: DestructionId,
    (decision, because): &(Decision, String),
) -> Result<(), Error> {
    consent::no_copied_words(tx, "because", because).await?;
    let (agency, now) = (tx.agency(), tx.now());
    in_turn(tx).await?;
    let found = find(tx, id).await?;
    if found.decision.is_some() {
        return Err(Error::refused("", "This was decided already"));
    }
    if !found.by_another {
        return Err(Error::refused("", "Somebody other than the one who proposed it decides"));
    }
    let decided = sqlx::query!(
        "update destruction set decision = $3, because = $4, decided_by = $5, decided_at = $6, version = version + 1
         where agency_id = $1 and id = $2 and version = $7 and decision is null",
        agency.0,
        id.0,
        *decision as Decision,
        because,
        can.me().0,
        now,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if decided.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    notices::done(tx, &paths::destruction(can.slug(), id)).await?;
    let action = if *decision == Decision::Destroy { "decided to destroy" } else { "decided to keep" };
    audit::record(tx, Change::about(action, "retention").field("because", because).saying(found.kind.label().to_owned())).await?;
    carry_out(tx, id).await
}

/// Gives a body's word, or refuses it; once. Where the director has decided, what waited for it goes now.
pub(in crate::retention) async fn say(tx: &mut AgencyTx, can: &Can<GiveBodysWord>, id: DestructionId, word: Word) -> Result<(), Error> {
    let (agency, now, body) = (tx.agency(), tx.now(), can.body().ok_or(Error::NotFound)?);
    in_turn(tx).await?;
    find(tx, id).await?;
    let said = sqlx::query!(
        "update destruction_word set word = $4, steward_id = $5, said_at = $6
         where agency_id = $1 and destruction_id = $2 and partner_id = $3 and word is null",
        agency.0,
        id.0,
        body.0,
        word as Word,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if said.rows_affected() == 0 {
        return Err(Error::refused("", "Your body’s word was given already"));
    }
    notices::done(tx, &paths::destruction(can.slug(), id)).await?;
    let action = if word == Word::Given { "let be destroyed" } else { "kept from being destroyed" };
    // That a body was asked, and what it said, is read by its own people alone.
    let change = Change::of(action, Kind::Partner, SubjectId(body.0)).for_readers(Readers::Of(Audience::Body));
    let change = Change { body: Some(body), ..change };
    audit::record(tx, change).await?;
    carry_out(tx, id).await
}

/// One after the other: a word and a decision that come at once would each miss the other, and so would a hold.
pub(super) async fn in_turn(tx: &mut AgencyTx) -> Result<(), Error> {
    sqlx::query!("select retention_turn()").execute(tx.conn()).await?;
    Ok(())
}

async fn carry_out(tx: &mut AgencyTx, id: DestructionId) -> Result<(), Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    let mut theirs: Vec<(MembershipId, String)> = Vec::new();
    tx.as_keeper("destroy what the schedule and two people let go", async |tx| {
        let rows = sqlx::query!(r#"select id as "id!", kind as "kind!: Kept" from may_go($1, $2) order by 1"#, id.0, zone)
            .fetch_all(tx.conn())
            .await?;
        let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id).collect();
        let authors = sqlx::query!(
            r#"select author_id as "author!: MembershipId", path from subject where agency_id = $1 and id = any($2) and author_id is not null"#,
            agency.0,
            &ids,
        )
        .fetch_all(tx.conn())
        .await?;
        theirs = authors.into_iter().map(|row| (row.author, row.path)).collect();
        for row in rows {
            destroy(tx, id, SubjectId(row.id), row.kind).await?;
        }
        Ok(())
    })
    .await?;
    // Whoever contributed it hears of it; nobody else learns whose it was.
    for (author, path) in theirs {
        let said = "Something that you contributed was destroyed under the agency’s retention schedule. A mark of it stays".to_owned();
        notices::tell(tx, &[author], &Notice { kind: "retention", said, path }).await?;
    }
    Ok(())
}

/// One record, by the keeper.
async fn destroy(tx: &mut AgencyTx, by: DestructionId, record: SubjectId, kept: Kept) -> Result<(), Error> {
    let now = tx.now();
    let kind = match kept {
        Kept::Statement => {
            consent::destroy(tx, record).await?;
            Kind::Statement
        }
        Kept::Loop => {
            loops::destroy(tx, record).await?;
            Kind::Loop
        }
        Kept::Session => Kind::Session,
        Kept::Outreach => Kind::Outreach,
        Kept::Commitment => Kind::Commitment,
    };
    if !matches!(kept, Kept::Statement | Kept::Loop) {
        consent::take_back(tx, record, None).await?;
    }
    for comment in comments_on(tx, record).await? {
        consent::recall_from_bodies(tx, record, Some(comment)).await?;
    }
    sqlx::query!("select destroy_around($1, $2, $3)", record.0, by.0, now).execute(tx.conn()).await?;
    audit::record(tx, Change::of("destroyed under the retention schedule", kind, record)).await
}

/// The comments whose words go with their record.
async fn comments_on(tx: &mut AgencyTx, record: SubjectId) -> Result<Vec<uuid::Uuid>, Error> {
    let agency = tx.agency();
    let all =
        sqlx::query_scalar!("select id from comment where agency_id = $1 and subject_id = $2 and words is not null", agency.0, record.0);
    Ok(all.fetch_all(tx.conn()).await?)
}
