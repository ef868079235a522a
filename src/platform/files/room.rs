//! How much the files of an agency, and those of one person, may take together. Added up from the files themselves, in the transaction
//! that stores one: whoever stores at the same time waits, so two never pass together. A file that goes gives its room back.

use crate::platform::{db::AgencyTx, error::Error, ids::MembershipId, words};

/// How much there may be, and how much there is, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// The files of the agency's own side together.
    pub most: i64,
    /// Those of one person.
    pub most_person: i64,
    /// What the agency's own side takes.
    pub taken: i64,
    /// What the person takes who was asked about.
    own: i64,
    /// They are of the agency's own side.
    own_side: bool,
}

/// What one person of the agency's own side takes.
#[derive(Debug, Clone)]
pub struct Held {
    /// Who.
    pub name: String,
    /// How much, in bytes.
    pub taken: i64,
}

/// So many people are named.
const FEW: i64 = 10;

/// Refuses when the files of this person, or of the agency, take more than they may by now.
pub(super) async fn keep_within(tx: &mut AgencyTx, owner: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("add up what the files take", async |tx| {
        sqlx::query!("select pg_advisory_xact_lock(hashtextextended('files ' || $1, 0))", agency.0.to_string()).execute(tx.conn()).await?;
        // Another statement than the lock: it sees what was stored while this one waited.
        let room = add_up(tx, Some(owner)).await?;
        if room.own > room.most_person {
            return Err(Error::refused("", full("what one person keeps", room.most_person)));
        }
        if room.own_side && room.taken > room.most {
            return Err(Error::refused("", full("what the agency keeps", room.most)));
        }
        Ok(())
    })
    .await
}

fn full(whose: &str, most: i64) -> String {
    format!(
        "There is no room for this file: {whose} in files may take {} together. A list that is brought in or dropped gives its room back, and an export after seven days",
        words::size(most)
    )
}

/// What the agency's own side may keep and keeps, and who of it keeps most. What a body's stewards took of their own is not among it:
/// an agency whose room is full keeps nobody from their own words, and learns nothing of what they took.
///
/// # Errors
/// When the database is away.
pub async fn look(tx: &mut AgencyTx) -> Result<(Room, Vec<Held>), Error> {
    let (agency, mut found) = (tx.agency(), None);
    tx.as_keeper("add up what the files take", async |tx| {
        let room = add_up(tx, None).await?;
        let held = sqlx::query_as!(
            Held,
            r#"select m.name, sum(f.size)::bigint as "taken!"
               from file f join membership m on m.agency_id = f.agency_id and m.id = f.owner_id
               where f.agency_id = $1 and m.role <> 'partner'
               group by m.id, m.name having sum(f.size) > 0 order by 2 desc, m.name, m.id limit $2"#,
            agency.0,
            FEW,
        )
        .fetch_all(tx.conn())
        .await?;
        found = Some((room, held));
        Ok(())
    })
    .await?;
    found.ok_or_else(|| Error::internal("nothing was added up"))
}

async fn add_up(tx: &mut AgencyTx, owner: Option<MembershipId>) -> Result<Room, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Room,
        r#"select g.files_most as most, g.files_most_person as most_person,
                  coalesce((select sum(f.size) from file f join membership m on m.agency_id = f.agency_id and m.id = f.owner_id
                            where f.agency_id = $1 and m.role <> 'partner'), 0)::bigint as "taken!",
                  coalesce((select sum(f.size) from file f where f.agency_id = $1 and f.owner_id = $2), 0)::bigint as "own!",
                  exists (select 1 from membership m where m.agency_id = $1 and m.id = $2 and m.role <> 'partner') as "own_side!"
           from agency g where g.id = $1"#,
        agency.0,
        owner.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?)
}
