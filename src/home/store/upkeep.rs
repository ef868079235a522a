//! What an administrator looks after: who asks, who has not come in, who signs in by one step alone, what is kept and until when. Names of
//! people and of kinds, and numbers; never what anybody said.

use crate::{
    accounts::LOST_ASKED,
    home::model::{LookedAfter, Queue, Sums, Upkeep, Waiting},
    members,
    platform::{db::AgencyTx, error::Error, labels::Label as _, policy::Hat, proof::SignInRule, words},
    retention,
};

/// What is set and what is not, and how many have not come in.
pub(in crate::home) async fn upkeep(tx: &mut AgencyTx) -> Result<Upkeep, Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    let row = sqlx::query!(
        r#"select g.hotline = '' as "hotline!", g.contact = '' as "contact!", g.minors_rule is null as "minors!",
                  case when g.sign_in_rule_from > $3 then g.sign_in_rule_before else g.sign_in_rule end as "rule!: SignInRule",
                  (select count(*) from membership m where m.agency_id = $1 and m.state in ('proposed', 'invited', 'accepted')) as "waiting!",
                  (select count(*) from invitation i join lateral (select failed_at from letter where for_agency = i.agency_id and about = i.id
                                                                    order by made_at desc, id desc limit 1) l on l.failed_at is not null
                   where i.agency_id = $1 and i.accepted_at is null and i.expires_at > $2) as "given_up!"
           from agency g where g.id = $1"#,
        agency.0,
        now,
        today,
    )
    .fetch_one(tx.conn())
    .await?;
    let unset = [
        (row.hotline, "the hotline where abuse is reported"),
        (row.contact, "a person to talk to"),
        (row.minors, "the rule of consent for people under 18"),
    ];
    let unset = unset.into_iter().filter(|(missing, _)| *missing).map(|(_, what)| what).collect();
    Ok(Upkeep { unset, waiting: row.waiting, given_up: row.given_up, rule: row.rule })
}

/// What waits, in four lists: for the administrator's own word, on people who were invited, on people who come in by one step, and on
/// the schedule; the longest first.
pub(in crate::home) async fn looked_after(tx: &mut AgencyTx, slug: &str, most: i64) -> Result<LookedAfter, Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    let rows = sqlx::query!(
        r#"select q.list as "list!", q.sort as "sort!", q.id, q.title as "title!", q.who as "who!", q.since, q.number as "number!", q.sum as "sum!"
           from (
               select t.*, count(*) over (partition by t.list) as sum,
                      row_number() over (partition by t.list order by t.place, t.since, t.title, t.id) as nth
               from (
                   select 'asks' as list, 'lost' as sort, r.membership_id as id,
                          coalesce(i.name, case when m.lived_experience then 'community member' else m.name end) as title, k.name as who,
                          r.asked_at as since, 0::bigint as number, 0 as place
                   from lost_factors r
                   join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
                   join membership k on k.agency_id = r.agency_id and k.id = r.asked_by
                   left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
                   where r.agency_id = $1 and r.ended_at is null and r.confirmed_at is null and r.asked_at > $5
                     and coalesce(lost_factors_may_be_confirmed(r.membership_id, r.asked_by, r.asked_at), false)
                   union all
                   select 'asks', 'act', a.id, p.name, m.name, a.created_at, 0, 0
                   from steward_act a
                   join membership m on m.agency_id = a.agency_id and m.id = a.membership_id and m.state = 'proposed'
                   join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
                   where a.agency_id = $1 and a.received_by = $6 and a.confirmed_at is null
                   union all
                   select 'asks', case when h.end_by is null then 'hold' else 'hold_end' end, h.id, '', m.name, coalesce(h.end_at, h.set_at), 0, 0
                   from legal_hold h join membership m on m.agency_id = h.agency_id and m.id = coalesce(h.end_by, h.set_by)
                   where h.agency_id = $1 and h.lifted_at is null
                     and case when h.end_by is null then h.confirmed_by is null and is_another(h.set_by)
                              else is_another(h.end_by) and still_answers(h.end_by) end
                   union all
                   select 'invited', case when l.failed_at is not null then 'given_up' when v.expires_at <= $2 then 'over' else 'out' end, m.id,
                          coalesce(i.name, case when m.lived_experience then 'community member' else m.name end), m.role, v.created_at, 0,
                          case when l.failed_at is not null then 0 when v.expires_at <= $2 then 1 else 2 end
                   from membership m
                   join lateral (select n.id, n.created_at, n.expires_at from invitation n where n.agency_id = m.agency_id and n.membership_id = m.id
                                 order by n.created_at desc, n.id desc limit 1) v on true
                   left join lateral (select r.failed_at from letter r where r.for_agency = m.agency_id and r.about = v.id
                                      order by r.made_at desc, r.id desc limit 1) l on true
                   left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
                   where m.agency_id = $1 and m.state = 'invited'
                   union all
                   select 'single', 'single', m.id, m.name, m.role, null, 0, 0
                   from membership m join member_seen s on s.agency_id = m.agency_id and s.membership_id = m.id and not s.two_factors
                   where m.agency_id = $1 and m.state = 'active' and m.role <> 'partner'
                   union all
                   select 'schedule', 'due', null, r.kind, '', null, d.number, 0
                   from retention_rule r
                   cross join lateral (select count(*) as number from closed_records(r.kind, ($3::date - make_interval(years => r.years::integer))::date, $7)) d
                   where r.agency_id = $1 and r.years is not null and d.number > 0
                   union all
                   select 'schedule', 'unruled', null, k.kind, '', null, 0, 3
                   from unnest($8::text[]) k(kind)
                   where not exists (select 1 from retention_rule r where r.agency_id = $1 and r.kind = k.kind)
                   union all
                   select 'schedule', 'proposed', d.id, d.kind, m.name, d.proposed_at, 0, 1
                   from destruction d join membership m on m.agency_id = d.agency_id and m.id = d.proposed_by
                   where d.agency_id = $1 and d.decision is null
                   union all
                   select 'schedule', 'unconfirmed', h.id, '', '', h.set_at, 0, 2
                   from legal_hold h
                   where h.agency_id = $1 and h.lifted_at is null and h.end_by is null and h.confirmed_by is null and not is_another(h.set_by)) t) q
           where q.nth <= $4
           order by q.list, q.nth"#,
        agency.0,
        now,
        today,
        most,
        now - LOST_ASKED,
        tx.standing().membership.map(|id| id.0),
        tx.zone(),
        &retention::Kept::ALL.iter().map(|kind| kind.as_str().to_owned()).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found = LookedAfter::default();
    for row in rows {
        let since = row.since.map(|at| words::day(tx.day(at))).unwrap_or_default();
        let one =
            One { sort: &row.sort, id: row.id.unwrap_or_default(), title: &row.title, who: &row.who, since: &since, number: row.number };
        let (of, waiting) = match row.list.as_str() {
            "asks" => (&mut found.asks, one.asked(slug)),
            "invited" => (&mut found.invited, one.invited(slug)),
            "single" => (&mut found.single, one.single(slug)),
            _ => (&mut found.schedule, one.scheduled(slug)),
        };
        *of = Queue { first: std::mem::take(&mut of.first).into_iter().chain([waiting]).collect(), sums: Sums::all(row.sum) };
    }
    Ok(found)
}

