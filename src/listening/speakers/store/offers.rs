//! What the form of a card offers: members it may be joined to, the agency's rule for people under 18, its consent table.

use crate::{
    consent::{Use, Uses},
    listening::speakers::model::Card,
    platform::{db::AgencyTx, error::Error, form::Choice, ids::SubjectId, labels::Label as _},
};

/// Members of partners whom a card may be joined to. People with lived experience stand here under their own name only for
/// those they work with, and not at all for others. The co-host's people are offered their own, and whom a card names already.
pub(in super::super) async fn members(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Choice>, Error> {
    let (agency, body) = (tx.agency(), tx.standing().body);
    let rows = sqlx::query!(
        r#"select m.id, coalesce(i.name, m.name) as "name!", p.name as "body?"
           from membership m
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.role = 'partner' and m.state = 'active' and (not m.lived_experience or i.name is not null)
             and ($2::uuid is null or m.partner_id = $2 or i.name is not null or exists (select 1 from speaker sp
                  where sp.agency_id = $1 and sp.session_id = $3 and sp.membership_id = m.id))
           order by p.sort_name nulls last, m.name, m.id limit 500"#,
        agency.0,
        body.map(|id| id.0),
        session.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Choice::new(row.id.to_string(), row.body.map_or_else(|| row.name.clone(), |body| format!("{}, {body}", row.name))))
        .collect())
}

/// The agency's rule for people under 18; nothing while it is not set.
///
/// # Errors
/// When the database refuses.
pub async fn minors_rule(tx: &mut AgencyTx) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select nullif(minors_rule, '') from agency where id = $1", agency.0).fetch_one(tx.conn()).await?)
}

/// The answers of the card, each with what the agency's table makes of it today.
pub(in super::super) async fn table(tx: &mut AgencyTx) -> Result<Vec<(Card, Uses)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select c.card as "card!", coalesce(array(select jsonb_array_elements_text(a.card_table -> c.card)), '{}') as "uses!"
           from agency a, unnest(array['without_name', 'with_name']) c (card) where a.id = $1"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let uses = |card: &Card| rows.iter().find(|row| row.card == card.as_str()).map(|row| Uses::of(&row.uses));
    Ok(Card::ALL.iter().map(|card| (*card, uses(card).unwrap_or_default())).collect())
}

/// The same, as choices of a form.
pub(in super::super) async fn answers(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let table = table(tx).await?;
    Ok(table.into_iter().map(|(card, uses)| Choice::new(card.as_str(), card.label()).hint(allows(uses))).collect())
}

/// What a card allows, as a sentence about the words.
pub(in super::super) fn allows(uses: Uses) -> String {
    let allowed: Vec<&str> = Use::ALL.iter().filter(|one| uses.allows(**one)).map(|one| one.label()).collect();
    match allowed.as_slice() {
        _ if !uses.kept => "Nothing that is said is written down.".to_owned(),
        [one] => format!("The words may {one}, and nothing else."),
        [many @ .., last] => format!("The words may {}, and {last}. Nothing else.", many.join(", ")),
        [] => String::new(),
    }
}
