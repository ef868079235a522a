//! The same after words were taken back, or their readers became fewer: the next request of anybody shows it.

use super::{
    addresses, leaks, looked_at,
    planted::{self, NARROW},
    site_with_ways,
};
use crate::support::Site;
use std::collections::BTreeSet;

/// In how many rows a word stands, asked past every policy of every column there is, files included.
pub(super) async fn places(site: &Site, word: &str) -> i64 {
    let question = format!(
        "select coalesce(sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I t \
         where to_jsonb(t)::text ilike %L', table_name, '%{word}%'), false, true, '')))[1]::text::bigint), 0)::bigint \
         + (select count(*) from file_chunk where encode(bytes, 'escape') ilike '%{word}%') \
         from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    );
    site.peek(&question).await
}

#[tokio::test]
async fn words_taken_back_are_on_no_surface_and_in_no_column() {
    let (site, ways) = site_with_ways().await;
    let mut marks = planted::all(&site).await;
    let (partner, tribe) = (site.visitor("partner").await, site.visitor("tribe").await);
    let statement = &NARROW[3];
    // Somebody copied half of it, with other capitals, into texts of every kind of column.
    site.force(
        "update plan_progress set note = 'They said: QUOKKAAGENCY by the door of the old house on the hill, and more'
         where id = (select id from plan_progress order by id limit 1);
         update partner set communities = array['fine', 'we keep quokkaagency by the door of the old house'] where id = '@court';
         update barrier set description = 'We keep “quokkaagency” by the door of the old house. We said so.' where id = '@barrier_open';
         insert into revision (agency_id, subject_id, version, fields, by_id, created_at)
         select agency_id, '@barrier_open', 99, '[[\"Text\", \"Keep quokkaagency by the door of the old house on\"]]', '@staff', created_at from membership where id = '@staff'",
    )
    .await;
    tribe.post(&format!("{}/withdrawal", statement.path()), &[]).await.assert_goes_to(&statement.path());
    let (comment, asked) = (
        &marks.iter().find(|mark| mark.word == "quokkacomment").unwrap().at[0].1,
        "/cedar-river/loops/018f5e2a-0000-7000-8000-000000000008",
    );
    partner.post(&format!("/cedar-river/comments/{comment}/withdrawal"), &[]).await.assert_flash("Comment taken back; its words are gone");
    partner.post(&format!("{asked}/withdrawal"), &[]).await.assert_flash("Taken back; its words are gone");
    let gone = ["quokkaagency", "quokkacomment", "quokkaloop"];
    for mark in marks.iter_mut().filter(|mark| gone.contains(&mark.word)) {
        mark.readers = BTreeSet::new();
        assert_eq!(places(&site, mark.word).await, 0, "{}", mark.word);
    }
    assert_eq!(site.peek::<String>("select description from barrier where id = '@barrier_open'").await, "[words taken back] We said so.");
    let found = looked_at(&site, &marks, &addresses(&ways, &marks)).await;
    let leaks = leaks(&found, &marks);
    assert!(leaks.is_empty(), "{} leaks\n  {}\n", leaks.len(), leaks.join("\n  "));
    tribe.get(&statement.path()).await.assert_sees("Words copied into the progress of a plan").assert_sees("a mark stands in their place");
}

#[tokio::test]
async fn narrowed_words_leave_the_sight_of_everybody_else_at_once() {
    let (site, ways) = site_with_ways().await;
    let mut marks = planted::all(&site).await;
    let statement = &NARROW[3];
    let choice = [("attribution", "anonymous"), ("audience", "body"), ("uses", "quoted"), ("version", "1")];
    site.visitor("tribe").await.post(&format!("{}/consent", statement.path()), &choice).await.assert_status(http::StatusCode::SEE_OTHER);
    for mark in marks.iter_mut().filter(|mark| mark.word == statement.word) {
        mark.readers = ["tribe"].into();
    }
    let found = looked_at(&site, &marks, &addresses(&ways, &marks)).await;
    let leaks = leaks(&found, &marks);
    assert!(leaks.is_empty(), "{} leaks\n  {}\n", leaks.len(), leaks.join("\n  "));
}
