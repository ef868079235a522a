//! Pages that are open show what changed meanwhile: whichever process of the site they listen to, and nobody hears of what they may not
//! see.

use crate::support::{
    Answer, Site, Visitor,
    live::{Open, Process, mark},
};

const COURT: &str = "/cedar-river/partners/@court";

async fn say(who: &Visitor, audience: &str, words: &str) -> Answer {
    let answer = who.post("/cedar-river/comments/@court", &[("comment", words), ("comment_audience", audience)]).await;
    answer.assert_flash("Comment added");
    answer
}

/// The site's own process, and another one beside it.
async fn two() -> (Site, Process, Process) {
    let site = Site::alone().await;
    let (own, other) = (site.process().await, site.another_process().await);
    (site, own, other)
}

#[tokio::test]
async fn a_comment_is_heard_of_on_whichever_process_a_page_listens_to() {
    let (site, own, other) = two().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let (mut here, mut there) = (staff.opens(&own, COURT).await, staff.opens(&other, COURT).await);
    say(&partner, "partnership", "The court can host on Thursday").await;
    let (one, two) = (here.hears().await, there.hears().await);
    let page = staff.get(COURT).await;
    page.assert_sees("The court can host on Thursday");
    assert_eq!((one, two), (Some(mark(&page)), Some(mark(&page))), "what it says is what the page shows now");
}

#[tokio::test]
async fn whoever_may_not_see_a_comment_hears_nothing_of_it() {
    let (site, _own, other) = two().await;
    let partner = site.visitor("partner").await;
    let mut own = partner.opens(&other, COURT).await;
    let mut others: Vec<(&str, Visitor, Open)> = Vec::new();
    let mut admin = site.visitor("admin").await.opens(&other, COURT).await;
    for who in ["staff", "director", "analyst", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        let open = visitor.opens(&other, COURT).await;
        others.push((who, visitor, open));
    }
    say(&partner, "body", "Only among us for now").await;
    assert_eq!(own.hears().await, Some(mark(&partner.get(COURT).await)), "whoever may see it hears of it");
    say(&partner, "partnership", "And this for everybody").await;
    for (who, visitor, open) in &mut others {
        let page = visitor.get(COURT).await;
        page.assert_never_sees("Only among us for now").assert_sees("And this for everybody");
        // Had it heard of the first, it would have said what the page showed before the second.
        assert_eq!(open.hears().await, Some(mark(&page)), "{who}");
    }
    // Being administrator opens no comment: nothing was heard until the end.
    other.app.db.ring().end();
    assert_eq!(admin.hears().await, None);
    // Another agency's people are told by no such address that there is one.
    let harbor = site.visitor("harbor").await;
    harbor.get("/cedar-river/live?of=@court").await.assert_not_found();
    let (never, hidden) = ("/cedar-river/live?of=00000000-0000-4000-8000-000000000000", "/cedar-river/live?of=@loop_answered");
    let tribe = site.visitor("tribe").await;
    assert_eq!(tribe.get(hidden).await.text, tribe.get(never).await.text, "a hidden record is one that never was");
}

#[tokio::test]
async fn whoever_may_not_see_it_any_more_hears_that_the_page_shows_less() {
    let (site, own, _other) = two().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let added = say(&partner, "partnership", "Said too widely").await;
    let id = added.location.rsplit("#comment-").next().unwrap().to_owned();
    let mut open = staff.opens(&own, COURT).await;
    let narrower = [("comment_audience", "body"), ("version", "1")];
    partner.post(&format!("/cedar-river/comments/{id}/readers"), &narrower).await.assert_flash("Who may read it was changed");
    let heard = open.hears().await;
    let page = staff.get(COURT).await;
    page.assert_never_sees("Said too widely");
    assert_eq!(heard, Some(mark(&page)));
    // Taken back as well: nothing is to be seen of it, so nothing is heard until something else is said.
    partner.post(&format!("/cedar-river/comments/{id}/withdrawal"), &[]).await;
    say(&partner, "agency", "Said as it should be").await;
    let page = staff.get(COURT).await;
    assert_eq!(open.hears().await, Some(mark(&page)));
}

