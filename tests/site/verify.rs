//! `common-table verify`: silent on a year that was lived by the rules, and able to see each rule broken.

use crate::support::Site;
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
    let site = Site::open().await;
    assert_eq!(broken(&site).await, Vec::<String>::new());
}

#[tokio::test]
async fn each_broken_rule_is_seen() {
    let site = Site::open().await;
    for (harm, told) in [
        ("update file_chunk set bytes = bytes || 'x'::bytea where n = 0", "a stored file is not whole"),
        ("delete from audit where subject_id = '@court'", "a record was made without an entry in the audit trail"),
        ("update export set state = 'void' where file_id is not null", "an export and its file do not agree"),
        ("update idempotency set redirect = ''", "a form was taken but its answer was not kept"),
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
