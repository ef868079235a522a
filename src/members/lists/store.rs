//! Lists of people in and out. Row security shows them to administrators alone, and lets each row make only what the person who
//! brings the list in could make by hand (0201_who_makes_whom.sql).

use super::{
    super::store::INVITATION_DAYS,
    model::{Asked, Body, Judged, KEPT_DAYS, Known, Outcome, PeopleList, PeopleListId, ReportRow, State},
    reading::judge,
};
use crate::{
    accounts,
    audit::{self, Change},
    mail::{self, Language},
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::InviteMany,
        session::Token,
    },
};
use chrono::Duration;
use sqlx::types::Json;
use std::collections::{BTreeMap, BTreeSet};

/// Who is here and which bodies there are, as far as the asker may know.
pub(super) async fn known(tx: &mut AgencyTx) -> Result<Known, Error> {
    let agency = tx.agency();
    let row = sqlx::query_scalar!(
        r#"select json_build_object(
               'people', (select coalesce(json_agg(json_build_object('name', m.name, 'role', coalesce(p.name, m.role), 'body', m.partner_id, 'emails',
                              (select coalesce(json_agg(i.email), '[]') from invitation i where i.agency_id = m.agency_id and i.membership_id = m.id))), '[]')
                          from membership m left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
                          where m.agency_id = $1 and m.state <> 'ended' and not m.lived_experience),
               'bodies', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'has_steward', exists (
                              select 1 from membership m join partner e on e.agency_id = m.agency_id and e.id = m.partner_id
                              where m.agency_id = p.agency_id and coalesce(e.merged_into, e.id) = p.id and m.steward
                                and m.state in ('accepted', 'active', 'suspended')))), '[]')
                          from partner p where p.agency_id = $1 and p.merged_into is null),
               'own', (select email from account where id = current_account())) as "known!: Json<Known>""#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(row.0)
}

/// Keeps a list that was read and compared; of the file itself nothing else.
pub(super) async fn add(
    tx: &mut AgencyTx,
    can: &Can<InviteMany>,
    file_name: &str,
    notes: &[String],
    rows: &[Judged],
) -> Result<PeopleListId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), PeopleListId::fresh());
    sqlx::query!(
        "insert into people_list (agency_id, id, file_name, notes, state, row_count, made_by, created_at) values ($1, $2, $3, $4, 'checked', $5, $6, $7)",
        agency.0,
        id.0,
        file_name,
        serde_json::to_value(notes).map_err(Error::internal)?,
        i32::try_from(rows.len()).unwrap_or(i32::MAX),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    put(tx, id, rows).await?;
    audit::record(tx, Change::about("sent in", "list of people").rows(i64::try_from(rows.len()).unwrap_or(i64::MAX))).await?;
    Ok(id)
}

fn spoken(language: Option<Language>) -> Option<String> {
    language.map(|one| one.code().to_owned())
}

