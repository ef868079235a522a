//! Notices of the agency: the only thing it may put beside what a body's people contributed.

use super::super::{
    forms::NoticeForm,
    model::{Item, Mark, NoticeKind},
    paths, store,
};
use crate::platform::{policy::PutNotices, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::NewNotice::PATH, new)
        .post(paths::Notices::PATH, put, example("", "item=@court&kind=open_to_collaborate&words=We+would+like+to+ask+you+first"))
        .post(paths::NoticeGone::PATH, end, example("notice=@label_notice", ""))
}

#[derive(Template)]
#[template(path = "protocols/notice.html")]
struct NoticePage {
    here: Here,
    item: Item,
    /// Notices that stand there already.
    notices: Vec<Mark>,
    form: NoticeForm,
    problems: Problems,
}

async fn page(can: &Can<PutNotices>, form: NoticeForm) -> Result<NoticePage, Error> {
    let id = form.item.parse::<uuid::Uuid>().map_err(|_| Error::NotFound)?;
    let (item, marked) = can.read(async |tx| Ok((store::item(tx, id).await?, store::marks_of(tx, id, None).await?))).await?;
    let notices = marked.list.into_iter().filter(Mark::is_notice).collect();
    Ok(NoticePage { here: can.here(), item, notices, form, problems: Problems::default() })
}

async fn new(can: Can<PutNotices>, at: paths::NewNotice) -> Result<Page<NoticePage>, Error> {
    Ok(Page(page(&can, NoticeForm { item: at.item.to_string(), ..NoticeForm::default() }).await?))
}

async fn put(can: Can<PutNotices>, _: paths::Notices, Form(form): Form<NoticeForm>) -> Result<Response, Error> {
    let now = page(&can, form).await?;
    let written = match now.form.parse() {
        Ok(notice) => {
            let put = async |tx: &mut AgencyTx| {
                store::put_notice(tx, &can, &notice).await?;
                Ok(Done::at(now.item.path.clone(), "Notice put. It stands there as the agency’s"))
            };
            can.write(put).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| NoticePage { problems, ..now })
}

async fn end(can: Can<PutNotices>, at: paths::NoticeGone) -> Result<Response, Error> {
    let (notice, item) = can
        .read(async |tx| {
            let notice = store::find_notice(tx, at.notice).await?;
            let item = store::item(tx, notice.item).await?;
            Ok((notice, item))
        })
        .await?;
    let end = async |tx: &mut AgencyTx| {
        store::end_notice(tx, &can, &notice).await?;
        Ok(Done::at(item.path.clone(), "Notice taken away"))
    };
    can.write(end).await
}
