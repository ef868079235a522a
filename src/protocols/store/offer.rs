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
    /// Other bodies, whose people may be let in as a whole.
    pub(in crate::protocols) bodies: Vec<Choice>,
    pub(in crate::protocols) has_more: bool,
    pub(in crate::protocols) words: String,
}

impl Offer {
    /// Somebody was looked for whom nobody is called.
    pub(in crate::protocols) fn is_nothing(&self) -> bool {
        !self.words.is_empty() && self.guests.is_empty() && self.bodies.is_empty()
    }
}

/// The body's people, and guests: directors, staff and analysts of the agency, members of other bodies, and other bodies as a whole, as
/// far as the steward can see their entries. Administrators read no partner's words; that somebody speaks from lived experience is
/// theirs to tell, so they are not in a list. Of the two `chosen`, a guest and a body, each stays in its list.
pub(in crate::protocols) async fn offer(
    tx: &mut AgencyTx,
    body: PartnerId,
    sought: &Sought,
    (guest, guest_body): (&str, &str),
) -> Result<Offer, Error> {
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
                         left join subject e on e.agency_id = m.agency_id and e.id = m.partner_id
                         where m.agency_id = $1 and m.partner_id is distinct from $2 and m.state = 'active' and not m.lived_experience
                           and m.role <> 'administrator' and (m.partner_id is null or e.id is not null) and ($3 = '' or position($3 in lower(m.name)) > 0 or m.id::text = $4)
                         order by m.id::text = $4 desc, m.partner_id is not null, m.name, m.id limit $5::bigint + 1) g) as "guests!: Json<Vec<Choice>>",
                  (select coalesce(json_agg(json_build_object('value', b.id, 'label', b.name)), '[]')
                   from (select p.id, p.name from partner p join subject e on e.agency_id = p.agency_id and e.id = p.id
                         where p.agency_id = $1 and p.id <> $2 and p.merged_into is null
                           and ($3 = '' or position($3 in lower(p.name)) > 0 or p.id::text = $6)
                         order by p.id::text = $6 desc, p.is_tribe desc, p.sort_name, p.id limit $5::bigint + 1) b) as "bodies!: Json<Vec<Choice>>""#,
        agency.0,
        body.0,
        words,
        guest,
        MOST,
        guest_body,
    )
    .fetch_one(tx.conn())
    .await?;
    let (mut guests, mut bodies, most) = (row.guests.0, row.bodies.0, usize::try_from(MOST).unwrap_or(usize::MAX));
    let has_more = guests.len() > most || bodies.len() > most || !words.is_empty();
    guests.truncate(most);
    bodies.truncate(most);
    Ok(Offer { own: row.own.0, guests, bodies, has_more, words })
}
