//! How long each kind is kept, and what is due, as far as the reader may see it.

use super::super::model::{Due, InvitedKept, Kept, Rule};
use crate::{
    audit::{self, Change},
    consent,
    platform::{access::Can, db::AgencyTx, error::Error, form::Problems, labels::Label as _, paging::Paging, policy::KeepRetention, words},
};

/// Every kind, with its rule and how many records are due that the reader may see; and how long people who were invited are known.
pub(in crate::retention) async fn rules(tx: &mut AgencyTx) -> Result<(Vec<Rule>, InvitedKept), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let rows = sqlx::query!(
        r#"select k.kind as "kind!: Kept", r.years as "years?", coalesce(r.source, '') as "source!", r.set_at as "set_at?", m.name as "set_by?",
                  coalesce(r.version, 0) as "version!", a.invitees_days, a.version as settings_version,
                  case when r.years is null then 0 else (select count(*) from closed_records(k.kind, ($2::date - make_interval(years => r.years::int))::date, $3)) end as "due!"
           from unnest($4::text[]) with ordinality k(kind, n)
           join agency a on a.id = $1
           left join retention_rule r on r.agency_id = $1 and r.kind = k.kind
           left join membership m on m.agency_id = $1 and m.id = r.set_by
           order by k.n"#,
        agency.0,
        today,
        tx.zone(),
        &Kept::ALL.iter().map(|kind| kind.as_str().to_owned()).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    let invited = rows.first().map(|row| InvitedKept { days: row.invitees_days, version: row.settings_version }).ok_or(Error::NotFound)?;
    let rules = rows.into_iter().map(|row| Rule {
        kind: row.kind,
        years: row.years,
        source: row.source,
        set_at: row.set_at,
        set_by: row.set_by,
        due: row.due,
        version: row.version,
    });
    Ok((rules.collect(), invited))
}

/// The rule of one kind.
pub(in crate::retention) async fn rule(tx: &mut AgencyTx, kind: Kept) -> Result<Rule, Error> {
    rules(tx).await?.0.into_iter().find(|rule| rule.kind == kind).ok_or(Error::NotFound)
}

/// Sets how long a kind is kept.
pub(in crate::retention) async fn set(
    tx: &mut AgencyTx,
    can: &Can<KeepRetention>,
    kind: Kept,
    (years, source): &(Option<i16>, String),
) -> Result<(), Error> {
    consent::no_copied_words(tx, "source", source).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let before = rule(tx, kind).await?;
    if before.version != can.version() {
        return Err(Error::Refused(Problems::stale()));
    }
    let set = sqlx::query!(
        "insert into retention_rule (agency_id, kind, years, source, set_by, set_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (agency_id, kind) do update set years = $3, source = $4, set_by = $5, set_at = $6, version = retention_rule.version + 1
             where retention_rule.version = $7",
        agency.0,
        kind as Kept,
        *years,
        source,
        can.me().0,
        now,
        before.version,
    )
    .execute(tx.conn())
    .await?;
    if set.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let said = |years: Option<i16>| years.map(|years| words::count(years.into(), "year", "years")).unwrap_or_default();
    let changed = [("years kept", said(before.years), said(*years)), ("source of the rule", before.source, source.clone())];
    // The schedule is a setting of the agency: its history stands with the others.
    let of_kind = changed.iter().map(|(field, ..)| format!("{}: {field}", kind.label())).collect::<Vec<_>>();
    let noted: Vec<_> =
        of_kind.iter().zip(&changed).map(|(name, (_, was, becomes))| (name.as_str(), was.clone(), becomes.clone())).collect();
    audit::note_settings(tx, &noted).await?;
    audit::record(tx, Change::about("changed", "retention").from_to(&noted)).await
}

/// Sets how long people who were invited are known. A shorter time holds at once; a longer one for those who are invited from now on.
pub(in crate::retention) async fn set_invited(tx: &mut AgencyTx, can: &Can<KeepRetention>, days: i16) -> Result<(), Error> {
    let agency = tx.agency();
    let (_, before) = rules(tx).await?;
    let set = sqlx::query!(
        "update agency set invitees_days = $3, version = version + 1 where id = $1 and version = $2",
        agency.0,
        can.version(),
        days,
    )
    .execute(tx.conn())
    .await?;
    if set.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let noted = [("days until it is not known any more who was invited", before.days.to_string(), days.to_string())];
    audit::note_settings(tx, &noted).await?;
    audit::record(tx, Change::about("changed", "retention").from_to(&noted)).await
}

/// A page of what is due of a kind, what was closed longest ago first.
pub(in crate::retention) async fn due(tx: &mut AgencyTx, rule: &Rule, paging: Paging) -> Result<Vec<Due>, Error> {
    let Some(years) = rule.years else { return Ok(Vec::new()) };
    let (agency, today) = (tx.agency(), tx.today());
    Ok(sqlx::query_as!(
        Due,
        r#"select s.title, s.path, r.closed_on as "closed_on!", exists (select holds_of(s.id)) as "held!"
           from closed_records($2, ($3::date - make_interval(years => $4::int))::date, $5) r
           join subject s on s.agency_id = $1 and s.id = r.id
           order by r.closed_on, s.id limit $6 offset $7"#,
        agency.0,
        rule.kind.as_str(),
        today,
        i32::from(years),
        tx.zone(),
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}
