//! What waits for anybody of the agency: records that lost a source, copies to call back, hand-overs after somebody left, check-ins
//! that are late, people to tell that something waits for them; what waits for one person by name; and what they have begun and neither
//! opened nor sent.

use crate::{
    consent,
    home::model::{Queue, Sums, Waiting},
    members,
    partners::representatives,
    platform::{
        db::AgencyTx,
        drafts,
        error::Error,
        ids::MembershipId,
        labels::Label as _,
        subject::Kind,
        words::{beginning, day},
    },
    retention,
};
use chrono::NaiveDate;

/// Whose first page asks.
#[derive(Debug, Clone, Copy)]
pub(in crate::home) struct Asks<'a> {
    pub(in crate::home) slug: &'a str,
    pub(in crate::home) me: MembershipId,
    pub(in crate::home) today: NaiveDate,
    /// What waits for anybody of the agency is theirs to see to.
    pub(in crate::home) desk: bool,
    /// Check-ins that became late in the last 90 days among it: whoever runs sessions finds them with the sessions.
    pub(in crate::home) checkins: bool,
}

/// What waits for the desk, people to tell and what waits for one by name before records, the oldest first; and what this person has begun, the latest first: drafts of
/// records, which the agency reads, and forms that were stopped, which nobody else does. Of each so many, after those `before`.
pub(in crate::home) async fn tasks(tx: &mut AgencyTx, asks: Asks<'_>, before: i64, most: i64) -> Result<(Queue, Queue), Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select q.sort as "sort!", q.id as "id!", q.title as "title!", q.path as "path!", q.who as "who!", q.since as "since!", q.own as "own!", q.sum as "sum!"
           from (
               select t.*, count(*) over (partition by t.own) as sum,
                      row_number() over (partition by t.own order by t.sort not in ('tell', 'act', 'hold', 'hold_end', 'destroy'), extract(epoch from t.since) * case when t.own then -1 else 1 end, t.id, t.path) as place
               from (
                   (select distinct on (r.subject_id) 'reread' as sort, r.subject_id as id, s.title, s.path, r.reason as who, r.created_at as since, false as own
                    from rereading r join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
                    where r.agency_id = $1 and r.done_at is null and $5)
                   union all
                   select 'recall', c.id, c.what, '', c.taken_by_name, c.created_at, false
                   from recall c where c.agency_id = $1 and c.state in ('open', 'notice_sent') and $5
                   union all
                   select 'handover', p.id, p.name, '', r.name, r.ends_on::timestamp at time zone $7, false
                   from representative r join partner p on p.agency_id = r.agency_id and p.id = r.partner_id and p.merged_into is null
                   where r.agency_id = $1 and r.ends_on < $2 and r.handover_done_at is null and $5
                   union all
                   select 'checkin', l.id, l.title, s.path, '', asked.day::timestamp at time zone $7, false
                   from listening_session l join subject s on s.agency_id = l.agency_id and s.id = l.id
                   cross join lateral (select coalesce(l.checkin_on, (l.starts_at at time zone $7)::date + 7) as day) asked
                   where l.agency_id = $1 and l.state in ('held', 'with_speakers', 'confirmed', 'closed') and l.checkin_done_at is null
                     and asked.day between $2 - 90 and $2 and $6
                   union all
                   select 'tell', w.membership_id, i.name, '', '', min(w.made_at), false
                   from told_by_hand w
                   join membership m on m.agency_id = w.agency_id and m.id = w.membership_id and m.state in ('active', 'suspended')
                   join member_identity i on i.agency_id = w.agency_id and i.membership_id = w.membership_id
                   where w.agency_id = $1 and w.read_at is null and w.handed_at is null and w.membership_id <> $4 and $5
                   group by w.membership_id, i.name
                   union all
                   select 'act', a.id, p.name, '', m.name, a.created_at, false
                   from steward_act a
                   join membership m on m.agency_id = a.agency_id and m.id = a.membership_id and m.state = 'proposed'
                   join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
                   where a.agency_id = $1 and a.received_by = $4 and a.confirmed_at is null
                   union all
                   select case when h.end_by is null then 'hold' else 'hold_end' end, h.id, '', '', m.name, coalesce(h.end_at, h.set_at), false
                   from legal_hold h
                   join membership m on m.agency_id = h.agency_id and m.id = coalesce(h.end_by, h.set_by)
                   where h.agency_id = $1 and current_hat() = 'director' and h.lifted_at is null
                     and case when h.end_by is null then h.confirmed_by is null and is_another(h.set_by)
                              else is_another(h.end_by) and still_answers(h.end_by) end
                   union all
                   select 'destroy', d.id, d.kind, '', m.name, d.proposed_at, false
                   from destruction d
                   join membership m on m.agency_id = d.agency_id and m.id = d.proposed_by
                   where d.agency_id = $1 and current_hat() = 'director' and d.decision is null and is_another(d.proposed_by)
                   union all
                   select s.kind, s.id, s.title, s.path, '', s.created_at, true
                   from subject s
                   join (select id from goal where agency_id = $1 and created_by = $4 and state not in ('met', 'set_aside')
                         union all select id from plan where agency_id = $1 and created_by = $4 and state = 'in_work'
                         union all select id from barrier where agency_id = $1 and created_by = $4 and state in ('open', 'in_work')) mine on mine.id = s.id
                   where s.agency_id = $1 and s.audience = 'agency' and s.withdrawn_at is null
                   union all
                   select 'form', d.membership_id, coalesce(s.title, ''), d.page,
                          coalesce((select f ->> 1 from jsonb_array_elements(d.fields) f
                                    where split_part(d.page, '?', 1) like '%/new' and f ->> 0 in ('name', 'text', 'title', 'words') and f ->> 1 <> '' limit 1), ''),
                          d.saved_at, true
                   from draft d
                   left join subject s on s.agency_id = d.agency_id and s.id = substring(split_part(d.page, '?', 1) from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')::uuid
                   where d.agency_id = $1 and d.membership_id = $4 and (s.id is not null or split_part(d.page, '?', 1) like '%/new')) t) q
           where q.place > $8 and q.place <= $8 + $3
           order by q.own, q.place"#,
        agency.0,
        asks.today,
        most,
        asks.me.0,
        asks.desk,
        asks.checkins,
        tx.zone(),
        before,
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut desk, mut begun) = (Vec::new(), Vec::new());
    for row in rows {
        let since = day(tx.day(row.since));
        let sums = Sums::all(row.sum);
        if row.own {
            let waiting = own(&row.sort, row.title, row.path, &row.who, &since);
            begun.push((waiting, sums));
            continue;
        }
        let (path, who, state) = match row.sort.as_str() {
            "act" | "hold" | "hold_end" | "destroy" => {
                desk.push((by_name(asks.slug, &row.sort, (row.id, row.title.as_str(), row.who.as_str()), &since), sums));
                continue;
            }
            // Of one export several people may have taken copies.
            "recall" if row.who.is_empty() => {
                (consent::paths::recall(asks.slug, row.id), format!("a copy to call back, {since}"), "call back")
            }
            "recall" => {
                let who = format!("a copy to call back from {}, {since}", row.who);
                (consent::paths::recall(asks.slug, row.id), who, "call back")
            }
            "handover" => (representatives::paths::representatives(asks.slug, row.id), format!("{} left on {since}", row.who), "hand over"),
            "tell" => {
                let who = format!("something waits for them since {since}, and no letter goes to them");
                (members::paths::member(asks.slug, row.id), who, "tell them")
            }
            "checkin" => (row.path, format!("those who spoke were to be asked how they are by {since}"), "check in"),
            _ => (row.path, format!("{}, {since}", row.who), "read again"),
        };
        desk.push((Waiting { title: row.title, path, who, state: state.to_owned(), ..Waiting::default() }, sums));
    }
    Ok((Queue::of(desk), Queue::of(begun)))
}

