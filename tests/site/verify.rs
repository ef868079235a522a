//! `common-table verify`: silent on a year that was lived by the rules, and able to see each rule broken.

use crate::{reports::made, support::Site};
use common_table::{
    platform::{errand::Errand, ids::AgencyId},
    verify,
};

async fn broken(site: &Site) -> Vec<String> {
    let agency: uuid::Uuid = site.peek("select id from agency where slug = 'cedar-river'").await;
    verify::broken(&Errand::of_agency(site.app.db.clone(), (AgencyId(agency), chrono_tz::Tz::UTC))).await.unwrap()
}

#[tokio::test]
async fn the_year_that_was_lived_breaks_no_rule() {
    let site = Site::alone().await;
    assert_eq!(broken(&site).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_question_raised_from_a_statement_leaves_in_a_sound_export() {
    let site = Site::alone().await;
    site.force(
        "update statement set may_export = true where id = '@quoted_statement'; \
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at) \
         select m.agency_id, '@loop_answered', '@quoted_statement', 'raised_from', m.id, m.created_at from membership m where m.id = '@staff'; \
         update subject set audience = 'partnership' where id = '@loop_answered'",
    )
    .await;
    let before = broken(&site).await;
    let export = made(&site, &site.visitor("director").await, &[("what", "loops"), ("format", "csv")]).await;
    let id = export.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("export_row where export_id = '{id}' and subject_id = '@quoted_statement' and not words")).await, 1);
    assert_eq!(broken(&site).await, before, "what a question was raised from is no row of the table");
}

#[tokio::test]
async fn each_broken_rule_is_seen() {
    let site = Site::alone().await;
    for (harm, told) in [
        ("update file_chunk set bytes = bytes || 'x'::bytea where n = 0", "a stored file is not whole"),
        ("delete from audit where subject_id = '@court'", "a record was made without an entry in the audit trail"),
        ("update export set state = 'void' where file_id is not null", "an export and its file do not agree"),
        ("update idempotency set redirect = ''", "a form was taken but its answer was not kept"),
        (
            "update comment set protocols = null where id = '@protected'",
            "a record or comment says otherwise of its protocols and labels than they do",
        ),
        (
            "update legal_hold set lifted_at = now(), lifted_by = set_by, end_at = now(), end_by = set_by where id = '@hold'",
            "a hold was confirmed or ended by one person alone",
        ),
        ("alter table partner no force row level security", "a table of the agency stands outside forced row security"),
        (
            "alter table outreach disable trigger all; update outreach set partner_id = gen_random_uuid()",
            "outreach_agency_id_partner_id_fkey points at nothing in its agency",
        ),
    ] {
        site.force(harm).await;
        let found = broken(&site).await;
        assert!(found.iter().any(|line| line.starts_with(told)), "{told}: {found:?}");
    }
}
