//! One’s own word that the second step is not lost: what two people asked, in any place, is over by it.

use super::super::store;
use crate::{accounts::paths, platform::prelude::*};

pub(super) fn routes() -> Routes {
    Routes::new().post(paths::NOT_LOST, stop, Example { who: "staff", path: "", form: "" })
}

async fn stop(who: SignedIn) -> Result<Response, Error> {
    store::stop_lost(&who.app.db, who.found.person.account).await?;
    Ok(Done::at(paths::ACCOUNT, "It is stopped. Your second step stays").into_response())
}