/// What waits for this person alone, or for a director: an act to confirm, a hold, a proposal to destroy.
fn by_name(slug: &str, sort: &str, (id, title, name): (uuid::Uuid, &str, &str), since: &str) -> Waiting {
    let (title, path, who, state) = match sort {
        "act" => {
            let who = format!("its act names {name}; you received it, {since}");
            (format!("First steward of {title}"), members::paths::first_stewards(slug), who, "still to confirm")
        }
        "hold" => (retention::hold_called(id), retention::paths::hold(slug, id), format!("set by {name}, {since}"), "to be confirmed"),
        "hold_end" => {
            let who = format!("{name} proposes that it ends, {since}");
            (retention::hold_called(id), retention::paths::hold(slug, id), who, "to be decided")
        }
        _ => {
            let who = format!("proposed by {name}, {since}");
            (retention::destruction_called(title), retention::paths::destruction(slug, id), who, "to be decided")
        }
    };
    Waiting { title, path, who, state: state.to_owned(), ..Waiting::default() }
}

/// Something begun: a record that is still a draft, or a form that was stopped, by what it is and what is typed in it so far.
fn own(sort: &str, title: String, path: String, typed: &str, since: &str) -> Waiting {
    let (title, who, state) = if sort == "form" {
        let called = drafts::called(&path).unwrap_or("Something begun");
        let named = if title.is_empty() { beginning(typed, 90) } else { title };
        let who = if named.is_empty() { format!("saved {since}") } else { format!("{called}, saved {since}") };
        (if named.is_empty() { called.to_owned() } else { named }, format!("{who}; only you can see it"), "not sent yet")
    } else {
        let kind = Kind::parse(sort).map_or("record", Kind::label);
        (title, format!("{kind}, begun {since}; the agency’s staff can read it"), "draft")
    };
    Waiting { title, path, who, state: state.to_owned(), ..Waiting::default() }
}
