//! Drafts: what somebody has begun to write and not sent. Theirs alone, under the hat they wore; shown again in its own form,
//! never sent by itself, and gone once the form is taken.

use super::{
    db::{AgencyTx, Db, Standing},
    error::Error,
    extract,
    flash::Done,
    ids::MembershipId,
    paging::with_filters,
    screen,
    submission::Submission,
};

/// The pages whose forms can be saved as a draft, below the agency's own, with what each is called; `*` stands for a record.
const PAGES: &[(&str, &str)] = &[
    ("/sessions/new", "A new session"),
    ("/sessions/*/edit", "The plan of a session"),
    ("/sessions/*/supports", "What people need to come to a session"),
    ("/sessions/*/statements", "Words heard in a session"),
    ("/statements/*/mending", "Words to be mended"),
    ("/barriers/new", "A new barrier"),
    ("/barriers/*/edit", "A change to a barrier"),
    ("/plans/new", "A new plan"),
    ("/plans/*/edit", "A change to a plan"),
    ("/goals/new", "A new goal"),
    ("/goals/*/edit", "A change to a goal"),
    ("/loops/new", "Something to raise"),
    ("/loops/*/answer", "An answer"),
];

/// With which records the address of a page can begin its form. Such a form has a draft of its own, beside that of the bare page.
const BEGUN_WITH: &[&str] = &["barrier", "theme", "from", "comment"];

/// One draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The page it waits on.
    pub page: String,
    /// Where its form goes.
    pub action: String,
    /// What it says.
    pub fields: Vec<(String, String)>,
}

/// What a person wants of a draft, as its form says.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    /// The page it belongs to; empty when the form knows no drafts.
    pub(super) page: String,
    /// Save it, or throw it away.
    pub(super) act: Option<Act>,
}

/// What a button of a form does with the draft.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Save(Vec<(String, String)>),
    Discard,
}

impl Wish {
    /// Read from a form's own fields.
    pub(super) fn of(page: String, button: &str, body: &str) -> Self {
        let act = match button {
            "save" => extract::parse::<Vec<(String, String)>>(body).ok().map(|fields| Act::Save(kept(fields))),
            "discard" => Some(Act::Discard),
            _ => None,
        };
        Self { page, act }
    }
}

fn kept(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let ours = |name: &str| matches!(name, "key" | "hat" | "draft" | "draft_page") || name.contains("password");
    fields.into_iter().filter(|(name, _)| !ours(name)).map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect()
}

/// Whether an address is one of a page with drafts.
#[must_use]
pub fn are_kept_at(path: &str) -> bool {
    called(path).is_some()
}

/// The page of a draft without the record that its form was begun with.
pub(super) fn bare(page: &str) -> &str {
    page.split('?').next().unwrap_or_default()
}

/// The page under which the draft of a form at this address is kept: its path, and the record that begins the form.
pub(super) fn page_at(address: &http::Uri) -> String {
    let asked: Vec<(String, String)> = extract::parse(address.query().unwrap_or_default()).unwrap_or_default();
    let begun: Vec<(&str, &str)> = BEGUN_WITH
        .iter()
        .filter_map(|name| asked.iter().find(|(asked, value)| asked == name && value.parse::<uuid::Uuid>().is_ok()))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    with_filters(address.path(), &begun)
}

/// The same for whatever is asked: a form that was sent says it itself.
pub(super) fn page_of(parts: &http::request::Parts) -> String {
    if parts.method == http::Method::GET { page_at(&parts.uri) } else { Submission::of(parts).draft().page.clone() }
}

/// What is written at an address of a page with drafts: "A new goal".
#[must_use]
pub fn called(page: &str) -> Option<&'static str> {
    let (_, below) = bare(page).strip_prefix('/').and_then(|path| path.split_once('/'))?;
    let fits = |page: &str| {
        let page = page.trim_start_matches('/');
        page.split('/').count() == below.split('/').count()
            && page.split('/').zip(below.split('/')).all(|(part, own)| part == "*" || part == own)
    };
    PAGES.iter().find(|(page, _)| fits(page)).map(|(_, words)| *words)
}

