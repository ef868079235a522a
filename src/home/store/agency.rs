//! For the agency's side: answers that are due and answers that were sent, relationships, the year.

use crate::{
    home::model::{Queue, Standing, Sums, Waiting, Year},
    loops::Answer,
    platform::{db::AgencyTx, error::Error, ids::MembershipId, words},
};
use chrono::{Duration, NaiveDate};

/// Questions that wait for the agency, the earliest due first. For a director the answers that wait for her review come before
/// them, and then what was handed to her; for staff those have been written and are no more their turn.
pub(in crate::home) async fn answers(tx: &mut AgencyTx, reviews: bool, today: NaiveDate, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select q.title, q.path, q.who as "who!", q.is_tribe as "is_tribe?", q.state, q.reopened as "reopened!", q.returned as "returned!", q.escalated as "escalated!", q.due as "due!", count(*) over () as "all!",
                  count(*) filter (where q.due < $4) over () as "late!",
                  count(*) filter (where q.state = 'review' or q.due <= $5) over () as "pressing!"
           from (select l.id, s.title, s.path, coalesce(p.name, case when m.lived_experience then 'community member' else m.name end, 'somebody without an account') as who,
                        p.is_tribe, l.state, l.reopened > 0 as reopened, l.state = 'acknowledged' and l.answer is not null as returned,
                        $2 and l.escalated_at is not null as escalated,
                        case when l.state = 'raised' then least(l.acknowledge_by, l.answer_by) else l.answer_by end as due
                 from loop l
                 join subject s on s.agency_id = l.agency_id and s.id = l.id
                 left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
                 left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
                 where l.agency_id = $1 and (l.state in ('raised', 'acknowledged') or ($2 and l.state = 'review'))) q
           order by q.state = 'review' desc, q.escalated desc, q.due, q.id
           limit $3"#,
        agency.0,
        reviews,
        most,
        today,
        today + Duration::days(7),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let who = if row.is_tribe == Some(true) { format!("{}, government to government", row.who) } else { row.who };
                let (what, state) = match row.state.as_str() {
                    "raised" if row.escalated => ("acknowledgement", "late for too long: handed to you"),
                    "raised" if row.reopened => ("acknowledgement", "reopened, no new answer yet"),
                    "raised" => ("acknowledgement", "no reply yet"),
                    "review" => ("answer", "your review"),
                    _ if row.escalated => ("answer", "late for too long: handed to you"),
                    _ if row.reopened && !row.returned => ("answer", "reopened, no new answer yet"),
                    _ if row.returned => ("answer", "returned, to be mended"),
                    _ => ("answer", ""),
                };
                let waiting = Waiting { title: row.title, path: row.path, who, due: Some(row.due), what, state: state.to_owned() };
                (waiting, Sums { all: row.all, late: row.late, pressing: row.pressing })
            })
            .collect(),
    ))
}