#[tokio::test]
async fn an_answer_is_heard_of_by_whoever_asked() {
    let (site, own, _other) = two().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let asked = "/cedar-river/loops/@loop_raised";
    let mut open = partner.opens(&own, asked).await;
    staff.fill(asked, "/acknowledgement", &[]).await;
    let (heard, page) = (open.hears().await, partner.get(asked).await);
    assert_eq!(heard, Some(mark(&page)));
    let answer = [("answer", "done"), ("answer_words", "The library is booked for the next session")];
    staff.fill(&format!("{asked}/answer"), "/answer", &answer).await;
    let (heard, page) = (open.hears().await, partner.get(asked).await);
    assert_eq!(heard, Some(mark(&page)), "it waits for the director, or is there");
}

#[tokio::test]
async fn whoever_is_suspended_hears_no_more() {
    let (site, _own, other) = two().await;
    let (admin, partner, thomas) = (site.visitor("admin").await, site.visitor("partner").await, site.visitor("tribe").await);
    let mut open = thomas.opens(&other, COURT).await;
    let why = [("why", "The office asked us to wait")];
    admin.fill("/cedar-river/members/@tribe", "/suspension", &why).await.assert_flash("Suspended. They are out from their next page on");
    assert_eq!(open.hears().await, None, "the stream ends");
    say(&partner, "partnership", "Said afterwards").await;
    let again = thomas.listens(&other, "/cedar-river/live?of=@court").await;
    assert!(again.is_err(), "and begins no more");
}

#[tokio::test]
async fn whoever_signs_out_hears_no_more() {
    let (site, own, _other) = two().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let mut open = staff.opens(&own, COURT).await;
    site.force("update session s set ended_at = now() from membership m where m.id = '@staff' and s.account_id = m.account_id").await;
    say(&partner, "partnership", "Said afterwards").await;
    assert_eq!(open.hears().await, None);
}

#[tokio::test]
async fn the_number_of_unread_news_goes_up_and_down_while_a_page_is_open() {
    let (site, own, other) = two().await;
    let (admin, thomas) = (site.visitor("admin").await, site.visitor("tribe").await);
    let (mut here, mut there) = (thomas.opens(&own, "/cedar-river").await, thomas.opens(&other, "/cedar-river/notices").await);
    let why = [("why", "The office asked us to wait")];
    admin.fill("/cedar-river/members/@tribe_member", "/suspension", &why).await;
    let page = thomas.get("/cedar-river").await;
    assert_eq!((here.hears().await, there.hears().await), (Some(mark(&page)), Some(mark(&page))));
    thomas.fill("/cedar-river/notices", "/notices", &[]).await.assert_flash("Marked as read");
    let read = thomas.get("/cedar-river").await;
    assert_ne!(mark(&page), mark(&read));
    assert_eq!((here.hears().await, there.hears().await), (Some(mark(&read)), Some(mark(&read))));
}

#[tokio::test]
async fn one_sign_in_opens_no_more_lines_than_its_share_and_the_end_of_a_process_ends_them_all() {
    let (site, own, other) = two().await;
    let (staff, partner) = (site.visitor("staff").await, site.visitor("partner").await);
    let mut lines = Vec::new();
    let refused = loop {
        match staff.listens(&own, "/cedar-river/live").await {
            Ok(line) if lines.len() < 50 => lines.push(line),
            Ok(_) => panic!("there is no end"),
            Err(status) => break status,
        }
    };
    assert_eq!(refused, http::StatusCode::SERVICE_UNAVAILABLE);
    lines.push(partner.listens(&own, "/cedar-river/live").await.unwrap_or_else(|status| panic!("somebody else: {status}")));
    assert!(staff.listens(&other, "/cedar-river/live").await.is_ok(), "on another process");
    drop(lines.remove(0));
    let again = loop {
        match staff.listens(&own, "/cedar-river/live").await {
            Ok(line) => break line,
            Err(_) => tokio::task::yield_now().await,
        }
    };
    lines.push(again);
    own.app.db.ring().end();
    for mut line in lines {
        assert_eq!(line.hears().await, None);
    }
    assert_eq!(own.app.db.ring().listeners(), 0, "nothing of them is left");
}

#[tokio::test]
async fn a_page_that_comes_back_hears_what_it_missed() {
    let (site, own, _other) = two().await;
    let (partner, staff) = (site.visitor("partner").await, site.visitor("staff").await);
    let before = staff.get(COURT).await;
    say(&partner, "partnership", "Said while the line was down").await;
    let address = crate::support::live::address(&before);
    let mut open = staff.listens(&own, &address).await.unwrap_or_else(|status| panic!("{status}"));
    assert_eq!(open.hears().await, Some(mark(&staff.get(COURT).await)));
    // Without listening it is answered the same, once.
    assert!(staff.get(&address).await.text.contains("event: changed"));
}