/// Saves a draft or throws it away, when that is the button that was pressed; answers where to go then.
pub(super) async fn put(db: &Db, standing: Standing, sent: &Submission, (slug, action): (&str, &str)) -> Result<Option<Done>, Error> {
    let (Some(act), Some(me)) = (sent.draft().act.clone(), standing.membership) else { return Ok(None) };
    let page = sent.draft().page.as_str();
    let is_one = are_kept_at(page) && page.parse().is_ok_and(|address| page_at(&address) == page);
    if !is_one || page.split('/').nth(1) != Some(slug) {
        return Err(Error::Unreadable);
    }
    if let Act::Save(fields) = &act {
        may_be_kept(fields)?;
    }
    let mut tx = db.begin_write(standing).await?;
    discard(&mut tx, me, page).await?;
    let said = match act {
        Act::Save(fields) => {
            save(&mut tx, me, (page, action), &fields).await?;
            "Draft saved. Only you can see it"
        }
        Act::Discard => "Draft thrown away",
    };
    tx.commit().await?;
    Ok(Some(Done::at(page, said)))
}

/// What may not be written down here may not wait here either.
fn may_be_kept(fields: &[(String, String)]) -> Result<(), Error> {
    match fields.iter().find_map(|(_, value)| screen::identifying(value)) {
        Some(found) => Err(Error::refused("", found.message())),
        None => Ok(()),
    }
}

async fn save(tx: &mut AgencyTx, me: MembershipId, (page, action): (&str, &str), fields: &[(String, String)]) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into draft (agency_id, membership_id, page, action, fields, saved_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (agency_id, membership_id, page) do update set action = excluded.action, fields = excluded.fields, saved_at = excluded.saved_at",
        agency.0,
        me.0,
        page,
        action,
        serde_json::json!(fields),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The form was sent, or the draft is not wanted: it goes.
pub(super) async fn discard(tx: &mut AgencyTx, me: MembershipId, page: &str) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from draft where agency_id = $1 and membership_id = $2 and page = $3", agency.0, me.0, page)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The draft that waits at a page whose form can be begun with a record; without one, that of the bare page.
pub(super) async fn find(db: &Db, standing: Standing, page: &str) -> Result<Option<Draft>, Error> {
    let mut tx = db.begin_read(standing).await?;
    let agency = tx.agency();
    let row = sqlx::query!(
        "select page, action, fields from draft where agency_id = $1 and membership_id = $2 and page in ($3, $4)
         order by page = $3 desc limit 1",
        agency.0,
        standing.membership.map(|me| me.0),
        page,
        bare(page),
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| Draft { page: row.page, action: row.action, fields: serde_json::from_value(row.fields).unwrap_or_default() }))
}

#[cfg(test)]
mod tests {
    use super::{are_kept_at, page_at};

    #[test]
    fn only_the_pages_of_long_forms_keep_drafts() {
        for page in ["/cedar/sessions/new", "/cedar/goals/018f/edit", "/cedar/sessions/018f/statements"] {
            assert!(are_kept_at(page), "{page}");
        }
        assert_eq!(super::called("/cedar/barriers/new"), Some("A new barrier"));
        for page in ["/cedar", "/sessions/new", "/cedar/goals/018f", "//evil.example/goals/new/x", "/cedar/settings"] {
            assert!(!are_kept_at(page), "{page}");
        }
    }

    #[test]
    fn a_form_begun_with_a_record_has_a_draft_of_its_own() {
        let id = "018f5e2a-0000-7000-8000-000000000000";
        let at = |query: &str| page_at(&format!("/cedar/loops/new{query}").parse().unwrap_or_default());
        assert_eq!(
            (at(""), at("?page=2"), at("?from=x")),
            ("/cedar/loops/new".into(), "/cedar/loops/new".into(), "/cedar/loops/new".into())
        );
        assert_eq!(at(&format!("?comment={id}&from={id}&page=2")), format!("/cedar/loops/new?from={id}&comment={id}"));
        assert_eq!(super::called(&at(&format!("?from={id}"))), Some("Something to raise"));
    }
}
