//! What is said of a promise's day, each thing once: before it and on it to whoever promised, when it has passed to both sides, and a
//! week later to the directors. For the keeper; a notice says that there is a promise and when; what it says stands beside it on its reader's own pages, as far as they may see it.

use super::super::{model::Side, paths};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::Hat,
        words,
    },
};
use chrono::{Days, NaiveDate};

/// So many days before its day whoever promised is told.
const BEFORE: i32 = 3;
/// So long after its day the directors are told as well.
const WEEK: u64 = 7;
/// What is late for longer than this when the worker comes to it is on everybody's first page already.
const NEWS: u64 = 21;

labels! {
    /// What is told now.
    pub enum Stage {
        Soon = "soon", "its day is near";
        Day = "day", "today is its day";
        Late = "late", "its day has passed";
        Week = "week", "its day has passed a week ago";
    }
}

/// A promise of which something is to be told.
#[derive(Debug)]
struct Ripe {
    id: SubjectId,
    side: Side,
    due_on: NaiveDate,
    stage: Stage,
    /// It is a body's, or made to one.
    by_body: bool,
    to_body: bool,
    promisers: Vec<MembershipId>,
    /// Who stands in for those of them who are away.
    deputies: Vec<MembershipId>,
    promised: Vec<MembershipId>,
    /// Directors can read it.
    is_directors: bool,
}

/// Tells everybody who is to be told by now.
pub(in super::super) async fn tell_due(tx: &mut AgencyTx) -> Result<(), Error> {
    let ripe = ripe(tx).await?;
    if ripe.is_empty() {
        return Ok(());
    }
    note(tx, &ripe).await?;
    let agency = tx.agency();
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    for one in &ripe {
        tell(tx, &slug, one).await?;
    }
    audit::record(tx, Change::about("told of the day of", "commitment").rows(ripe.len() as i64)).await
}

