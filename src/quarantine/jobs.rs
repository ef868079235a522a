//! Files that came before a scanner was named are scanned by and by; until then nobody has them.

use super::store;
use crate::platform::{
    db::AgencyTx,
    errand::Errand,
    error::Error,
    files::{StoredFile, scanned},
    scanner::{Scanner, Verdict},
};

/// Scans what waits. Where the scanner is away it goes on waiting.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand, scanner: Option<&Scanner>) -> Result<(), Error> {
    let Some(scanner) = scanner else { return Ok(()) };
    for file in waiting(errand).await? {
        let bytes = held(errand, &file).await?;
        let verdict = scanner.ask(&bytes).await;
        let note = async |tx: &mut AgencyTx| match &verdict {
            Verdict::Clean => scanned::clean(tx, file.id).await,
            Verdict::Harmful(finding) => store::erase(tx, &file, finding).await,
            Verdict::Away | Verdict::NotAsked => Ok(()),
        };
        errand.write(async |tx| tx.as_keeper("say what was found in a file", note).await).await?;
        if verdict == Verdict::Away {
            break;
        }
    }
    Ok(())
}

async fn waiting(errand: &Errand) -> Result<Vec<StoredFile>, Error> {
    let mut found = Vec::new();
    let look = async |tx: &mut AgencyTx| {
        found = scanned::waiting(tx).await?;
        Ok(())
    };
    errand.write(async |tx| tx.as_keeper("find files that wait for the scanner", look).await).await?;
    Ok(found)
}

async fn held(errand: &Errand, file: &StoredFile) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let look = async |tx: &mut AgencyTx| {
        bytes = scanned::held(tx, file.id).await?;
        Ok(())
    };
    errand.write(async |tx| tx.as_keeper("hand a file to the scanner", look).await).await?;
    Ok(bytes)
}
