//! A protocol on several things at once, another body's people as guests, and stewards who decide at the same moment.

use crate::support::{Site, Visitor, refused, standstill::Standstill};
use chrono::{DateTime, Utc};

const OURS: &str = "/cedar-river/protocols";
const PROTECTION: &str = "/cedar-river/desk/protection";
const READERS: &str = "/cedar-river/protocols/@protocol/readers";
const ENTRY: &str = "/cedar-river/partners/@tallpine";
const ASKED: &str = "Asked. It acts once a second steward says yes; all stewards see it";
const WORDS: &str = "The names of those who decide are known to the elders";

async fn two_stewards(site: &Site) -> (Visitor, Visitor) {
    let thomas = site.visitor("tribe").await;
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "yes")]).await;
    (thomas, site.visitor("ruth").await)
}

/// Statements of the Tribe that the director reads.
async fn read_by_the_director(site: &Site, number: usize) -> Vec<String> {
    let (tribe, director) = (site.visitor("tribe").await, site.visitor("director").await);
    let page = tribe.get("/cedar-river/desk/lists/statements?state=stands").await;
    let links = page.attributes("ul.picks a", "href");
    let mut found = Vec::new();
    for id in links.iter().filter_map(|href| href.rsplit('/').next()) {
        if director.glance("GET", &format!("/cedar-river/statements/{id}")).await.status.is_success() {
            found.push(id.to_owned());
        }
    }
    found.truncate(number);
    assert_eq!(found.len(), number, "the demonstration has too few");
    found
}

fn choosing<'a>(records: &'a [String], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = records.iter().map(|id| ("record", id.as_str())).collect();
    fields.extend(more);
    fields
}