/// Puts these rows in place of those there were.
async fn put(tx: &mut AgencyTx, list: PeopleListId, rows: &[Judged]) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from people_row where agency_id = $1 and list_id = $2", agency.0, list.0).execute(tx.conn()).await?;
    let texts = |of: fn(&Judged) -> &str| rows.iter().map(|row| of(row).to_owned()).collect::<Vec<_>>();
    sqlx::query!(
        "insert into people_row (agency_id, list_id, number, name, email, role, partner_id, outcome, reason, language)
         select $1, $2, r.number, r.name, r.email, r.role, r.partner_id, r.outcome, r.reason, r.language
         from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[])
             as r(number, name, email, role, partner_id, outcome, reason, language)",
        agency.0,
        list.0,
        &rows.iter().map(|row| row.number).collect::<Vec<_>>(),
        &texts(|row| &row.name),
        &texts(|row| &row.email),
        &texts(|row| &row.role),
        &rows.iter().map(|row| row.body.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
        &texts(|row| crate::platform::labels::Label::as_str(row.outcome)),
        &texts(|row| &row.reason),
        &rows.iter().map(|row| spoken(row.language)).collect::<Vec<_>>() as &[Option<String>],
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The lists, the newest first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<PeopleList>, Error> {
    select(tx, None, Some(paging)).await
}

/// One list.
pub(super) async fn find(tx: &mut AgencyTx, id: PeopleListId) -> Result<PeopleList, Error> {
    select(tx, Some(id), None).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, id: Option<PeopleListId>, paging: Option<Paging>) -> Result<Vec<PeopleList>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select l.id as "id: PeopleListId", l.file_name, l.notes as "notes: Json<Vec<String>>", l.state as "state: State", l.row_count,
                  m.name as maker, l.created_at, l.done_at, l.forgotten_at, l.counts as "counts: Json<BTreeMap<String, i64>>", l.version
           from people_list l join membership m on m.agency_id = l.agency_id and m.id = l.made_by
           where l.agency_id = $1 and ($2::uuid is null or l.id = $2)
           order by l.created_at desc, l.id desc limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        paging.map(|paging| paging.limit()),
        paging.map_or(0, |paging| paging.offset()),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PeopleList {
            id: row.id,
            file_name: row.file_name,
            notes: row.notes.0,
            state: row.state,
            row_count: row.row_count,
            maker: row.maker,
            created_at: row.created_at,
            done_at: row.done_at,
            forgotten_at: row.forgotten_at,
            counts: row.counts.0,
            version: row.version,
        })
        .collect())
}

/// How many rows have which outcome, and a page of those with one outcome or of all, in the order of the file.
pub(super) async fn page(
    tx: &mut AgencyTx,
    list: PeopleListId,
    outcome: Option<Outcome>,
    paging: Paging,
) -> Result<(Vec<(Outcome, i64)>, Vec<ReportRow>), Error> {
    let agency = tx.agency();
    let counts = sqlx::query!(
        r#"select outcome as "outcome: Outcome", count(*) as "count!" from people_row where agency_id = $1 and list_id = $2 group by 1 order by 1"#,
        agency.0,
        list.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut rows = sqlx::query_as!(
        ReportRow,
        r#"select r.number, r.name, r.email, r.role, p.name as "body_name?", r.language, r.outcome as "outcome: Outcome", r.reason,
                  r.membership_id as "member: MembershipId"
           from people_row r left join partner p on p.agency_id = r.agency_id and p.id = r.partner_id
           where r.agency_id = $1 and r.list_id = $2 and ($3::text is null or r.outcome = $3)
           order by r.number limit $4 offset $5"#,
        agency.0,
        list.0,
        outcome as Option<Outcome>,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    for row in &mut rows {
        row.language = row.language.as_deref().and_then(Language::parse).and_then(|one| one.say("language", &[]).ok());
    }
    Ok((counts.into_iter().map(|row| (row.outcome, row.count)).collect(), rows))
}

/// The rows as they were asked for.
async fn rows(tx: &mut AgencyTx, list: PeopleListId) -> Result<Vec<Asked>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select number, name, email, role, partner_id as "body: PartnerId", language from people_row
           where agency_id = $1 and list_id = $2 and outcome in ('invite', 'propose') order by number"#,
        agency.0,
        list.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let asked = |body: Option<PartnerId>| body.map_or(Body::None, Body::Known);
    Ok(rows
        .into_iter()
        .map(|row| Asked {
            number: row.number,
            name: row.name,
            email: row.email,
            role: row.role,
            body: asked(row.body),
            language: row.language.unwrap_or_default(),
            fault: String::new(),
        })
        .collect())
}

/// Somebody who comes of the list.
struct New {
    id: MembershipId,
    row: Judged,
    link: Token,
}

/// Invites and proposes everybody of the list who is still not here: who came in the meantime stays as they are.
pub(super) async fn bring_in(tx: &mut AgencyTx, can: &Can<InviteMany>, id: PeopleListId) -> Result<(), Error> {
    end(tx, can, id, State::Done).await?;
    let (asked, known) = (rows(tx, id).await?, known(tx).await?);
    let judged = judge(&asked, &known);
    let (new, late): (Vec<Judged>, Vec<Judged>) =
        judged.into_iter().partition(|row| matches!(row.outcome, Outcome::Invite | Outcome::Propose));
    let new: Vec<New> = new.into_iter().map(|row| New { id: MembershipId::fresh(), row, link: Token::fresh() }).collect();
    insert(tx, can, &new).await?;
    invite(tx, can, &new).await?;
    settle(tx, id, &new, &late).await?;
    let changes: Vec<Change<'_>> = new.iter().map(change).collect();
    audit::record_each(tx, &changes).await?;
    tell(tx, can, &new).await?;
    audit::record(tx, Change::about("brought in", "list of people").rows(i64::try_from(new.len()).unwrap_or(i64::MAX))).await
}

fn change(new: &New) -> Change<'static> {
    let action = if new.row.body.is_some() { "proposed" } else { "invited" };
    Change::of_member(action, new.id, new.row.body.map(|body| SubjectId(body.0)))
}

