//! How often a page asks the database: a fixed number, however many rows there are, and a small one. The number of each page
//! is printed to `tests/snapshots/queries.txt`, where a page that asks more is one changed line in review.

use crate::support::{
    Site,
    atlas::{self, Way},
    counting,
    printed::assert_printed,
};
use common_table::platform::access::Need;
use http::StatusCode;
use std::fmt::Write as _;

/// A home page asks at most so often.
const HOME: usize = 12;

/// A list waits for the database at most so often: who asks, the beginning, one query, and where words were shown the end.
const LIST: usize = 4;

/// Pages of their own among the addresses that name no record: the first page, oneself, a picture, a look-up beside its form, all that
/// a body keeps, the room that files take.
const NO_LISTS: &[&str] = &[
    "/{agency}",
    "/{agency}/desk",
    "/{agency}/me",
    "/{agency}/me/leaving",
    "/{agency}/our-entry",
    "/{agency}/partners/import",
    "/{agency}/partners/landscape",
    "/{agency}/partners/names",
    "/{agency}/protocols",
    "/{agency}/settings/files",
];

/// Whether a page is a list: it names no record and holds no form alone.
fn is_list(path: &str) -> bool {
    atlas::parameters(path) == ["agency"] && !path.ends_with("/new") && !NO_LISTS.contains(&path)
}

/// Every page that opens, with who opened it and the queries it took.
async fn counted(site: &Site, ways: &[Way]) -> Vec<(String, &'static str, counting::Asked)> {
    let mut all = Vec::new();
    for way in ways.iter().filter(|way| way.is_get() && matches!(way.line.need, Need::May(_))) {
        for who in way.allowed().into_iter().filter(|who| way.line.path == "/{agency}" || *who != "facilitator") {
            let visitor = site.visitor(who).await;
            // Statements are prepared, and the use of the sign-in noted, at the first visit.
            visitor.glance("GET", &way.path).await;
            counting::begin();
            let answer = visitor.glance("GET", &way.path).await;
            let asked = counting::end();
            if answer.status == StatusCode::OK {
                all.push((way.line.path.to_owned(), who, asked));
            }
        }
    }
    all
}

/// Doubles what there is: every record once more, and once more whatever leads to it.
async fn grow(site: &Site) {
    let statements: String = site
        .peek(
            "select string_agg(format('insert into %1$I (%2$s) select %3$s from %1$I t on conflict do nothing', c.table_name, \
                    string_agg_columns, string_agg_values), '; ') \
             from (select table_name, string_agg(quote_ident(column_name::text), ', ' order by ordinal_position) as string_agg_columns, \
                          string_agg(case when column_name = own then format('md5(t.%I::text || ''once more'')::uuid', column_name) \
                                          when column_name in ('token_hash') then 'decode(md5(t.token_hash::text), ''hex'')' \
                                          else 't.' || quote_ident(column_name::text) end, ', ' order by ordinal_position) as string_agg_values \
                   from (select a.*, case when exists (select from information_schema.columns i where i.table_schema = 'public' \
                                and i.table_name = a.table_name and i.column_name = 'id') then 'id' else 'from_id' end as own \
                         from information_schema.columns a where a.table_schema = 'public' and a.is_generated = 'NEVER') own_named \
                   group by table_name having bool_or(column_name = own) and bool_or(column_name = 'agency_id')) c \
             where c.table_name not in ('agency', 'membership', 'invitation', 'file', 'file_chunk', 'job', 'export', 'export_row', 'export_taken', 'recall')",
        )
        .await;
    site.force(&format!("set session_replication_role = replica; {statements}; set session_replication_role = origin; analyze")).await;
}

#[tokio::test]
async fn a_page_asks_equally_often_however_many_rows_there_are() {
    let mut site = Site::alone().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let few = counted(&site, &ways).await;
    let before = (site.count("partner").await, site.count("subject").await);
    grow(&site).await;
    let after = (site.count("partner").await, site.count("subject").await);
    assert_eq!((before.0 * 2, before.1 * 2), after, "it did not grow");
    let many = counted(&site, &ways).await;
    let mut wrong = Vec::new();
    for (path, who, asked) in &few {
        match many.iter().find(|(other, person, _)| other == path && person == who) {
            Some((_, _, more)) if more.queries > asked.queries => {
                wrong.push(format!(
                    "{path} as {who}: {} queries, and {} with twice the rows\n    {}",
                    asked.queries,
                    more.queries,
                    more.words.join("\n    ")
                ));
            }
            Some(_) => {}
            None => wrong.push(format!("{path} as {who} no longer opens")),
        }
        if path == "/{agency}" && asked.queries > HOME {
            wrong.push(format!("{path} as {who}: {} queries, more than {HOME}", asked.queries));
        }
    }
    assert!(wrong.is_empty(), "queries: {} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
}

#[tokio::test]
async fn a_list_waits_for_the_database_four_times_at_most() {
    let mut site = Site::alone().await;
    atlas::complete(&mut site).await;
    let (mut ways, _) = atlas::ways(&site).await;
    ways.retain(|way| is_list(way.line.path));
    let all = counted(&site, &ways).await;
    let mut wrong = Vec::new();
    for (path, who, asked) in &all {
        if asked.round_trips() > LIST {
            wrong.push(format!("{path} as {who}: {} round trips\n    {}", asked.round_trips(), asked.words.join("\n    ")));
        }
    }
    let lists = ["statements", "loops", "partners", "outreach", "sessions", "members", "comments/moderation", "reports/exports"];
    let missed = lists.iter().filter(|list| !all.iter().any(|(path, _, _)| *path == format!("/{{agency}}/{list}")));
    wrong.extend(missed.map(|list| format!("{list} is not among the lists")));
    assert!(wrong.is_empty(), "queries: {} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
}

#[tokio::test]
async fn each_page_asks_as_often_as_printed() {
    let mut site = Site::alone().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    let counted = counted(&site, &ways).await;
    let mut text = String::from(
        "queries, and round trips with a transaction's beginning and the end of one that wrote, of each page (the most that any hat takes)\n\n",
    );
    let mut last = "";
    for (path, _, _) in &counted {
        if path != last {
            let own = || counted.iter().filter(|(other, _, _)| other == path).map(|(_, _, asked)| asked);
            let (queries, trips) = (own().map(|asked| asked.queries).max(), own().map(counting::Asked::round_trips).max());
            let _ = writeln!(text, "{:<64} {:>2} {:>3}", path, queries.unwrap_or_default(), trips.unwrap_or_default());
        }
        last = path;
    }
    assert_printed("queries.txt", &text);
}
