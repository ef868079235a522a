//! Whom a steward may let in.

use crate::platform::{db::AgencyTx, error::Error, form::Choice, ids::PartnerId, sought::Sought};
use sqlx::types::Json;

/// How many guests a form offers before others are looked for by name.
const MOST: i64 = 100;

/// The people a form offers.
#[derive(Debug, Default)]
pub(in crate::protocols) struct Offer {
    /// The body's own people.
    pub(in crate::protocols) own: Vec<Choice>,
    /// Members of the agency and of other bodies.
    pub(in crate::protocols) guests: Vec<Choice>,
    pub(in crate::protocols) has_more: bool,
    pub(in crate::protocols) words: String,
}

impl Offer {
    /// Somebody was looked for whom nobody is called.
    pub(in crate::protocols) fn is_nothing(&self) -> bool {
        !self.words.is_empty() && self.guests.is_empty()
    }
}

/// The body's people, and guests: directors, staff and analysts of the agency and members of other bodies. Administrators read no
/// partner's words; that somebody speaks from lived experience is theirs to tell, so they are not in a list. `chosen` stays in it.
pub(in crate::protocols) async fn offer(tx: &mut AgencyTx, body: PartnerId, sought: &Sought, chosen: &str) -> Result<Offer, Error> {
    let agency = tx.agency();
    let words = sought.words.trim().to_lowercase();
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(json_build_object('value', o.id, 'label', o.name)), '[]')
                   from (select m.id, m.name from membership m
                         where m.agency_id = $1 and m.partner_id = $2 and m.state in ('invited', 'active', 'suspended') and not m.lived_experience
                         order by m.name, m.id limit 300) o) as "own!: Json<Vec<Choice>>",
                  (select coalesce(json_agg(json_build_object('value', g.id, 'label', g.name || ', ' || g.place)), '[]')
                   from (select m.id, m.name, coalesce(p.name, m.role) as place from membership m
                         left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
                         where m.agency_id = $1 and m.partner_id is distinct from $2 and m.state = 'active' and not m.lived_experience
                           and m.role <> 'administrator' and ($3 = '' or position($3 in lower(m.name)) > 0 or m.id::text = $4)
                         order by m.id::text = $4 desc, m.partner_id is not null, m.name, m.id limit $5::bigint + 1) g) as "guests!: Json<Vec<Choice>>""#,
        agency.0,
        body.0,
        words,
        chosen,
        MOST,
    )
    .fetch_one(tx.conn())
    .await?;
    let mut guests = row.guests.0;
    let has_more = guests.len() > usize::try_from(MOST).unwrap_or(usize::MAX) || !words.is_empty();
    guests.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(Offer { own: row.own.0, guests, has_more, words })
}
