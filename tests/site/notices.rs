//! What a person should hear of: on their first page until they have read it, and by letter, without a word of any record.

use crate::support::{
    Site, Visitor,
    smtp::{Smtp, Taken, with_letters},
};
use common_table::worker;

const WHY: &str = "The office asked us to wait";
const HOME: &str = "/cedar-river";

/// The administrator suspends a member, and the letters about it go.
async fn suspend(site: &Site, admin: &Visitor, smtp: &mut Smtp, member: &str) -> Vec<Taken> {
    let page = format!("/cedar-river/members/{member}");
    admin.fill(&page, "/suspension", &[("why", WHY)]).await.assert_flash("Suspended. They are out from their next page on");
    worker::send_due(&site.app).await;
    smtp.taken().await
}

async fn address_of(site: &Site, who: &str) -> String {
    site.peek(&format!("select a.email from account a join membership m on m.account_id = a.id where m.id = '{who}'")).await
}

#[tokio::test]
async fn a_steward_whom_the_agency_stops_hears_of_it_the_same_minute_and_so_do_the_directors() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, dana, staff]) = with_letters(&smtp, ["admin", "director", "staff"]).await;
    let letters = suspend(&site, &admin, &mut smtp, "@tribe").await;
    let (steward, director) = (address_of(&site, "@tribe").await, address_of(&site, "@director").await);
    let mut to: Vec<&str> = letters.iter().map(|one| one.to.as_str()).collect();
    to.sort_unstable();
    let mut expected = vec![steward.as_str(), director.as_str()];
    expected.sort_unstable();
    assert_eq!(to, expected, "nobody else");
    for letter in &letters {
        assert!(letter.text.contains("News for you at Cedar River County"), "{}", letter.text);
        assert!(!letter.text.contains(WHY), "a reason stands on the page only: {}", letter.text);
    }
    let theirs = letters.iter().find(|one| one.to == steward).unwrap();
    assert!(theirs.text.contains("Your membership was suspended.") && theirs.text.contains("/hats"), "{}", theirs.text);
    dana.get(HOME).await.assert_sees("You were told").assert_sees("suspended Thomas");
    staff.get(HOME).await.assert_never_sees("suspended Thomas");
}

#[tokio::test]
async fn the_bodys_stewards_hear_of_its_people_and_mark_it_as_read() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, thomas]) = with_letters(&smtp, ["admin", "tribe"]).await;
    suspend(&site, &admin, &mut smtp, "@tribe_member").await;
    let home = thomas.get(HOME).await;
    home.assert_sees("You were told").assert_sees("of Tall Pine");
    // Something more comes while the page is open: it stays unread.
    let page = "/cedar-river/members/@tribe_member";
    site.force("update notice set made_at = made_at - interval '1 minute'").await;
    let begun = thomas.get(HOME).await;
    admin.fill(page, "/suspension/delete", &[]).await.assert_flash("Taken up again");
    thomas.send_form(&begun.filled("/notices", &[])).await.assert_flash("Marked as read");
    let after = thomas.get(HOME).await;
    after.assert_sees("took up again").assert_never_sees("suspended Ruth");
    thomas.get("/cedar-river/notices").await.assert_page("What you were told").assert_sees("suspended Ruth").assert_sees("new");
    // What is read before its letter goes needs none.
    thomas.fill("/cedar-river/notices", "/notices", &[]).await.assert_flash("Marked as read");
    worker::send_due(&site.app).await;
    let steward = address_of(&site, "@tribe").await;
    assert!(smtp.taken().await.iter().all(|one| one.to != steward));
}

#[tokio::test]
async fn nobody_reads_or_marks_what_another_was_told() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, samuel]) = with_letters(&smtp, ["admin", "harbor"]).await;
    suspend(&site, &admin, &mut smtp, "@tribe_member").await;
    for (who, hat) in [("admin", "administrator"), ("staff", "staff"), ("partner", "partner")] {
        assert_eq!(site.attempt(who, hat, "update notice set read_at = now()").await.unwrap(), 0, "{who}");
        assert_eq!(site.attempt(who, hat, "select id from notice").await.unwrap(), 0, "{who}");
    }
    samuel.get("/cedar-river/notices").await.assert_not_found();
    samuel.get("/harbor/notices").await.assert_page("What you were told").assert_sees("You were told nothing yet");
}

#[tokio::test]
async fn a_letter_to_somebody_with_lived_experience_names_the_agency_only_when_they_allow_it() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin]) = with_letters(&smtp, ["admin"]).await;
    for (allowed, subject) in [(false, "Something new for you"), (true, "News for you at Cedar River County")] {
        site.force(&format!(
            "update member_identity set may_name_agency = {allowed}, reach_channel = 'email' where membership_id = '@parent'"
        ))
        .await;
        let letters = suspend(&site, &admin, &mut smtp, "@parent").await;
        assert_eq!(letters.len(), 1, "{allowed}");
        assert!(letters[0].text.contains(subject), "{}", letters[0].text);
        assert_eq!(letters[0].text.contains("Cedar River") || letters[0].text.contains("cedar-river"), allowed, "{}", letters[0].text);
        site.force(
            "delete from suspension; update membership set state = 'active', suspended_by = null, suspended_at = null where id = '@parent'",
        )
        .await;
    }
}

#[tokio::test]
async fn one_notice_is_marked_as_read_and_the_others_stay_and_nobody_marks_anothers() {
    let mut smtp = Smtp::start(&[]).await;
    let (site, [admin, thomas]) = with_letters(&smtp, ["admin", "tribe"]).await;
    suspend(&site, &admin, &mut smtp, "@tribe_member").await;
    admin.fill("/cedar-river/members/@tribe_member", "/suspension/delete", &[]).await.assert_flash("Taken up again");
    let unread = "notice where membership_id = '@tribe' and read_at is null";
    let (before, one) =
        (site.count(unread).await, site.peek::<String>(&format!("select id::text from {unread} order by made_at limit 1")).await);
    assert!(before > 1, "{before}");
    admin.post(&format!("/cedar-river/notices?one={one}"), &[]).await.assert_not_found();
    thomas.fill("/cedar-river/notices", &format!("/notices?one={one}"), &[]).await.assert_flash("Marked as read");
    assert_eq!(site.count(unread).await, before - 1);
    assert_eq!(site.count(&format!("notice where id = '{one}' and read_at is null")).await, 0);
}