#[tokio::test]
async fn a_steward_puts_a_protocol_on_several_things_at_once() {
    let site = Site::open().await;
    let chosen = read_by_the_director(&site, 2).await;
    let (thomas, ruth) = two_stewards(&site).await;
    let query = chosen.iter().map(|id| format!("record={id}")).collect::<Vec<_>>().join("&");
    let asks = thomas.get(&format!("{PROTECTION}?{query}")).await;
    asks.assert_page("Put a protocol on these?").assert_sees("Kept by the council of elders");
    thomas.post(PROTECTION, &choosing(&chosen, &[])).await.assert_problem("protocol", "Choose the protocol");
    site.force("delete from notice").await;
    let office = [("protocol", "@protocol_second")];
    thomas.post(PROTECTION, &choosing(&chosen, &office)).await.assert_flash("2 things carry it from now on");
    for id in &chosen {
        let page = format!("/cedar-river/statements/{id}");
        ruth.get(&page).await.assert_sees("For our own office first");
        for who in ["director", "staff", "analyst", "partner"] {
            site.visitor(who).await.get(&page).await.assert_not_found();
        }
        assert_eq!(site.peek::<i16>(&format!("select protocols from subject where id = '{id}'")).await, 1);
    }
    assert_eq!(site.count("notice where membership_id = '@tribe_member'").await, 1, "told once, however many they are");
    thomas.post(PROTECTION, &choosing(&chosen, &office)).await.assert_flash("They carry it already");
    // Another body's steward: neither on ours, nor ours on theirs; nobody of the agency at all.
    let joanna = site.visitor("partner").await;
    joanna.post(PROTECTION, &choosing(&chosen, &office)).await.assert_not_found();
    let own = joanna.get("/cedar-river/desk/lists/statements?state=stands").await.attributes("ul.picks a", "href");
    let own: Vec<String> = own.iter().filter_map(|href| href.rsplit('/').next()).take(1).map(str::to_owned).collect();
    joanna.post(PROTECTION, &choosing(&own, &office)).await.assert_problem("protocol", "Choose the protocol");
    for who in ["director", "staff", "analyst", "admin", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(PROTECTION).await.assert_not_allowed();
        visitor.post(PROTECTION, &choosing(&chosen, &office)).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn where_any_protocol_is_enough_one_more_waits_for_the_second_steward_also_among_several() {
    let site = Site::open().await;
    let mut chosen = read_by_the_director(&site, 1).await;
    chosen.push(site.id("protected"));
    let (thomas, ruth) = two_stewards(&site).await;
    site.force("update protected_item set all_of = false where item_id = '@protected'").await;
    let office = [("protocol", "@protocol_second")];
    let half = "1 thing carries it from now on. Where it would let more people read, it waits for a second steward";
    thomas.post(PROTECTION, &choosing(&chosen, &office)).await.assert_flash(half);
    let carried = async |item: &str| site.count(&format!("item_protocol where item_id = '{item}'")).await;
    assert_eq!((carried(&chosen[0]).await, carried("@protected").await), (1, 1), "what narrows acts, what widens waits");
    thomas.post(PROTECTION, &choosing(&chosen[1..], &office)).await.assert_flash("1 thing waits for it until a second steward says yes");
    let newest = "select id::text from protocol_request where what = 'put' order by created_at desc, id desc limit 1";
    let asked = format!("{OURS}/requests/{}", site.peek::<String>(newest).await);
    thomas.post(&asked, &[("word", "approve")]).await.assert_problem("", "Leave the second word to another steward");
    ruth.post(&asked, &[("word", "approve")]).await.assert_flash("Approved. It acts from now on");
    assert_eq!(carried("@protected").await, 2);
}

#[tokio::test]
async fn a_steward_takes_a_protocol_off_several_things_at_once_and_two_where_there_are_two() {
    const OFF: &str = "/cedar-river/desk/protection/delete";
    let site = Site::open().await;
    let chosen = read_by_the_director(&site, 2).await;
    let thomas = site.visitor("tribe").await;
    let (office, sure) = (("protocol", "@protocol_second"), ("sure", "yes"));
    let carrying = async || site.count(&format!("item_protocol where item_id in ('{}', '{}')", chosen[0], chosen[1])).await;
    let director_reads = async || {
        let director = site.visitor("director").await;
        let mut read = 0;
        for id in &chosen {
            read += usize::from(director.glance("GET", &format!("/cedar-river/statements/{id}")).await.status.is_success());
        }
        read
    };
    thomas.post(PROTECTION, &choosing(&chosen, &[office])).await.assert_flash("2 things carry it from now on");
    assert_eq!((carrying().await, director_reads().await), (2, 0));
    let query = chosen.iter().map(|id| format!("record={id}")).collect::<Vec<_>>().join("&");
    thomas.get(&format!("{OFF}?{query}")).await.assert_page("Take a protocol off these?").assert_sees("For our own office first");
    let refused = thomas.post(OFF, &choosing(&chosen, &[])).await;
    refused.assert_problem("protocol", "Choose the protocol").assert_problem("sure", "Tick that more people may read them then");
    thomas.post(OFF, &choosing(&chosen, &[("protocol", "@protocol"), sure])).await.assert_flash("None of them carries it");
    assert_eq!(carrying().await, 2);
    // Neither another body's steward nor anybody of the agency.
    site.visitor("partner").await.post(OFF, &choosing(&chosen, &[office, sure])).await.assert_not_found();
    for who in ["director", "staff", "analyst", "admin", "parent"] {
        site.visitor(who).await.post(OFF, &choosing(&chosen, &[office, sure])).await.assert_not_allowed();
    }
    // Alone, a steward does it at once.
    thomas.post(OFF, &choosing(&chosen, &[office, sure])).await.assert_flash("2 things do not carry it any more");
    assert_eq!((carrying().await, director_reads().await), (0, 2));
    assert_eq!(site.count("audit where action = 'took off several items' and detail = '2 items'").await, 1);
    // Beside a second one it waits, asked once for each thing and told once.
    thomas.post(PROTECTION, &choosing(&chosen, &[office])).await.assert_flash("2 things carry it from now on");
    let (thomas, ruth) = two_stewards(&site).await;
    site.force("delete from told_by_hand; delete from notice").await;
    let waits = "2 things keep it until a second steward says yes";
    thomas.post(OFF, &choosing(&chosen, &[office, sure])).await.assert_flash(waits);
    assert_eq!((carrying().await, director_reads().await), (2, 0));
    assert_eq!(site.count("notice where membership_id = '@tribe_member'").await, 1);
    let again = thomas.post(OFF, &choosing(&chosen, &[office, sure])).await;
    again.assert_flash("None of them carries it, or a second steward was asked already");
    let asked: String =
        site.peek(&format!("select id::text from protocol_request where what = 'take_off' and item_id = '{}'", chosen[0])).await;
    assert_eq!(site.count("protocol_request where what = 'take_off' and state = 'waiting'").await, 2);
    thomas
        .post(&format!("{OURS}/requests/{asked}"), &[("word", "approve")])
        .await
        .assert_problem("", "Leave the second word to another steward");
    ruth.post(&format!("{OURS}/requests/{asked}"), &[("word", "approve")]).await.assert_flash("Approved. It acts from now on");
    assert_eq!((carrying().await, director_reads().await), (1, 1));
}

async fn reads(site: &Site, who: &str) -> bool {
    site.visitor(who).await.get(ENTRY).await.text.contains(WORDS)
}

#[tokio::test]
async fn another_bodys_people_are_guests_until_a_day_and_their_steward_may_take_them_out() {
    let site = Site::open().await;
    site.force("update comment set audience = 'partnership' where id = '@protected'").await;
    let (kinship, until) = (site.peek::<String>("select name from partner where id = '@kinship'").await, "2027-04-30");
    assert!(!reads(&site, "partner").await);
    let (thomas, ruth) = two_stewards(&site).await;
    let offered = thomas.get(READERS).await.attributes("#guest_body option", "value");
    assert!(offered.contains(&site.id("kinship")) && !offered.contains(&site.id("tallpine")), "other bodies, and not one’s own");
    thomas.post(READERS, &[("guest_body", "@kinship"), ("until", until)]).await.assert_flash(ASKED);
    assert!(!reads(&site, "partner").await, "two stewards widen");
    let newest = "select id::text from protocol_request where what = 'readers' order by created_at desc, id desc limit 1";
    let asked = format!("{OURS}/requests/{}", site.peek::<String>(newest).await);
    ruth.get(&asked).await.assert_sees(&kinship).assert_sees("30 April 2027");
    ruth.post(&asked, &[("word", "approve")]).await.assert_flash("Approved. It acts from now on");
    assert!(reads(&site, "partner").await);
    assert!(!reads(&site, "staff").await && !reads(&site, "admin").await, "and nobody else by it");
    thomas.get(&format!("{OURS}/@protocol")).await.assert_sees(&format!("The people of {kinship}")).assert_sees("Rosalind Achterberg");
    // A guest sees under what they read, and of its readers only their own body.
    let joanna = site.visitor("partner").await;
    let seen = joanna.get(&format!("{OURS}/@protocol")).await;
    seen.assert_sees(&format!("The people of {kinship}"))
        .assert_never_sees("Rosalind Achterberg")
        .assert_never_sees("It was given to us so");
    // After the last day it is over, to the minute.
    let ends: DateTime<Utc> = site.peek("select ends_at from protocol_reader where guest_body_id = '@kinship'").await;
    site.clock.put(ends - chrono::Duration::seconds(1));
    site.force("update session set expires_at = '2030-01-01'").await;
    assert!(reads(&site, "partner").await);
    site.clock.put(ends);
    assert!(!reads(&site, "partner").await);
    site.visitor("partner").await.get(&format!("{OURS}/@protocol")).await.assert_not_found();
}

#[tokio::test]
async fn a_guest_bodys_steward_takes_their_people_out_and_nobody_else_of_them_does() {
    let site = Site::open().await;
    site.force("update comment set audience = 'partnership' where id = '@protected'").await;
    site.visitor("tribe")
        .await
        .post(READERS, &[("guest_body", "@kinship")])
        .await
        .assert_flash("Done. You are the only steward, so it acts at once");
    assert!(reads(&site, "partner").await);
    let reader: String = site.peek("select id::text from protocol_reader where guest_body_id = '@kinship'").await;
    let out = format!("{OURS}/@protocol/readers/{reader}/delete");
    site.force("update membership set steward = false where id = '@partner'").await;
    site.visitor("partner").await.post(&out, &[]).await.assert_not_found();
    site.force("update membership set steward = true where id = '@partner'").await;
    site.visitor("partner").await.post(&out, &[]).await.assert_goes_to(OURS);
    assert!(!reads(&site, "partner").await);
}

#[tokio::test]
async fn a_body_that_is_joined_to_a_guest_comes_under_nothing_until_the_stewards_let_it_in() {
    let site = Site::open().await;
    site.force(
        "update comment set audience = 'partnership' where id = '@protected'; update merge set state = 'undone' where state = 'proposed'",
    )
    .await;
    let alone = "Done. You are the only steward, so it acts at once";
    let tribe = site.visitor("tribe").await;
    tribe.post(READERS, &[("guest_body", "@casa")]).await.assert_flash(alone);
    let asked = site.visitor("staff").await.post("/cedar-river/partners/@casa/merge", &[("other", "@kinship"), ("keep", "@casa")]).await;
    asked.assert_goes_to("/cedar-river/partners/merges/*");
    site.visitor("partner").await.fill(&asked.location, "/word", &[("word", "given")]).await.assert_goes_to(&asked.location);
    assert_eq!(site.count("partner where id = '@kinship' and merged_into = '@casa'").await, 1);
    assert!(!reads(&site, "partner").await, "whose entry leads to a guest’s is no guest");
    tribe.post(READERS, &[("guest", "@partner")]).await.assert_flash(alone);
    assert!(reads(&site, "partner").await);
}

/// Who cannot stand on the list cannot be let in by a number either, and the answer does not tell who is there.
#[tokio::test]
async fn the_list_of_guests_shows_and_takes_only_whom_the_steward_may_know() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let joanna: String = site.peek("select name from membership where id = '@partner'").await;
    let kinship: String = site.peek("select name from partner where id = '@kinship'").await;
    tribe.get(READERS).await.assert_sees(&joanna).assert_sees(&kinship);
    site.force("update subject set audience = 'agency' where id = '@kinship'").await;
    for page in [READERS, "/cedar-river/protocols/new"] {
        tribe.get(page).await.assert_never_sees(&kinship).assert_never_sees(&joanna);
    }
    let nobody = "018f5e2a-0000-7000-8000-0000000000ff";
    let told = async |field: &str, who: &str| tribe.post(READERS, &[(field, who)]).await.without_keys().replace(&site.path(who), "");
    for (field, message, hidden) in [
        ("guest", "Choose somebody of the list", vec!["@partner", "@parent", "@admin"]),
        ("guest_body", "Choose one of the list", vec!["@kinship", "@tallpine"]),
    ] {
        tribe.post(READERS, &[(field, nobody)]).await.assert_problem(field, message);
        let never = told(field, nobody).await;
        for who in hidden {
            assert_eq!(told(field, who).await, never, "{who}");
        }
    }
    assert_eq!(site.count("protocol_reader where protocol_id = '@protocol'").await, 1);
    // Past every page.
    let by_hand = "insert into protocol_reader (id, protocol_id, body_id, guest_body_id, added_by, created_at) \
        values ('018f5e2a-0000-7000-8000-00000000cccc', '@protocol', '@tallpine', '@kinship', current_membership(), now())";
    for (who, hat) in
        [("admin", "administrator"), ("staff", "staff"), ("director", "director"), ("partner", "partner"), ("tribe_member", "partner")]
    {
        refused(&format!("{who} lets a body in"), site.attempt(who, hat, by_hand).await);
    }
    refused(
        "moved to another body",
        site.attempt("partner", "partner", "update protocol_reader set guest_body_id = '@kinship', membership_id = null").await,
    );
}

/// The second word is said twice at the same moment, once yes and once no: both requests have read that it waits and stand before the
/// same row when it is let go.
#[tokio::test]
async fn of_two_words_at_the_same_moment_one_counts() {
    let site = Site::alone().await;
    let (thomas, _) = two_stewards(&site).await;
    thomas.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
    let id: String = site.peek("select id::text from protocol_request where what = 'end' and state = 'waiting'").await;
    let (yes, no) = (site.visitor("ruth").await, site.visitor("ruth").await);
    let mut held = Standstill::at(&site, &format!("select 1 from protocol_request where id = '{id}' for update")).await;
    let request = format!("{OURS}/requests/{id}");
    let (approved, refused, ()) = tokio::join!(
        yes.try_post(&request, &[("word", "approve")]),
        no.try_post(&request, &[("word", "refuse"), ("because", "Not before the council")]),
        async {
            held.until(2).await;
            held.let_go().await;
        }
    );
    let statuses = [approved.0.status.as_u16(), refused.0.status.as_u16()];
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 1, "{statuses:?}");
    let state: String = site.peek(&format!("select state from protocol_request where id = '{id}'")).await;
    let ended = site.count("protocol where id = '@protocol' and ended_at is not null").await;
    assert_eq!((state.as_str(), ended), if statuses[0] == 303 { ("approved", 1) } else { ("refused", 0) });
}

