//! `common-table key`: another key for what rests sealed in the database, without a moment in which something does not open. No key
//! is ever printed.

use super::{Fault, database::Ground, say};
use crate::{
    accounts,
    platform::{seal::Keys, settings::Settings, words},
};
use std::path::PathBuf;

const IN_THE_ENVIRONMENT: &str = "The keys stand in SITE_KEY, which this program cannot change. Put them into a file and name it by SITE_KEY_FILE, or do it by hand: the new key first, a comma, the old one.";
const NONE: &str = "There is no key yet. Set SITE_KEY_FILE to a file with one: openssl rand -base64 32 | tr +/ -_";

/// The keys, and the file that they are kept in.
fn kept(settings: &Settings) -> Result<(Keys, PathBuf), Fault> {
    let in_settings = settings.keys.is_some();
    let settings = settings.clone().with_keys()?;
    let keys = settings.keys.ok_or(NONE)?;
    match (settings.key_file, in_settings) {
        (Some(file), _) => Ok((keys, file)),
        (None, false) => Ok((keys, settings.data_dir.join("site-key"))),
        (None, true) => Err(IN_THE_ENVIRONMENT.into()),
    }
}

/// Puts a new key before the others.
pub(super) fn new(settings: &Settings) -> Result<(), Fault> {
    let (keys, file) = kept(settings)?;
    let more = keys.with_fresh();
    more.keep_in(&file).map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    say(&format!(
        "A new key seals once the program has started again; {} open what they sealed. Restart every copy, then run: common-table key drop",
        words::count(i64::try_from(more.count()).unwrap_or(i64::MAX), "key", "keys")
    ));
    Ok(())
}

/// Seals everything by the newest key and throws the others away.
pub(super) async fn drop(settings: &Settings) -> Result<(), Fault> {
    let (keys, file) = kept(settings)?;
    let (anew, lost) = reseal(settings, &keys).await?;
    say(&format!("{} sealed anew.", words::count(i64::try_from(anew).unwrap_or(i64::MAX), "secret was", "secrets were")));
    if lost > 0 {
        return Err(format!(
            "{} by none of the keys; enter what they were again on the pages of their agencies. The older keys stay.",
            words::count(i64::try_from(lost).unwrap_or(i64::MAX), "secret opens", "secrets open")
        )
        .into());
    }
    keys.newest().keep_in(&file).map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    say("The newest key is the only one. Restart every copy of the program.");
    Ok(())
}

async fn reseal(settings: &Settings, keys: &Keys) -> Result<(usize, usize), Fault> {
    let ground = Ground::open(settings).await?;
    let done = async {
        let mut owner = ground.ready_owner().await?;
        let (providers, seeds) = (accounts::reseal(&mut owner, keys).await?, accounts::reseal_seeds(&mut owner, keys).await?);
        Ok::<_, Fault>((providers.0 + seeds.0, providers.1 + seeds.1))
    }
    .await;
    ground.close().await?;
    done
}
