//! Entries that turn out to be one body: one pair joined, one pair that waits for a steward, one pair nobody has joined yet.

use super::{DemoError, Life};

const PARTNERS: &str = "/cedar-river/partners";

/// The last weeks of the year: somebody cleans up.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(350, 15);
    for (known, name, kind) in [
        ("grange", "Alder Grange", "community"),
        ("grange_again", "The Grange at Alder", "community"),
        ("food_again", "Harvest Table", "community"),
        ("kinship_again", "Kinship Circle of the Cedar Valley", "community"),
    ] {
        let made = life.post("facilitator", PARTNERS, &[("name", name), ("kind", kind), ("counties", "Cedar River")]).await?;
        life.name(known, &made);
    }
    life.day(354, 16);
    join(life, "merge_done", "harvest", "food_again").await?;
    join(life, "merge_proposed", "kinship", "kinship_again").await?;
    let done = life.id("merge_done")?;
    life.note("merge", &done);
    Ok(())
}

async fn join(life: &mut Life, known: &str, kept: &str, gone: &str) -> Result<(), DemoError> {
    let (kept, gone) = (life.id(kept)?, life.id(gone)?);
    let made = life.post("staff", &format!("{PARTNERS}/{kept}/merge"), &[("other", &gone), ("keep", &kept)]).await?;
    life.name(known, &made);
    Ok(())
}