/// Each steward says yes to the other's request to end the same protocol: both stand before the turn, and one of them ends it.
#[tokio::test]
async fn a_protocol_that_two_stewards_end_at_the_same_moment_ends_once() {
    let site = Site::alone().await;
    let (thomas, ruth) = two_stewards(&site).await;
    let mut asked = Vec::new();
    for who in [&thomas, &ruth] {
        who.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
        let newest = "select id::text from protocol_request where what = 'end' order by created_at desc, id desc limit 1";
        asked.push(format!("{OURS}/requests/{}", site.peek::<String>(newest).await));
    }
    let mut held = Standstill::of_protocols(&site).await;
    let (one, other, ()) =
        tokio::join!(thomas.try_post(&asked[1], &[("word", "approve")]), ruth.try_post(&asked[0], &[("word", "approve")]), async {
            held.until(2).await;
            held.let_go().await;
        });
    let mut statuses = [one.0.status.as_u16(), other.0.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!(site.count("protocol_request where what = 'end' and state = 'approved'").await, 1);
    assert_eq!(site.count("audit where action = 'ended' and kind = 'protocol'").await, 1);
    assert_eq!(site.count("item_protocol where protocol_id = '@protocol'").await, 0);
}

/// Two browsers let the same guest in at the same moment: nobody meets a fault, and the guest stands there once.
#[tokio::test]
async fn a_guest_whom_two_browsers_let_in_at_the_same_moment_stands_there_once() {
    let site = Site::alone().await;
    let (one, other) = (site.visitor("tribe").await, site.visitor("tribe").await);
    let mut held = Standstill::of_protocols(&site).await;
    let (first, second, ()) = tokio::join!(
        one.try_post(READERS, &[("guest", "@staff")]),
        other.try_post(READERS, &[("guest", "@staff"), ("until", "2027-05-31")]),
        async {
            held.until(2).await;
            held.let_go().await;
        }
    );
    assert_eq!((first.0.status.as_u16(), second.0.status.as_u16()), (303, 303));
    assert_eq!(site.count("protocol_reader where protocol_id = '@protocol' and membership_id = '@staff'").await, 1);
}

#[tokio::test]
async fn a_steward_reads_what_the_end_of_a_protocol_opens_and_what_is_true_of_a_request_when_they_are_the_only_one() {
    let site = Site::open().await;
    site.force("update comment set audience = 'partnership' where id = '@protected'").await;
    let (thomas, ruth) = two_stewards(&site).await;
    let ending = thomas.get(&format!("{OURS}/@protocol/ending")).await;
    ending.assert_sees("It opens").assert_sees("read then by every member of the partnership").assert_sees("waits until a second steward");
    thomas.post(&format!("{OURS}/@protocol/ending"), &[]).await.assert_flash(ASKED);
    let id: String = site.peek("select id::text from protocol_request where what = 'end' and state = 'waiting'").await;
    let request = format!("{OURS}/requests/{id}");
    ruth.get(&request).await.assert_sees("It opens").assert_sees("read then by every member of the partnership");
    thomas.get(&request).await.assert_sees("Another steward says the second word");
    site.force("update membership set steward = false where id = '@tribe_member'").await;
    thomas.get(&request).await.assert_sees("You are the only steward now").assert_never_sees("Another steward says the second word");
    thomas.get(OURS).await.assert_sees("What waits below was asked while there were more");
    thomas.get(&format!("{OURS}/@protocol/ending")).await.assert_sees("it acts at once");
    // The log names it to its own people, and to nobody of the agency.
    thomas.post(&format!("{OURS}/@protocol/ending"), &[]).await;
    let name: String = site.peek("select name from protocol where id = '@protocol'").await;
    thomas.get("/cedar-river/audit?kind=protocol").await.assert_sees(&format!("“{name}”"));
    for who in ["director", "admin"] {
        site.visitor(who).await.get("/cedar-river/audit").await.assert_never_sees(&name);
    }
}

#[tokio::test]
async fn protocols_put_at_the_same_moment_are_all_counted() {
    let site = Site::alone().await;
    let thomas = site.visitor("tribe").await;
    for name in ["Third", "Fourth"] {
        thomas
            .post(OURS, &[("name", name), ("own_people", "all")])
            .await
            .assert_flash("Done. You are the only steward, so it acts at once");
    }
    let id = async |name: &str| site.peek::<String>(&format!("select id::text from protocol where name = '{name}'")).await;
    let (third, fourth) = (id("Third").await, id("Fourth").await);
    let put = async |protocol: &str| {
        site.visitor("tribe").await.post("/cedar-river/protected/@protected", &[("deed", "put"), ("protocol", protocol)]).await.status
    };
    let done = tokio::join!(put(&third), put(&fourth));
    assert_eq!((done.0.as_u16(), done.1.as_u16()), (303, 303));
    assert_eq!(site.peek::<i16>("select protocols from comment where id = '@protected'").await, 3);
}
