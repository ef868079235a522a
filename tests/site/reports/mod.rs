//! Reports and exports: nothing in a file that was not consented to, every file on the record, jobs that never get lost.

mod columns;
mod consent;
mod files;
mod jobs;

use crate::support::{Site, Visitor};
use common_table::worker;
use std::collections::BTreeMap;

const EXPORTS: &str = "/cedar-river/reports/exports";

/// Somebody asks for an export, and the worker makes it; answers its page.
pub(super) async fn made(site: &Site, who: &Visitor, fields: &[(&str, &str)]) -> String {
    let asked = who.post(EXPORTS, fields).await;
    asked.assert_goes_to(&format!("{EXPORTS}/*")).assert_flash("Export asked for");
    worker::run_due(&site.app).await.unwrap();
    asked.location
}

/// Takes the file of an export, as its page would.
pub(super) async fn taken(who: &Visitor, export: &str) -> String {
    let door = who.post(&format!("{export}/downloads"), &[]).await;
    door.assert_goes_to(&format!("{export}?taking=yes"));
    let page = who.follow(&door).await;
    assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url={export}/file")]);
    let file = who.get(&format!("{export}/file")).await;
    file.assert_status(http::StatusCode::OK);
    file.text
}

/// Makes an export as CSV and takes it: a row is its headings with their cells.
pub(super) async fn rows(site: &Site, who: &Visitor, what: &str) -> Vec<BTreeMap<String, String>> {
    let export = made(site, who, &[("what", what), ("format", "csv")]).await;
    table(&taken(who, &export).await)
}

fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The bytes of an export's file, as they are stored.
async fn stored(site: &Site, export: &str) -> Vec<u8> {
    let id = export.rsplit('/').next().unwrap();
    site.peek(&format!(
        "select string_agg(c.bytes, ''::bytea order by c.n) from export e join file_chunk c on c.file_id = e.file_id where e.id = '{id}'"
    ))
    .await
}

/// Where an export stands.
async fn state(site: &Site, export: &str) -> String {
    let id = export.rsplit('/').next().unwrap();
    site.peek(&format!("select state from export where id = '{id}'")).await
}

/// A session of Cedar River in which statements can be heard.
const SESSION: &str = "018f5e2a-0000-7000-8000-00000000bbbb";

/// Statements of every audience, consent and state, each with words that say what it is: `words audience export state name`.
async fn statements_of_every_kind(site: &Site) {
    site.force(&format!(
        "insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select agency_id, '{SESSION}', 'session', 'Evening at the library', '/cedar-river/sessions/{SESSION}', 'partnership', created_at
         from membership where id = '@staff';
         insert into listening_session (agency_id, id, title, starts_at, zone, recording, state, created_by, created_at)
         select agency_id, '{SESSION}', 'Evening at the library', '2027-02-03 01:00+00', 'America/Chicago', 'notes', 'held', id, created_at
         from membership where id = '@staff';
         create temporary table made as
         select gen_random_uuid() as id, audience, export, state, named
         from unnest(array['author', 'body', 'leadership', 'agency', 'partnership', 'public']) audience, unnest(array[true, false]) export,
              unnest(array['draft', 'with_speaker', 'confirmed', 'corrected', 'struck', 'withdrawn']) state, unnest(array[true, false]) named;
         insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, for_analysts, withdrawn_at, created_at)
         select m.agency_id, t.id, 'statement', 'Statement', '/cedar-river/statements/' || t.id, t.audience, '@kinship', '@parent', t.export,
                case when t.state = 'withdrawn' then m.created_at end, m.created_at
         from made t, membership m where m.id = '@staff';
         insert into statement (agency_id, id, session_id, body_id, words, attribution, shown_as, wanted_audience, may_keep, may_name, may_export,
             state, written_by, created_at, withdrawn_at)
         select m.agency_id, t.id, '{SESSION}', '@kinship', concat_ws(' ', 'words', t.audience, t.export, t.state, t.named), 'named',
                'Dana Whitlock', t.audience, true, t.named, t.export, t.state, m.id, m.created_at,
                case when t.state = 'withdrawn' then m.created_at end
         from made t, membership m where m.id = '@staff'"
    ))
    .await;
}
