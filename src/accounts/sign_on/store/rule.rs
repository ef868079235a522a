//! Whether an agency's own side has to come in through its provider; the rule itself is asked at the agency's door.

use super::super::model::Required;
use crate::{
    accounts::paths,
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        policy::{Hat, ManageSettings},
    },
};

/// What holds now, and what whoever asks has done themselves.
pub(in super::super) async fn required(tx: &mut AgencyTx) -> Result<Required, Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    Ok(sqlx::query_as!(
        Required,
        r#"select case when g.sign_in_rule_from > $3 then g.sign_in_rule_before else g.sign_in_rule end = 'sso' as "yes!",
                  coalesce(g.sign_in_rule_from > $3, false) as "planned!",
                  exists (select 1 from sign_on_provider p where p.agency_id = g.id and p.active) as "in_use!",
                  exists (select 1 from session s where s.vouched_by = g.id and s.ended_at is null and s.expires_at > $2) as "tried!"
           from agency g where g.id = $1"#,
        agency.0,
        now,
        today,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Of two administrators who change providers or the rule at once, the second sees what the first did.
pub(super) async fn one_at_a_time(tx: &mut AgencyTx) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query_scalar!("select id from agency where id = $1 for update", agency.0).fetch_one(tx.conn()).await?;
    Ok(())
}

/// Requires it from now on, or not any more: then what was asked before is asked again. Nobody requires what they have not come in by
/// themselves: or nobody might be left who could change it back. A rule that is planned for a later day is not lost under way.
pub(in super::super) async fn require(tx: &mut AgencyTx, _: &Can<ManageSettings>, yes: bool) -> Result<(), Error> {
    one_at_a_time(tx).await?;
    let agency = tx.agency();
    let now = required(tx).await?;
    if yes && !(now.in_use && now.tried) {
        return Err(Error::refused("", "Come in through it yourself first: join it on your account page, and sign in by it"));
    }
    if yes && now.planned && !now.yes {
        return Err(Error::refused("", "Another rule is planned for a later day: first set today’s, under “How your people sign in”"));
    }
    let rule = sqlx::query_scalar!(
        "update agency set version = version + 1,
             sign_in_rule_from = case when $3 then null else sign_in_rule_from end,
             sign_in_rule_before = case when $2 and sign_in_rule <> 'sso' then sign_in_rule else sign_in_rule_before end,
             sign_in_rule = case when $2 then 'sso' when sign_in_rule <> 'sso' then sign_in_rule when sign_in_rule_before = 'sso' then 'password'
                 else sign_in_rule_before end
         where id = $1 returning sign_in_rule",
        agency.0,
        yes,
        yes || now.yes,
    )
    .fetch_one(tx.conn())
    .await?;
    if yes != now.yes {
        tell_own_side(tx, &rule).await?;
    }
    let word = |on: bool| if on { "yes" } else { "no" }.to_owned();
    audit::note_settings(tx, &[("single sign-on required", word(now.yes), word(yes))]).await?;
    let said = if yes { "asks its own side for" } else { "does not ask its own side for" };
    audit::record(tx, Change::about(said, "single sign-on")).await
}

/// Everybody whom it concerns hears how they come in from now on.
async fn tell_own_side(tx: &mut AgencyTx, rule: &str) -> Result<(), Error> {
    let said = match rule {
        "sso" => "From now on you come in here through the agency’s single sign-on alone. A password opens nothing of its own side",
        "second_factor" => {
            "The agency’s single sign-on is not required here any more. Without it you need a passkey, or codes from an app, to come in"
        }
        _ => "The agency’s single sign-on is not required here any more: a password of your own is enough",
    };
    let side = [Hat::Director, Hat::Staff, Hat::Analyst, Hat::Administrator];
    let notice = Notice { kind: "sign_in_rule", said: said.to_owned(), path: paths::ACCOUNT.to_owned() };
    notices::tell_hats(tx, &side, None, &notice).await
}