/// Each body's stewards hear at once that people are proposed to them.
async fn tell(tx: &mut AgencyTx, can: &Can<InviteMany>, new: &[New]) -> Result<(), Error> {
    let by = can.member().map_or_else(String::new, |member| member.name.clone());
    let said = format!("{by} proposes people of your body from a list. You admit them, or decline");
    let told = Notice { kind: "membership", said, path: crate::members::paths::changes(can.slug()) };
    let bodies: BTreeSet<PartnerId> = new.iter().filter_map(|one| one.row.body).collect();
    for body in bodies {
        notices::tell_stewards(tx, body, &told).await?;
    }
    Ok(())
}

async fn insert(tx: &mut AgencyTx, can: &Can<InviteMany>, new: &[New]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into membership (agency_id, id, name, role, partner_id, state, invited_by, created_at)
         select $1, n.id, n.name, n.role, n.partner_id, case when n.partner_id is null then 'invited' else 'proposed' end, $2, $3
         from unnest($4::uuid[], $5::text[], $6::text[], $7::uuid[]) as n(id, name, role, partner_id)",
        agency.0,
        can.me().0,
        now,
        &new.iter().map(|one| one.id.0).collect::<Vec<_>>(),
        &new.iter().map(|one| one.row.name.clone()).collect::<Vec<_>>(),
        &new.iter().map(|one| one.row.role.clone()).collect::<Vec<_>>(),
        &new.iter().map(|one| one.row.body.map(|id| id.0)).collect::<Vec<_>>() as &[Option<uuid::Uuid>],
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An invitation for each of the agency's own side, and a letter where letters leave; else a link is made on each person's page.
async fn invite(tx: &mut AgencyTx, can: &Can<InviteMany>, new: &[New]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ours: Vec<&New> = new.iter().filter(|one| one.row.body.is_none()).collect();
    let ids: Vec<uuid::Uuid> = ours.iter().map(|_| crate::platform::ids::fresh()).collect();
    sqlx::query!(
        "insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at, language)
         select $1, n.id, n.membership_id, n.token_hash, n.email, $2, $3, $4, n.language
         from unnest($5::uuid[], $6::uuid[], $7::bytea[], $8::text[], $9::text[]) as n(id, membership_id, token_hash, email, language)",
        agency.0,
        can.me().0,
        now,
        now + Duration::days(INVITATION_DAYS),
        &ids,
        &ours.iter().map(|one| one.id.0).collect::<Vec<_>>(),
        &ours.iter().map(|one| one.link.hash()).collect::<Vec<_>>(),
        &ours.iter().map(|one| one.row.email.clone()).collect::<Vec<_>>(),
        &ours.iter().map(|one| spoken(one.row.language)).collect::<Vec<_>>() as &[Option<String>],
    )
    .execute(tx.conn())
    .await?;
    if can.here().sends_letters() { mail::enqueue_all(tx, accounts::INVITATION, &ids).await } else { Ok(()) }
}

/// Notes who came of which row; of rows of which nothing comes, why. Addresses are forgotten: an invitation has its own.
async fn settle(tx: &mut AgencyTx, list: PeopleListId, new: &[New], late: &[Judged]) -> Result<(), Error> {
    let agency = tx.agency();
    let numbers = new.iter().map(|one| one.row.number).chain(late.iter().map(|row| row.number)).collect::<Vec<_>>();
    let members = new.iter().map(|one| Some(one.id.0)).chain(late.iter().map(|_| None)).collect::<Vec<_>>();
    let outcomes = new.iter().map(|one| one.row.outcome).chain(late.iter().map(|row| row.outcome));
    let reasons = new.iter().map(|_| String::new()).chain(late.iter().map(|row| row.reason.clone())).collect::<Vec<_>>();
    sqlx::query!(
        "update people_row r set membership_id = n.membership_id, outcome = n.outcome, reason = n.reason
         from unnest($3::int[], $4::uuid[], $5::text[], $6::text[]) as n(number, membership_id, outcome, reason)
         where r.agency_id = $1 and r.list_id = $2 and r.number = n.number",
        agency.0,
        list.0,
        &numbers,
        &members as &[Option<uuid::Uuid>],
        &outcomes.map(|outcome| crate::platform::labels::Label::as_str(outcome).to_owned()).collect::<Vec<_>>(),
        &reasons,
    )
    .execute(tx.conn())
    .await?;
    // A cell that was shown as refused may be an address too.
    sqlx::query!(
        "update people_row set email = '', reason = split_part(reason, '. The cell says “', 1) where agency_id = $1 and list_id = $2",
        agency.0,
        list.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Drops a list: its rows go, a line that there was one stays.
pub(super) async fn drop_list(tx: &mut AgencyTx, can: &Can<InviteMany>, id: PeopleListId) -> Result<(), Error> {
    let agency = tx.agency();
    end(tx, can, id, State::Dropped).await?;
    sqlx::query!("delete from people_row where agency_id = $1 and list_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!("update people_list set notes = '[]' where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    audit::record(tx, Change::about("dropped", "list of people")).await
}

/// Forgets the rows of every list whose time is over; how many had which outcome stays. One that was left is dropped. As keeper.
pub(super) async fn forget(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let forgotten = sqlx::query!(
        "with old as (
             select id from people_list
             where agency_id = $1 and forgotten_at is null and state <> 'dropped' and coalesce(done_at, created_at) <= $2),
         gone as (
             delete from people_row r using old where r.agency_id = $1 and r.list_id = old.id returning r.list_id, r.outcome),
         counted as (
             select list_id, jsonb_object_agg(outcome, number) as counts
             from (select list_id, outcome, count(*) as number from gone group by list_id, outcome) each_one group by list_id)
         update people_list l set counts = coalesce(c.counts, '{}'), file_name = 'A list', notes = '[]', forgotten_at = $3,
             state = case when l.state = 'checked' then 'dropped' else l.state end, done_at = coalesce(l.done_at, $3), version = l.version + 1
         from old left join counted c on c.list_id = old.id
         where l.agency_id = $1 and l.id = old.id",
        agency.0,
        now - Duration::days(KEPT_DAYS),
        now,
    )
    .execute(tx.conn())
    .await?;
    match i64::try_from(forgotten.rows_affected()).unwrap_or(i64::MAX) {
        0 => Ok(()),
        lists => audit::record(tx, Change::about("forgot the people of", "list of people").rows(lists)).await,
    }
}

/// The list is over; two who press at once are one.
async fn end(tx: &mut AgencyTx, can: &Can<InviteMany>, id: PeopleListId, state: State) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ended = sqlx::query!(
        "update people_list set state = $3, done_at = $4, version = version + 1
         where agency_id = $1 and id = $2 and state = 'checked' and ($3 = 'dropped' or version = $5)",
        agency.0,
        id.0,
        state as State,
        now,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if ended.rows_affected() == 1 {
        return Ok(());
    }
    Err(match find(tx, id).await?.state {
        State::Checked => Error::Refused(Problems::stale()),
        State::Done => Error::refused("", "This list is already brought in"),
        State::Dropped => Error::refused("", "This list was dropped. Send it in again to use it"),
    })
}
