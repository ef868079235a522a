//! Rows of barriers and goals.

use super::{Ask, Batch, Key, Noted, PAGE, joined, no_consent, number_of};
use crate::platform::{db::AgencyTx, error::Error, sheet::Cell};
use chrono::NaiveDate;

pub(super) async fn barriers(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select b.id, b.name, b.description, b.level, b.groups, b.state, b.happened, name_in_export(b.agency_id, b.owner_id) as owner,
                  b.owner_partner_id, p.name as "owner_partner?", b.created_at, s.audience,
                  (select string_agg(t.id::text, ' ' order by t.id) from edge e join theme t on t.agency_id = e.agency_id and t.id = e.to_id
                   where e.agency_id = b.agency_id and e.from_id = b.id and e.kind = 'evidence') as themes,
                  h.ids as statement_ids, h.number as "statements!", h.noted, h.versions,
                  (select count(*) from edge e join plan n on n.agency_id = e.agency_id and n.id = e.from_id
                   where e.agency_id = b.agency_id and e.to_id = b.id and e.kind = 'addresses') as "plans!"
           from barrier b
           join subject s on s.agency_id = b.agency_id and s.id = b.id
           left join partner p on p.agency_id = b.agency_id and p.id = b.owner_partner_id
           left join lateral (
               select string_agg(w.id::text, ' ' order by w.id) as ids, count(*) as number,
                      array_agg(w.id order by w.id) as noted, array_agg(w.consent_version order by w.id) as versions
               from edge e join statement w on w.agency_id = e.agency_id and w.id = e.to_id
               where e.agency_id = b.agency_id and e.from_id = b.id and e.kind = 'evidence'
                 and exportable(w) and w.state in ('confirmed', 'corrected') and w.withdrawn_at is null) h on true
           where b.agency_id = $1 and b.id > $2
             and ($3 = '' or b.state = $3)
             and ($4::timestamptz is null or b.created_at >= $4)
             and ($5::timestamptz is null or b.created_at < $5)
           order by b.id
           limit $6"#,
        agency.0,
        after.id,
        ask.filters.state,
        ask.from(),
        ask.before(),
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let noted = found.iter().flat_map(|row| Noted::counted(row.noted.as_ref(), row.versions.as_ref())).collect();
    let last = found.last().map(|row| Key::at(row.id));
    let rows = found.into_iter().map(|row| {
        vec![
            row.id.to_string().into(),
            row.name.into(),
            row.description.into(),
            row.level.into(),
            joined(&row.groups),
            row.state.into(),
            row.happened.into(),
            Cell::of(row.owner),
            number_of(row.owner_partner_id),
            Cell::of(row.owner_partner),
            Cell::of(row.themes),
            Cell::of(row.statement_ids),
            row.statements.into(),
            row.plans.into(),
            ask.day(row.created_at),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch { noted, ..Batch::of(rows.collect(), last) })
}

/// A row a value; pages go by goal and day. What is in force stands first, as it was agreed to.
pub(super) async fn goals(tx: &mut AgencyTx, ask: &Ask, after: Key) -> Result<Batch, Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select g.id, case when v.on_day is null then g.id else md5(g.id::text || ' ' || v.on_day::text)::uuid end as "row!", g.text, g.version, g.state, name_in_export(g.agency_id, g.owner_id) as owner, g.owner_partner_id,
                  p.name as "owner_partner?", g.indicator,
                  (select string_agg(distinct b.id::text, ' ' order by b.id::text) from edge e
                   join barrier b on b.agency_id = e.agency_id and b.id = e.to_id
                   where e.agency_id = g.agency_id and e.from_id = g.id and e.kind = 'addresses') as barriers,
                  g.unit, g.baseline, g.baseline_on, g.target, g.target_on, v.on_day as "value_on?", v.value as "value?", v.source as "source?",
                  s.audience, coalesce(v.on_day, '0001-01-01') as "day!", h.version as "in_force?",
                  f.text as "text_in_force?", f.indicator as "indicator_in_force?", f.baseline as "baseline_in_force?", f.target as "target_in_force?",
                  w.agreed as "agreed!", w.not_agreed as "not_agreed!", n.agreed as "proposed_agreed!", n.not_agreed as "proposed_not_agreed!"
           from goal g
           left join lateral (
               select max(a.version) as version from agreement a
               join membership m on m.agency_id = a.agency_id and m.id = a.membership_id and m.role = 'partner'
               where a.agency_id = g.agency_id and a.subject_id = g.id and a.word = 'agreed' and g.state = 'in_force') h on true
           left join lateral (
               select r.fields -> 0 ->> 1 as text, r.fields -> 1 ->> 1 as indicator, r.fields -> 2 ->> 1 as baseline, r.fields -> 3 ->> 1 as target
               from revision r where r.agency_id = g.agency_id and r.subject_id = g.id and r.version = h.version and h.version < g.version) f on true
           left join lateral (
               select count(*) filter (where a.word = 'agreed') as agreed, count(*) filter (where a.word = 'not_agreed') as not_agreed
               from agreement a where a.agency_id = g.agency_id and a.subject_id = g.id and a.version = coalesce(h.version, g.version)) w on true
           left join lateral (
               select count(*) filter (where a.word = 'agreed') as agreed, count(*) filter (where a.word = 'not_agreed') as not_agreed
               from agreement a where a.agency_id = g.agency_id and a.subject_id = g.id and a.version = g.version) n on true
           join subject s on s.agency_id = g.agency_id and s.id = g.id
           left join partner p on p.agency_id = g.agency_id and p.id = g.owner_partner_id
           left join goal_value v on v.agency_id = g.agency_id and v.goal_id = g.id
               and ($5::date is null or v.on_day >= $5) and ($6::date is null or v.on_day <= $6)
           where g.agency_id = $1 and g.id >= $2 and (g.id > $2 or coalesce(v.on_day, '0001-01-01') > $3)
             and ($4 = '' or g.state = $4)
           order by g.id, coalesce(v.on_day, '0001-01-01')
           limit $7"#,
        agency.0,
        after.id,
        after.day,
        ask.filters.state,
        ask.filters.since,
        ask.filters.until,
        PAGE as i64,
    )
    .fetch_all(tx.conn())
    .await?;
    let last = found.last().map(|row| Key { id: row.id, day: row.day });
    let rows = found.into_iter().map(|row| {
        let is_newer = row.in_force.is_some_and(|version| version < row.version);
        let newer = |cell: Cell| if is_newer { cell } else { Cell::Empty };
        let (baseline, target) = (measured(row.baseline_in_force.as_deref()), measured(row.target_in_force.as_deref()));
        let unit = [&baseline, &target].iter().find_map(|one| one.as_ref().map(|(_, unit, _)| unit.clone()));
        let held = Held {
            text: row.text_in_force.unwrap_or_default(),
            indicator: row.indicator_in_force.unwrap_or_default(),
            unit: unit.unwrap_or_else(|| row.unit.clone()),
            baseline: baseline.map(|(value, _, on)| (value, on)).unzip(),
            target: target.map(|(value, _, on)| (value, on)).unzip(),
        };
        let proposed = Held {
            text: row.text,
            indicator: row.indicator,
            unit: row.unit,
            baseline: (row.baseline, row.baseline_on),
            target: (row.target, row.target_on),
        };
        let proposed_text = newer(proposed.text.clone().into());
        let shown = if is_newer { held } else { proposed };
        vec![
            row.row.to_string().into(),
            row.id.to_string().into(),
            shown.text.into(),
            row.in_force.unwrap_or(row.version).into(),
            row.in_force.is_some().into(),
            proposed_text,
            newer(row.version.into()),
            row.state.into(),
            Cell::of(row.owner),
            number_of(row.owner_partner_id),
            Cell::of(row.owner_partner),
            Cell::of(row.barriers),
            shown.indicator.into(),
            shown.unit.into(),
            Cell::of(shown.baseline.0),
            Cell::of(shown.baseline.1),
            Cell::of(shown.target.0),
            Cell::of(shown.target.1),
            Cell::of(row.value_on),
            Cell::of(row.value),
            Cell::of(row.source),
            row.agreed.into(),
            row.not_agreed.into(),
            newer(row.proposed_agreed.into()),
            newer(row.proposed_not_agreed.into()),
            no_consent(),
            row.audience.into(),
        ]
    });
    Ok(Batch::of(rows.collect(), last))
}

/// What partners agree to, in one version.
struct Held {
    text: String,
    indicator: String,
    unit: String,
    baseline: (Option<f64>, Option<NaiveDate>),
    target: (Option<f64>, Option<NaiveDate>),
}

/// "31.5 days on 3 March 2027", as a former version keeps a baseline or a target.
fn measured(told: Option<&str>) -> Option<(f64, String, NaiveDate)> {
    let (value, day) = told?.rsplit_once(" on ")?;
    let (value, unit) = value.split_once(' ')?;
    Some((value.parse().ok()?, unit.to_owned(), NaiveDate::parse_from_str(day, "%d %B %Y").ok()?))
}

#[cfg(test)]
mod tests {
    use super::measured;

    #[test]
    fn what_a_former_version_keeps_is_a_number_again() {
        let day = chrono::NaiveDate::from_ymd_opt(2027, 3, 3).unwrap();
        assert_eq!(measured(Some("31.5 days on the road on 3 March 2027")), Some((31.5, "days on the road".to_owned(), day)));
        assert_eq!(measured(Some("40  on 3 March 2027")), Some((40.0, String::new(), day)));
        assert_eq!((measured(Some("")), measured(None)), (None, None));
    }
}