/// What is late already is not told as if it were near, and what another worker tells just now is not told twice. A promise that carries
/// a body's protocol is told to nobody: who may know of it is for row security to say, and this is not asked under anybody's standing.
async fn ripe(tx: &mut AgencyTx) -> Result<Vec<Ripe>, Error> {
    let (agency, today, zone) = (tx.agency(), tx.today(), tx.zone());
    let ago = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    Ok(sqlx::query_as!(
        Ripe,
        r#"select t.id as "id!: SubjectId", t.side as "side!: Side", t.due_on as "due_on!", t.stage as "stage!: Stage",
                  t.promiser_partner_id is not null as "by_body!", t.promised_to_partner_id is not null as "to_body!",
                  array(select m.id from membership m
                        where m.agency_id = $1 and m.state = 'active'
                          and case when t.promiser_partner_id is null then m.id in (t.promised_by, t.delegate_id) and told_instead(m.id, t.audience, $2) is null
                                   else m.partner_id = t.promiser_partner_id and t.audience <> 'author' and (m.steward or ((m.speaks or m.binds)
                                        and coalesce(m.mandate_from <= $2, true) and coalesce(m.mandate_until >= $2, true))) end
                        order by m.id) as "promisers!: Vec<MembershipId>",
                  array(select distinct told_instead(m.id, t.audience, $2) as id from membership m
                        where m.agency_id = $1 and m.state = 'active' and t.promiser_partner_id is null and m.id in (t.promised_by, t.delegate_id)
                          and told_instead(m.id, t.audience, $2) is not null
                        order by id) as "deputies!: Vec<MembershipId>",
                  array(select m.id from membership m
                        where m.agency_id = $1 and m.state = 'active'
                          and case when t.promised_to_partner_id is null then m.id = t.promised_to
                                   else m.partner_id = t.promised_to_partner_id and t.audience <> 'author' and (m.steward or ((m.speaks or m.binds)
                                        and coalesce(m.mandate_from <= $2, true) and coalesce(m.mandate_until >= $2, true))) end
                        order by m.id) as "promised!: Vec<MembershipId>",
                  t.audience in ('leadership', 'agency', 'partnership', 'public') as "is_directors!"
           from (select c.*, s.audience,
                        case when c.due_on > $2 and c.soon_told_at is null and (c.created_at at time zone $3)::date < c.due_on - $4::integer then 'soon'
                             when c.due_on = $2 and c.day_told_at is null and (c.created_at at time zone $3)::date < $2 then 'day'
                             when c.due_on < $2 and c.late_told_at is null then 'late'
                             when c.due_on <= $5 and c.week_told_at is null then 'week' end as stage
                 from commitment c
                 join subject s on s.agency_id = c.agency_id and s.id = c.id and s.withdrawn_at is null and s.protocols is null
                 where c.agency_id = $1 and c.state in ('open', 'returned') and c.due_on between $6 and $2::date + $4::integer
                 for update of c skip locked) t
           where t.stage is not null
           order by t.due_on, t.id limit 500"#,
        agency.0,
        today,
        zone,
        BEFORE,
        ago(WEEK),
        ago(NEWS),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Notes that they were told. What comes later in a promise's life was told with it.
async fn note(tx: &mut AgencyTx, ripe: &[Ripe]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ids: Vec<uuid::Uuid> = ripe.iter().map(|one| one.id.0).collect();
    let stages: Vec<String> = ripe.iter().map(|one| one.stage.as_str().to_owned()).collect();
    sqlx::query!(
        "update commitment c set
             soon_told_at = coalesce(c.soon_told_at, $4),
             day_told_at = case when t.stage <> 'soon' then coalesce(c.day_told_at, $4) else c.day_told_at end,
             late_told_at = case when t.stage in ('late', 'week') then coalesce(c.late_told_at, $4) else c.late_told_at end,
             week_told_at = case when t.stage = 'week' then coalesce(c.week_told_at, $4) else c.week_told_at end
         from unnest($2::uuid[], $3::text[]) as t (id, stage)
         where c.agency_id = $1 and c.id = t.id",
        agency.0,
        &ids,
        &stages,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn tell(tx: &mut AgencyTx, slug: &str, one: &Ripe) -> Result<(), Error> {
    let notice = |said: String| Notice { kind: "promise", said, path: paths::commitment(slug, one.id) };
    if one.stage != Stage::Week {
        notices::tell(tx, &one.promisers, &notice(one.to_promiser())).await?;
        notices::tell(tx, &one.deputies, &notice(one.to_deputy())).await?;
    }
    if one.stage == Stage::Late {
        notices::tell(tx, &one.promised, &notice(one.to_promised())).await?;
    }
    if one.wants_directors() {
        let said = format!("A promise of the agency was due on {} and is not reported done", words::day(one.due_on));
        notices::tell_hats(tx, &[Hat::Director], None, &notice(said)).await?;
    }
    Ok(())
}

impl Ripe {
    fn when(&self) -> String {
        match self.stage {
            Stage::Soon => format!("is due on {}", words::day(self.due_on)),
            Stage::Day => "is due today".to_owned(),
            Stage::Late | Stage::Week => format!("was due on {} and is not reported done", words::day(self.due_on)),
        }
    }

    fn to_promiser(&self) -> String {
        let whose = if self.by_body { "your organization or Tribe" } else { "yours" };
        format!("A promise of {whose} {}", self.when())
    }

    fn to_deputy(&self) -> String {
        format!("A promise of somebody for whom you stand in {}", self.when())
    }

    fn to_promised(&self) -> String {
        let whom = if self.to_body { "your organization or Tribe" } else { "you" };
        format!("A promise made to {whom} {}", self.when())
    }

    /// What is late by a week, or late with nobody there who promised it.
    fn wants_directors(&self) -> bool {
        let orphaned = self.stage == Stage::Late && self.promisers.is_empty() && self.deputies.is_empty();
        self.side == Side::Agency && self.is_directors && (self.stage == Stage::Week || orphaned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ripe(stage: Stage, by_body: bool) -> Ripe {
        Ripe {
            id: SubjectId::fresh(),
            side: if by_body { Side::Partner } else { Side::Agency },
            due_on: NaiveDate::from_ymd_opt(2027, 3, 5).unwrap(),
            stage,
            by_body,
            to_body: false,
            promisers: vec![MembershipId::fresh()],
            deputies: Vec::new(),
            promised: Vec::new(),
            is_directors: true,
        }
    }

    #[test]
    fn each_side_is_told_in_its_own_sentence() {
        assert_eq!(ripe(Stage::Soon, false).to_promiser(), "A promise of yours is due on 5 March 2027");
        assert_eq!(ripe(Stage::Day, true).to_promiser(), "A promise of your organization or Tribe is due today");
        let late = ripe(Stage::Late, true);
        assert_eq!(late.to_promised(), "A promise made to you was due on 5 March 2027 and is not reported done");
    }

    #[test]
    fn directors_are_told_after_a_week_and_never_of_a_partners_promise() {
        assert!(ripe(Stage::Week, false).wants_directors());
        assert!(!ripe(Stage::Late, false).wants_directors());
        let orphaned = Ripe { promisers: Vec::new(), ..ripe(Stage::Late, false) };
        assert!(orphaned.wants_directors());
        assert!(!Ripe { deputies: vec![MembershipId::fresh()], ..orphaned }.wants_directors(), "somebody stands in");
        assert!(!ripe(Stage::Week, true).wants_directors());
        assert!(!Ripe { is_directors: false, ..ripe(Stage::Week, false) }.wants_directors());
    }
}