/// Answers that staff sent by themselves in the last seven days, the latest first.
pub(in crate::home) async fn sent(tx: &mut AgencyTx, most: i64) -> Result<Queue, Error> {
    let (agency, since) = (tx.agency(), tx.first_moment(tx.today() - Duration::days(7)));
    let rows = sqlx::query!(
        r#"select s.title, s.path, coalesce(p.name, case when m.lived_experience then 'community member' else m.name end, 'somebody without an account') as "who!",
                  a.name as by, l.answer as "answer!: Answer", l.answered_at as "at!", count(*) over () as "all!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           join membership a on a.agency_id = l.agency_id and a.id = l.answered_by and a.role = 'staff'
           left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
           where l.agency_id = $1 and l.state in ('answered', 'closed') and l.answered_at >= $2 and l.reviewed_by is null
           order by l.answered_at desc, l.id
           limit $3"#,
        agency.0,
        since,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let who = format!("{} answered {}, {}", row.by, row.who, words::day(tx.day(row.at)));
                (Waiting { title: row.title, path: row.path, who, state: row.answer.to_string(), ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// Relationships that this person keeps by their next date, the next steps of outreach that are theirs, and whom they are to meet
/// after a hand-over, the next day first; with what of it is with somebody for whom they stand in just now.
pub(in crate::home) async fn kept(tx: &mut AgencyTx, me: MembershipId, slug: &str, most: i64) -> Result<Queue, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let rows = sqlx::query!(
        r#"select k.id as "id!", k.name as "name!", k.next as "next!", k.step as "step!", k.between as "between!", k.first as "first!", w.name as "stead?", count(*) over () as "all!"
           from (select p.id, p.name, p.rhythm_next as next, '' as step, false as between, false as first, p.sort_name, p.keeper_id as whose from partner p
                 where p.agency_id = $1 and (p.keeper_id = $2 or p.keeper_id = any(array(select stood_in_for($4)))) and p.merged_into is null and p.rhythm_next is not null
                 union all
                 select o.id, p.name, o.next_on, o.next_step, o.between_governments, false, p.sort_name, o.went_id from outreach o
                 join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
                 where o.agency_id = $1 and (o.went_id = $2 or o.went_id = any(array(select stood_in_for($4)))) and o.done_at is null and o.next_step <> '' and o.next_on is not null
                 union all
                 select h.id, coalesce(p.name, y.name, o.name), h.first_contact_on, 'first contact: ' || h.leaver_name || ' leaves', false, true,
                        coalesce(p.sort_name, ''), $2
                 from handover h
                 left join partner p on p.agency_id = h.agency_id and p.id = h.partner_id
                 left join membership o on o.agency_id = h.agency_id and o.id = h.person_id
                 left join member_identity y on y.agency_id = h.agency_id and y.membership_id = h.person_id
                 where h.agency_id = $1 and h.first_contact_done_on is null and h.state <> 'kept_back'
                   and case h.side when 'agency' then h.successor_id = $2 else p.keeper_id = $2 end) k
           left join membership w on w.agency_id = $1 and w.id = k.whose and k.whose <> $2
           order by k.next, k.sort_name, k.id limit $3"#,
        agency.0,
        me.0,
        most,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let path = if row.first {
                    crate::partners::handover::paths::letter(slug, row.id)
                } else if row.step.is_empty() {
                    crate::partners::paths::partner(slug, row.id)
                } else {
                    crate::partners::outreach::paths::entry(slug, row.id)
                };
                let between = row.between.then(|| "between governments".to_owned());
                let state =
                    [between, row.stead.map(|name| format!("in the place of {name}"))].into_iter().flatten().collect::<Vec<_>>().join("; ");
                (Waiting { title: row.name, path, who: row.step, due: Some(row.next), state, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// Who came to the agency's side, or got another role on it, in the last thirty days, and who let them in; the latest first.
pub(in crate::home) async fn came(tx: &mut AgencyTx, slug: &str, most: i64) -> Result<Queue, Error> {
    let (agency, since) = (tx.agency(), tx.first_moment(tx.today() - Duration::days(30)));
    let rows = sqlx::query!(
        r#"select m.id, m.name, m.role, a.action = 'changed the role of' as "changed!", a.actor_name, i.name as "inviter?", a.at, count(*) over () as "all!"
           from audit a
           join membership m on m.agency_id = a.agency_id and m.id = a.member_id and m.role in ('director', 'staff', 'administrator')
           left join membership i on i.agency_id = m.agency_id and i.id = m.invited_by
           where a.agency_id = $1 and a.kind = 'member' and a.at >= $2 and a.action in ('accepted the invitation', 'changed the role of')
           order by a.at desc, a.id desc
           limit $3"#,
        agency.0,
        since,
        most,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let by = if row.changed { Some(row.actor_name) } else { row.inviter };
                let did = if row.changed { "changed" } else { "invited" };
                let by = by.map(|name| format!(", {did} by {name}")).unwrap_or_default();
                let who = format!("{}{by}, {}", row.role, words::day(tx.day(row.at)));
                let path = crate::members::paths::member(slug, row.id);
                (Waiting { title: row.name, path, who, ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}

/// The year in numbers, as far as the reader may see.
pub(in crate::home) async fn year(tx: &mut AgencyTx, today: NaiveDate) -> Result<Year, Error> {
    let agency = tx.agency();
    let since = today - chrono::Duration::days(365);
    let row = sqlx::query!(
        r#"select
             (select count(*) from listening_session where agency_id = $1 and held_at >= $4) as "sessions!",
             (select count(*) from outreach where agency_id = $1 and between_governments and held_on >= $2) as "governments!",
             (select count(*) from commitment where agency_id = $1 and side = 'agency' and due_on between $2 and $3 and state <> 'released') as "promised!",
             (select count(*) from commitment where agency_id = $1 and side = 'agency' and due_on between $2 and $3 and state = 'confirmed') as "kept!",
             p.own_kept as "own_kept!", p.own_late as "own_late!", p.own_delegated as "own_delegated!",
             p.kept_at as "all_kept!", p.late as "all_late!", p.delegated as "all_delegated!",
             (select count(*) from loop where agency_id = $1 and state = 'closed' and closed_at >= $4) as "closed!",
             (select count(*) from loop where agency_id = $1 and state = 'answered') as "no_word_yet!",
             (select scale from agency where id = $1) as "scale!"
           from (select count(*) filter (where q.kept) as kept_at, count(*) filter (where q.late) as late, count(*) filter (where q.delegated) as delegated,
                        count(*) filter (where q.kept and q.own) as own_kept, count(*) filter (where q.late and q.own) as own_late,
                        count(*) filter (where q.delegated and q.own) as own_delegated
                 from (select coalesce(c.promised_by = $5, false) as own, c.state = 'confirmed' and c.confirmed_at >= $4 as kept,
                              c.state in ('open', 'returned') and c.due_on < $3 as late,
                              c.state in ('open', 'returned', 'reported') and c.delegate_id is not null as delegated
                       from commitment c
                       where c.agency_id = $1 and c.side = 'agency' and c.state not in ('told', 'released')) q) p"#,
        agency.0,
        since,
        today,
        tx.first_moment(since),
        tx.standing().membership.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?;
    let (promised, kept, governments) = (row.promised, row.kept, row.governments);
    let own = Standing { kept: row.own_kept, late: row.own_late, delegated: row.own_delegated };
    let ours = Standing { kept: row.all_kept, late: row.all_late, delegated: row.all_delegated };
    Ok(Year {
        sessions: row.sessions,
        governments,
        kept,
        promised,
        own,
        ours,
        closed: row.closed,
        no_word_yet: row.no_word_yet,
        scale: row.scale,
    })
}
