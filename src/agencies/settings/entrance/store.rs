//! The rule for signing in, in and out.

use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can, db::AgencyTx, error::Error, form::Problems, ids::MembershipId, labels::Label as _, policy::ManageSettings,
        proof::SignInRule, words,
    },
};
use chrono::NaiveDate;

/// The rule as it is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    pub(super) rule: SignInRule,
    /// Its first day.
    pub(super) from: Option<NaiveDate>,
    /// What holds until then.
    pub(super) before: SignInRule,
    pub(super) version: i32,
}

impl Set {
    /// What holds on a day.
    pub(super) fn on(&self, day: NaiveDate) -> SignInRule {
        if self.from.is_some_and(|from| from > day) { self.before } else { self.rule }
    }
}

/// What is set now.
pub(super) async fn find(tx: &mut AgencyTx) -> Result<Set, Error> {
    let agency = tx.agency();
    let set = sqlx::query_as!(
        Set,
        r#"select sign_in_rule as "rule: SignInRule", sign_in_rule_from as "from", sign_in_rule_before as "before: SignInRule", version
           from agency where id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(set)
}

/// Sets a rule from a day on; until then the one of today holds.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<ManageSettings>, (rule, from): (SignInRule, NaiveDate)) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let before = find(tx).await?;
    if rule == SignInRule::Sso {
        // Whoever requires it came in by it first, which is asked on its own page; what is set already stays as it is.
        let set = before.rule == SignInRule::Sso;
        return if set { Ok(()) } else { Err(Error::refused("rule", "Require it on the page “Single sign-on” of the settings")) };
    }
    let kept = sqlx::query!(
        "update agency set sign_in_rule = $3, sign_in_rule_from = $4, sign_in_rule_before = $5, version = version + 1
         where id = $1 and version = $2",
        agency.0,
        can.version(),
        rule as SignInRule,
        from,
        before.on(today) as SignInRule,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if rule == SignInRule::SecondFactor && before.on(today) == SignInRule::Password {
        tell_own_side(tx, from).await?;
    }
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let fields = [
        ("rule for signing in", before.rule.label().to_owned(), rule.label().to_owned()),
        ("first day of the rule", day(before.from), day(Some(from))),
    ];
    audit::note_settings(tx, &fields).await?;
    audit::record(tx, Change::about("changed", "settings").differing(fields)).await
}

/// Everybody whom it concerns hears of it in time.
async fn tell_own_side(tx: &mut AgencyTx, from: NaiveDate) -> Result<(), Error> {
    let agency = tx.agency();
    let people = sqlx::query_scalar!(
        r#"select id as "id: MembershipId" from membership where agency_id = $1 and role <> 'partner' and state = 'active' order by id"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let said =
        format!("From {} on you need a passkey, or codes from an app, to come in here. Set one up on your account page", words::day(from));
    notices::tell(tx, &people, &Notice { kind: "sign_in_rule", said, path: crate::accounts::paths::ACCOUNT.to_owned() }).await
}
