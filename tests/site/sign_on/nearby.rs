//! One person, many agencies: what one agency's sign-in opens, and that the agencies of one person learn nothing of each other.

use super::Ground;
use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, PEOPLE},
};
use common_table::platform::access::Need;
use http::StatusCode;

/// Marcus, of Cedar River's staff, speaks there from lived experience too, and is the director of Harbor.
async fn busy(ground: &Ground) {
    ground
        .site
        .force(
            "insert into membership (agency_id, id, account_id, name, role, lived_experience, state, created_at) \
             select agency_id, gen_random_uuid(), account_id, 'Community member', 'partner', true, 'active', created_at from membership where id = '@staff'; \
             insert into membership (agency_id, id, account_id, name, role, state, created_at) \
             select g.id, gen_random_uuid(), m.account_id, 'M. Tellwell', 'director', 'active', m.created_at \
             from membership m, agency g where m.id = '@staff' and g.slug = 'harbor'",
        )
        .await;
}

/// What an answer says, without the parts that are made anew for every page.
fn told(answer: &Answer) -> (StatusCode, String, String) {
    (answer.status, answer.location.clone(), answer.without_keys())
}

#[tokio::test]
async fn an_agencys_sign_in_opens_its_own_side_and_knows_of_nothing_else() {
    let ground = Ground::joined().await;
    busy(&ground).await;
    let marcus = ground.site.stranger();
    ground.come_in(&marcus, "marcus").await.assert_goes_to("/cedar-river/partners");
    let page = marcus.get("/cedar-river/partners/new").await;
    page.assert_page("Add a partner").assert_sees("Marcus Tellwell, staff").assert_never_sees("Change your role");
    let hats = marcus.get("/hats").await;
    hats.assert_sees("Cedar River County").assert_never_sees("Harbor").assert_never_sees("community member");
    marcus.get("/").await.assert_goes_to("/cedar-river");
    // Where they serve, where they do not, and where there is no agency, they read the same.
    let [there, never] = [marcus.get("/harbor").await, marcus.get("/no-such-county").await];
    assert_eq!(there.heading(), "Sign in as yourself");
    assert_eq!(told(&there), told(&never));
    let sent = [("name", "Written there"), ("kind", "court")];
    let [there, never] = [marcus.post("/harbor/partners", &sent).await, marcus.post("/no-such-county/partners", &sent).await];
    assert_eq!((there.status, there.heading()), (StatusCode::FORBIDDEN, "Sign in as yourself".to_owned()));
    assert_eq!(told(&there).2.replace("/harbor/", "/no-such-county/"), told(&never).2);
    // Nothing of the whole account: neither its other sign-ins, nor its password, nor what is joined to it.
    assert_eq!(marcus.get("/account").await.heading(), "Sign in as yourself");
    let identity: String = ground.site.peek("select id::text from sign_on_identity").await;
    for (path, fields) in [
        ("/account/password", vec![("current_password", "common-table-demo"), ("new_password", "five words one after another")]),
        ("/account/sign-ons/delete", vec![("identity", identity.as_str())]),
    ] {
        marcus.post(path, &fields).await.assert_status(StatusCode::FORBIDDEN);
    }
    let wanted: String = ground
        .site
        .peek("select m.id::text from membership m join agency g on g.id = m.agency_id where g.slug = 'harbor' and m.name = 'M. Tellwell'")
        .await;
    marcus.post("/hats", &[("membership", &wanted)]).await.assert_not_found();
    let community: String = ground.site.peek("select id::text from membership where name = 'Community member' and account_id = (select account_id from membership where id = '@staff')").await;
    marcus.post("/hats", &[("membership", &community)]).await.assert_not_found();
    // With a password all of it is theirs.
    let own = ground.site.visitor("staff").await;
    own.get("/hats").await.assert_sees("Harbor County").assert_sees("community member");
    own.get("/harbor").await.assert_status(StatusCode::OK);
}

#[tokio::test]
async fn somebody_with_several_agencies_chooses_one_and_a_link_opens_the_right_one() {
    let site = Site::open().await;
    let sign_in = async |next: &str| -> (Visitor, Answer) {
        let visitor = site.stranger();
        let asked = visitor.get(next).await;
        let form = visitor.follow(&asked).await;
        let next = form.field("next");
        let fields = [("email", "partner@demo.example"), ("password", "common-table-demo"), ("next", next.as_str())];
        let came = visitor.post("/sign-in", &fields).await;
        (visitor, came)
    };
    let (joanna, came) = sign_in("/").await;
    let chooser = joanna.follow(&joanna.follow(&came).await).await;
    chooser.assert_page("Which role do you speak in?").assert_sees("Cedar River County").assert_sees("Harbor County");
    for path in ["/harbor/loops?state=raised", "/cedar-river/partners/@court"] {
        let (joanna, came) = sign_in(path).await;
        came.assert_goes_to(path);
        joanna.follow(&came).await.assert_status(StatusCode::OK);
    }
}

/// A word that stands on every page of one agency, and of which no other may know.
const CEDAR: &[&str] = &["Cedar River", "Kinship Circle", "cedar-river"];
const HARBOR: &[&str] = &["Harbor County", "Harbor Resource Families", "/harbor/"];

#[tokio::test]
async fn the_agencies_of_one_person_learn_nothing_of_each_other() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    // Joanna Littlefield belongs to both. She changes her password, which each agency keeps an entry of, and takes part in both.
    let joanna = site.visitor("partner").await;
    let password = [("current_password", "common-table-demo"), ("new_password", "five words one after another")];
    joanna.post("/account/password", &password).await.assert_goes_to("/account");
    let (ways, _) = atlas::ways(&site).await;
    let pages: Vec<_> = ways.iter().filter(|way| way.is_get() && matches!(way.line.need, Need::May(_))).collect();
    let (mut wrong, mut read) = (Vec::new(), 0);
    for (who, _) in PEOPLE.iter().filter(|(who, _)| *who != "partner") {
        let visitor = site.visitor(who).await;
        for way in pages.iter().filter(|way| way.allowed().contains(who)) {
            let answer = visitor.glance("GET", &way.path).await;
            read += 1;
            wrong.extend(HARBOR.iter().filter(|word| answer.text.contains(**word)).map(|word| format!("{} as {who}: {word}", way.path)));
        }
    }
    for who in ["harbor", "harbor-admin"] {
        let visitor = site.visitor(who).await;
        for way in &pages {
            let answer = visitor.glance("GET", &way.elsewhere("harbor", None)).await;
            // A page that is refused repeats its own address, and nothing else.
            let text = answer.text.replace("/cedar-river/accent", "");
            read += 1;
            wrong.extend(CEDAR.iter().filter(|word| text.contains(**word)).map(|word| format!("{} as {who}: {word}", way.name())));
        }
    }
    assert!(wrong.is_empty(), "{} to mend\n  {}", wrong.len(), wrong.join("\n  "));
    assert!(read > 300, "only {read} pages were read");
    let shared: String = site
        .peek(
            "select coalesce(string_agg(t::text, ' ' order by t::text), '') from (select conrelid::regclass as t from pg_constraint where contype = 'u' \
             and conrelid::regclass::text in ('account', 'agency', 'membership', 'invitation', 'sign_on_identity') \
             and not exists (select from pg_attribute a where a.attrelid = conrelid and a.attname = 'agency_id' and a.attnum = conkey[1])) u",
        )
        .await;
    assert_eq!(shared, "account agency", "unique over all agencies are an account's address and an agency's name in addresses");
}
