//! What waits with somebody at each agency on whose own side they serve, before they close their account: numbers alone, read as them.

use crate::platform::{
    db::{Db, Standing},
    error::Error,
    ids::{AccountId, AgencyId, MembershipId},
    labels::Label as _,
    policy::Hat,
    words,
};

/// What is left behind at one agency.
#[derive(Debug)]
pub(in super::super) struct Left {
    pub(in super::super) agency: String,
    /// Nobody else is a director there.
    pub(in super::super) only_director: bool,
    reviews: i64,
    promises: i64,
    holds: i64,
    recalls: i64,
    /// Lent by them or to them, and running.
    pub(in super::super) duties: i64,
}

impl Left {
    /// "3 answers to review and 1 promise"; empty where nothing waits.
    pub(in super::super) fn waiting(&self) -> String {
        let parts = [
            (self.reviews, "answer to review", "answers to review"),
            (self.promises, "promise of yours", "promises of yours"),
            (self.holds, "legal hold to decide on", "legal holds to decide on"),
            (self.recalls, "copy to call back", "copies to call back"),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| part.0 > 0).map(|(n, one, many)| words::count(n, one, many)).collect();
        words::listed(&parts)
    }

    /// "2 lent duties end."
    pub(in super::super) fn duties_words(&self) -> String {
        words::count(self.duties, "lent duty ends", "lent duties end")
    }
}

/// Agency by agency; those at which nothing waits are left out.
pub(in super::super) async fn left_behind(db: &Db, account: AccountId) -> Result<Vec<Left>, Error> {
    let mut tx = db.begin_system().await?;
    let places = sqlx::query!(
        r#"select g.id as "agency: AgencyId", g.name, g.zone, m.id as "membership: MembershipId", m.role,
                  m.role = 'director' and not exists (select from membership o where o.agency_id = m.agency_id and o.role = 'director'
                      and o.state = 'active' and o.account_id is distinct from $1) as "only_director!"
           from membership m join agency g on g.id = m.agency_id
           where m.account_id = $1 and m.state = 'active' and m.role <> 'partner'
           order by g.name, m.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut all = Vec::new();
    for place in places {
        let hat = Hat::parse(&place.role).ok_or(Error::NotFound)?;
        let zone = place.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
        let standing = Standing { hat, zone, ..Standing::plain(place.agency, account, place.membership) };
        let mut own = db.begin_account(account).await?.become_member(standing).await?;
        let today = own.today();
        let row = sqlx::query!(
            r#"select (select count(*) from loop where agency_id = $1 and state = 'review' and $3) as "reviews!",
                      (select count(*) from commitment where agency_id = $1 and (promised_by = $2 or delegate_id = $2)
                           and state in ('open', 'returned', 'reported')) as "promises!",
                      (select count(*) from legal_hold where agency_id = $1 and lifted_at is null
                           and (confirmed_by is null or end_by is not null)) as "holds!",
                      (select count(*) from recall where agency_id = $1 and state in ('open', 'notice_sent') and (taken_by = $2 or $3)) as "recalls!",
                      (select count(*) from delegation where agency_id = $1 and (lent_to = $2 or lent_by = $2)
                           and ended_at is null and until >= $4 and (duty <> 'absence' or taken_at is not null)) as "duties!""#,
            place.agency.0,
            place.membership.0,
            hat == Hat::Director,
            today,
        )
        .fetch_one(own.conn())
        .await?;
        own.end().await?;
        let (agency, only_director) = (place.name, place.only_director);
        let (reviews, promises, holds, recalls, duties) = (row.reviews, row.promises, row.holds, row.recalls, row.duties);
        let left = Left { agency, only_director, reviews, promises, holds, recalls, duties };
        if only_director || duties > 0 || !left.waiting().is_empty() {
            all.push(left);
        }
    }
    Ok(all)
}
