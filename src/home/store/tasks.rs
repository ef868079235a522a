//! What waits for anybody of the agency: records that lost a source, copies to call back, hand-overs after somebody left, check-ins
//! that are late; and what one person has begun and neither opened nor sent.

use crate::{
    consent,
    home::model::{Queue, Sums, Waiting},
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

/// What waits for the desk, the oldest first; and what this person has begun, the latest first: drafts of records, which the
/// agency reads, and forms that were stopped, which nobody else does. Of each so many, after those `before`.
pub(in crate::home) async fn tasks(tx: &mut AgencyTx, asks: Asks<'_>, before: i64, most: i64) -> Result<(Queue, Queue), Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select q.sort as "sort!", q.id as "id!", q.title as "title!", q.path as "path!", q.who as "who!", q.since as "since!", q.own as "own!", q.sum as "sum!"
           from (
               select t.*, count(*) over (partition by t.own) as sum,
                      row_number() over (partition by t.own order by extract(epoch from t.since) * case when t.own then -1 else 1 end, t.id, t.path) as place
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
            "recall" => (consent::paths::recall(asks.slug, row.id), format!("a copy to call back, {since}"), "call back"),
            "handover" => (representatives::paths::representatives(asks.slug, row.id), format!("{} left on {since}", row.who), "hand over"),
            "checkin" => (row.path, format!("those who spoke were to be asked how they are by {since}"), "check in"),
            _ => (row.path, format!("{}, {since}", row.who), "read again"),
        };
        desk.push((Waiting { title: row.title, path, who, state: state.to_owned(), ..Waiting::default() }, sums));
    }
    Ok((Queue::of(desk), Queue::of(begun)))
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
