//! What waits for anybody of the agency: records that lost a source, copies to call back, hand-overs after somebody left, check-ins
//! that are late, speakers to be asked again and those whose time for their word is over, people to tell that something waits for them; what waits for one person by name; and what they have begun and neither
//! opened nor sent.

use crate::{
    consent,
    home::model::{Queue, Sums, Waiting},
    listening::{sessions, statements},
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
    let (agency, now) = (tx.agency(), tx.now());
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
                   select 'recall', c.id, c.what || case when c.alike > 1 then ', ' || c.nth || ' of ' || c.alike else '' end, '', c.taken_by_name, c.created_at, false
                   from (select r.*, row_number() over (partition by coalesce(r.export_id, r.copy_id, r.id), r.taken_by, r.what order by r.created_at, r.id) as nth,
                                count(*) over (partition by coalesce(r.export_id, r.copy_id, r.id), r.taken_by, r.what) as alike
                         from recall r where r.agency_id = $1 and $5) c
                   where c.state in ('open', 'notice_sent')
                   union all
                   select 'renewal', r.id, k.label, '', l.title, r.asked_at, false
                   from consent_renewal r
                   join speaker k on k.agency_id = r.agency_id and k.id = r.speaker_id
                   join listening_session l on l.agency_id = r.agency_id and l.id = r.session_id
                   where r.agency_id = $1 and r.way = 'hand' and r.answer is null and r.runs_out_at > $9
                     and exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = r.session_id and d.membership_id = $4)
                   union all
                   select 'words_over', l.id, l.title, '', '', over.day::timestamp at time zone $7, false
                   from listening_session l
                   cross join lateral (select max(k.asked_until) as day from speaker k where k.agency_id = $1 and k.session_id = l.id) over
                   where l.agency_id = $1 and l.state = 'with_speakers' and over.day < $2
                     and exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = l.id and d.membership_id = $4)
                   union all
                   select 'handover', p.id, p.name, '', r.name, r.ends_on::timestamp at time zone $7, false
                   from representative r join partner p on p.agency_id = r.agency_id and p.id = r.partner_id and p.merged_into is null
                   where r.agency_id = $1 and r.ends_on < $2 and r.handover_done_at is null and $5
                     and not exists (select 1 from handover h where h.agency_id = r.agency_id and h.representative_id = r.id)
                   union all
                   select 'checkin', l.id, l.title, s.path, '', asked.day::timestamp at time zone $7, false
                   from listening_session l join subject s on s.agency_id = l.agency_id and s.id = l.id
                   cross join lateral (select coalesce(l.checkin_on, (l.starts_at at time zone $7)::date + 7) as day) asked
                   where l.agency_id = $1 and l.state in ('held', 'with_speakers', 'confirmed', 'closed') and l.checkin_done_at is null
                     and asked.day between $2 - 90 and $2 and $6
                   union all
                   select case when m.state = 'planned' and t.day >= $2 then 'agenda' else 'minutes' end, m.id, m.title, s.path,
                          case when m.state = 'returned' then 'the minutes came back' when m.state = 'held' then 'the minutes are not sent yet'
                               when t.day < $2 then 'was it held?' when g.open_law then 'the agenda is to be published in time'
                               else 'what is to be talked about' end, m.starts_at, false
                   from meeting m join subject s on s.agency_id = m.agency_id and s.id = m.id
                   left join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id
                   cross join lateral (select (m.starts_at at time zone $7)::date as day) t
                   where m.agency_id = $1 and $5 and (m.state in ('held', 'returned') or (m.state = 'planned' and m.agenda_published_at is null
                       and t.day <= $2 + 7 + case when g.open_law then g.agenda_days::integer else 0 end))
                   union all
                   select 'up', u.id, u.what, s.path || '/sent-up/' || u.id, g.name, u.created_at, false
                   from sent_up u
                   join subject s on s.agency_id = u.agency_id and s.id = u.meeting_id
                   join joint_group g on g.agency_id = u.agency_id and g.id = u.to_group_id
                   where u.agency_id = $1 and u.back_at is null and $5
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
                   select 'trust', r.id, coalesce(s.title, 'This quarter'), '/' || a.slug || '/trust/rounds/' || r.id || '/answer', '',
                          r.opened_on::timestamp at time zone $7, false
                   from trust_round r join agency a on a.id = r.agency_id
                   join trust_asked t on t.agency_id = r.agency_id and t.round_id = r.id and t.membership_id = $4 and not t.answered
                   left join subject s on s.agency_id = r.agency_id and s.id = r.session_id
                   where r.agency_id = $1 and r.state = 'open' and r.closes_on > $2 and $5
                   union all
                   select 'part', o.id, s.title, s.path || '/part', '', o.created_at, false
                   from obstacle o join subject s on s.agency_id = o.agency_id and s.id = o.id
                   where o.agency_id = $1 and o.state in ('open', 'easing') and o.side = 'partner' and o.agency_can || o.agency_cannot = '' and $5
                   union all
                   select 'obstacle', o.id, s.title, s.path, case when o.review_on <= $2 then 'to be looked at together' else o.next_step end,
                          (case when o.review_on <= $2 then o.review_on else o.next_on end)::timestamp at time zone $7, false
                   from obstacle o join subject s on s.agency_id = o.agency_id and s.id = o.id
                   where o.agency_id = $1 and o.state in ('open', 'easing') and $5
                     and (o.review_on <= $2 or o.next_on <= $2 and o.owner_partner_id is null and coalesce(o.owner_id, $4) = $4)
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
        now,
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
        let title = if row.sort == "up" { beginning(&row.title, 90) } else { row.title.clone() };
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
            "renewal" => {
                let who = format!("spoke in “{}”; what they allowed runs out", row.who);
                (statements::paths::renewal(asks.slug, row.id), who, "ask again")
            }
            "words_over" => {
                let who = format!("the time for the speakers’ word was over on {since}; what nobody confirmed stays unread");
                (sessions::paths::confirmation(asks.slug, row.id), who, "bring to its end")
            }
            "tell" => {
                let who = format!("something waits for them since {since}, and no letter goes to them");
                (members::paths::member(asks.slug, row.id), who, "tell them")
            }
            "trust" => (row.path, "one question about trust, without your name".to_owned(), "your answer"),
            "part" => {
                let who = format!("raised on {since}: what can the agency decide, and what not?");
                (row.path, who, "working together")
            }
            "obstacle" => {
                let due = if tx.day(row.since) < asks.today { "was due" } else { "due" };
                (row.path, format!("{}, {due} {since}", row.who), "working together")
            }
            "agenda" => (row.path, format!("{}, for {since}", row.who), "agenda"),
            "minutes" => (row.path, format!("{}, {since}", row.who), "minutes"),
            "up" => (row.path, format!("came up to {}, {since}", row.who), "say what came back"),
            "checkin" => (row.path, format!("those who spoke were to be asked how they are by {since}"), "check in"),
            _ => (row.path, format!("{}, {since}", row.who), "read again"),
        };
        desk.push((Waiting { title, path, who, state: state.to_owned(), ..Waiting::default() }, sums));
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
