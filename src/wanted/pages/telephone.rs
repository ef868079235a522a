//! What somebody says on the telephone about one thing that waits for them, written down by somebody of the agency: opened by the code
//! of their letter, for half an hour, and marked as such.

use super::super::{forms::CodeForm, paths, store};
use crate::platform::{policy::TakeByTelephone, prelude::*, session::Token};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

pub(super) fn routes() -> Routes {
    let code = Example { who: "staff", path: "", form: "code=@word_code" };
    Routes::new().get(paths::Telephone::PATH, ask).post(paths::Telephone::PATH, open, code).limited(&limits::CODES)
}

#[derive(Template)]
#[template(path = "wanted/telephone.html")]
struct Ask {
    here: Here,
    form: CodeForm,
    problems: Problems,
}

async fn ask(can: Can<TakeByTelephone>, _: paths::Telephone) -> Result<Page<Ask>, Error> {
    Ok(Page(Ask { here: can.here(), form: CodeForm::default(), problems: Problems::default() }))
}

async fn open(can: Can<TakeByTelephone>, _: paths::Telephone, headers: HeaderMap, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok(code) => {
            let token = Token::fresh();
            let open = async |tx: &mut AgencyTx| {
                let (link, what) = store::telephone::open(tx, &can, &code, &token).await?;
                let to = super::place_of(can.slug(), &what, &link);
                Ok(Done::at(to, "").with_cookie(by_letter::word_cookie(&headers, &token)))
            };
            can.write(open).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { here: can.here(), form, problems })
}
