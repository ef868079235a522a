//! The rule for signing in, in and out.

use super::forms::Wanted;
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        labels::Label as _,
        policy::{Hat, ManageSettings},
        proof::SignInRule,
        words,
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

/// Who comes in on the agency's own side.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnSide {
    pub(super) people: i64,
    /// Without a second factor when they were last here, or never here.
    pub(super) single: i64,
}

/// Counts them, as the list of members tells it of each.
pub(super) async fn own_side(tx: &mut AgencyTx) -> Result<OwnSide, Error> {
    let agency = tx.agency();
    let counted = sqlx::query_as!(
        OwnSide,
        r#"select count(*) as "people!", count(*) filter (where v.two_factors is not true) as "single!"
           from membership m left join member_seen v on v.agency_id = m.agency_id and v.membership_id = m.id
           where m.agency_id = $1 and m.role <> 'partner' and m.state = 'active'"#,
        agency.0,
    );
    Ok(counted.fetch_one(tx.conn()).await?)
}

/// A rule that holds today lets nobody in who has no second step: whoever sets it has one, and knows whom it keeps out.
async fn ask_first(tx: &mut AgencyTx, sure: bool) -> Result<(), Error> {
    let has_own = sqlx::query_scalar!(
        r#"select exists (select from passkey where account_id = current_account())
               or exists (select from code_seed where account_id = current_account() and confirmed_at is not null) as "own!""#
    );
    if !has_own.fetch_one(tx.conn()).await? {
        let told = "Enter tomorrow or a later day, or set up a second step of your own first: today’s rule would keep you out yourself";
        return Err(Error::refused("from", told));
    }
    let own = own_side(tx).await?;
    if sure || own.single == 0 {
        return Ok(());
    }
    let kept_out = format!("{} of {}", own.single, words::count(own.people, "person", "people"));
    Err(Error::refused("sure", format!("Tick this if the rule is to hold today. It keeps out {kept_out} until they have set up theirs")))
}

/// Sets a rule from a day on; until then the one of today holds.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<ManageSettings>, wanted: Wanted) -> Result<(), Error> {
    let (agency, today, Wanted { rule, from, sure }) = (tx.agency(), tx.today(), wanted);
    let before = find(tx).await?;
    if (before.rule, before.from) == (rule, Some(from)) {
        return Ok(());
    }
    if rule == SignInRule::Sso {
        // Whoever requires it came in by it first, which is asked on its own page; what is set already stays as it is.
        let set = before.rule == SignInRule::Sso;
        return if set { Ok(()) } else { Err(Error::refused("rule", "Require it on the page “Single sign-on” of the settings")) };
    }
    let asks_now = before.on(today) == SignInRule::SecondFactor;
    if rule == SignInRule::SecondFactor && from <= today && !asks_now {
        ask_first(tx, sure).await?;
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
    if let Some(said) = news(&before, wanted, asks_now) {
        tell_own_side(tx, said).await?;
    }
    let day = |day: Option<NaiveDate>| day.map(words::day).unwrap_or_default();
    let fields = [
        ("rule for signing in", before.rule.label().to_owned(), rule.label().to_owned()),
        ("first day of the rule", day(before.from), day(Some(from))),
    ];
    audit::note_settings(tx, &fields).await?;
    audit::record(tx, Change::about("changed", "settings").from_to(&fields)).await
}

/// What its people hear: a rule that comes, another day for it, or that what they were told no longer holds.
fn news(before: &Set, now: Wanted, asks_now: bool) -> Option<String> {
    let from = words::day(now.from);
    let was = (before.rule == SignInRule::SecondFactor).then(|| before.from.map(words::day).unwrap_or_default());
    if before.rule == SignInRule::Sso && now.rule != SignInRule::Sso {
        let then = match now.rule {
            SignInRule::SecondFactor => "Without it you need a passkey, or codes from an app, to come in",
            _ => "A password of your own is enough",
        };
        return Some(format!("From {from} on the agency’s single sign-on is not required here any more. {then}"));
    }
    match (now.rule, was) {
        (SignInRule::SecondFactor, Some(day)) if !asks_now => {
            Some(format!("You need a passkey, or codes from an app, to come in here from {from} on, and no longer from {day}"))
        }
        (SignInRule::SecondFactor, Some(_)) => None,
        (SignInRule::SecondFactor, None) => {
            Some(format!("From {from} on you need a passkey, or codes from an app, to come in here. Set one up on your account page"))
        }
        (_, Some(day)) if !asks_now => Some(format!(
            "What you were told no longer holds: you need no passkey, and no codes from an app, to come in here from {day} on"
        )),
        (_, Some(_)) => Some(format!("From {from} on the rule for coming in here no longer holds: a password is enough")),
        (_, None) => None,
    }
}

/// Everybody whom it concerns hears of it in time.
async fn tell_own_side(tx: &mut AgencyTx, said: String) -> Result<(), Error> {
    let side = [Hat::Director, Hat::Staff, Hat::Analyst, Hat::Administrator];
    notices::tell_hats(tx, &side, None, &Notice { kind: "sign_in_rule", said, path: crate::accounts::paths::ACCOUNT.to_owned() }).await
}