/// One row, before it is said in words.
struct One<'a> {
    sort: &'a str,
    id: uuid::Uuid,
    title: &'a str,
    who: &'a str,
    since: &'a str,
    number: i64,
}

impl One<'_> {
    fn said(title: String, path: String, who: String, state: &str) -> Waiting {
        Waiting { title, path, who, state: state.to_owned(), ..Waiting::default() }
    }

    fn asked(&self, slug: &str) -> Waiting {
        let Self { id, title, who, since, .. } = self;
        match self.sort {
            "lost" => {
                let said = format!("lost their second step, says {who}, {since}");
                Self::said((*title).to_owned(), members::paths::lost_factors(slug, *id), said, "to be confirmed")
            }
            "act" => {
                let said = format!("its act names {who}; you received it, {since}");
                Self::said(format!("First steward of {title}"), members::paths::first_stewards(slug), said, "still to confirm")
            }
            "hold" => Self::said(
                retention::hold_called(*id),
                retention::paths::hold(slug, *id),
                format!("set by {who}, {since}"),
                "to be confirmed",
            ),
            _ => {
                let said = format!("{who} proposes that it ends, {since}");
                Self::said(retention::hold_called(*id), retention::paths::hold(slug, *id), said, "to be decided")
            }
        }
    }

    fn invited(&self, slug: &str) -> Waiting {
        let state = match self.sort {
            "given_up" => "letter given up",
            "over" => "the link is over",
            _ => "no answer yet",
        };
        let role = Hat::parse(self.who).map_or(self.who, |hat| hat.label());
        let said = format!("{role}, invited on {}", self.since);
        Self::said(self.title.to_owned(), members::paths::member(slug, self.id), said, state)
    }

    fn single(&self, slug: &str) -> Waiting {
        let role = Hat::parse(self.who).map_or(self.who, |hat| hat.label());
        Self::said(self.title.to_owned(), members::paths::member(slug, self.id), role.to_owned(), "")
    }

    fn scheduled(&self, slug: &str) -> Waiting {
        let kind = retention::Kept::parse(self.title).map_or(self.title, |kind| kind.label());
        match self.sort {
            "due" => {
                let said = words::count(self.number, "record is past its time", "records are past their time");
                Self::said(kind.to_owned(), retention::paths::due(slug, self.title), said, "to propose")
            }
            "unruled" => {
                Self::said(kind.to_owned(), retention::paths::rule(slug, self.title), "nobody said how long they are kept".to_owned(), "")
            }
            "proposed" => {
                let said = format!("proposed by {}, {}", self.who, self.since);
                Self::said(
                    retention::destruction_called(self.title),
                    retention::paths::destruction(slug, self.id),
                    said,
                    "a director decides",
                )
            }
            _ => {
                let said = format!("you set it on {}", self.since);
                Self::said(retention::hold_called(self.id), retention::paths::hold(slug, self.id), said, "a second person confirms it")
            }
        }
    }
}
