//! What a destruction under the schedule leaves: that something was, with which body and when; nobody's name.

use crate::{
    retention::{long_ago, proposed},
    support::Site,
};

#[tokio::test]
async fn that_governments_met_stays_and_who_spoke_for_them_goes() {
    let site = Site::open().await;
    long_ago(&site).await;
    let staff = site.visitor("staff").await;
    let met = [
        ("partner", "@tallpine"),
        ("held_on", "2027-01-03"),
        ("went", "@director"),
        ("how", "meeting"),
        ("said", "The council reads the draft"),
        ("government", "yes"),
        ("spoke_ours", "Ondine Marchbanks, director"),
        ("spoke_theirs", "Chairman Cassius Redriver"),
    ];
    let entry = staff.post("/cedar-river/outreach", &met).await;
    let id = entry.made();
    staff.fill(&format!("{}/edit", entry.location), &entry.location, &[("said", "The council has read it")]).await;
    site.force(&format!("update outreach set held_on = '2012-03-04', next_on = null where id = '{id}'")).await;
    let made = proposed(&site, "outreach").await;
    site.visitor("director")
        .await
        .fill(&made.location, "/decision", &[("decision", "destroy"), ("because", "The schedule says so"), ("sure", "yes")])
        .await
        .assert_goes_to(&made.location);
    site.visitor("tribe").await.fill(&made.location, "/word", &[("word", "given")]).await.assert_goes_to(&made.location);
    let row = format!("outreach where id = '{id}' and between_governments and partner_id = '@tallpine' and held_on = '2012-03-04'");
    assert_eq!(site.count(&row).await, 1, "with which Tribe, and when");
    let everywhere: String = site
        .peek(
            "select string_agg(format('select %L as place, t::text as line from %I.%I t', table_name, table_schema, table_name), ' union all ') \
             from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
        )
        .await;
    for name in ["Marchbanks", "Redriver"] {
        let left: Option<String> =
            site.peek(&format!("select string_agg(distinct place, ', ') from ({everywhere}) everywhere where line like '%{name}%'")).await;
        assert_eq!(left, None, "{name}");
    }
}
