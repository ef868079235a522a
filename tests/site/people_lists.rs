//! Inviting many people from one list: what becomes of each row, who never comes from a list, and that nobody comes twice.

use crate::support::{Answer, Site, Visitor};
use common_table::platform::post::Post;

const LISTS: &str = "/cedar-river/members/lists";

async fn sent(admin: &Visitor, list: &str) -> (String, Answer) {
    let made = admin.upload(LISTS, &[], ("file", "people.csv", list.as_bytes())).await;
    made.assert_goes_to("/cedar-river/members/lists/*").assert_flash("List checked. Nobody is invited yet");
    let page = admin.follow(&made).await;
    (made.location.clone(), page)
}

async fn brought_in(admin: &Visitor, list: &str) -> Answer {
    let (at, _) = sent(admin, list).await;
    let done = admin.fill(&at, "/confirmation", &[]).await;
    done.assert_goes_to(&at).assert_flash("List brought in");
    admin.follow(&done).await
}

#[tokio::test]
async fn a_list_invites_the_agencys_side_and_proposes_a_bodys_people() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let list = "Name,E-mail,Role,Body\nNoor Haddad,noor@new.example,staff,\nIda Redfern,ida@new.example,partner,tall pine tribe\n\
                Paul Ostrander,paul@new.example,director,\nAda Quill,ada@new.example,steward,Tall Pine Tribe\nEve Doe,eve@new.example,community member,\n";
    let before = site.count("membership").await;
    let (at, page) = sent(&admin, list).await;
    page.assert_sees("Nobody is invited yet").assert_sees("A director is invited by a director, one at a time");
    page.assert_sees("A steward is named by the body itself, never from a list").assert_sees("take the row out of the file");
    page.assert_never_sees("Eve Doe");
    assert_eq!(site.count("people_row where name = 'Eve Doe'").await, 0, "that somebody speaks from lived experience is not kept");
    assert_eq!(site.count("membership").await, before, "a preview writes nobody");
    let done = admin.fill(&at, "/confirmation", &[]).await;
    admin.follow(&done).await.assert_sees("proposed to their body").assert_never_sees("noor@new.example");
    assert_eq!(site.count("membership").await, before + 2);
    assert_eq!(site.count("membership where name = 'Noor Haddad' and state = 'invited' and role = 'staff'").await, 1);
    assert_eq!(
        site.count("membership where name = 'Ida Redfern' and state = 'proposed' and partner_id = '@tallpine' and not steward").await,
        1
    );
    assert_eq!(site.count("invitation where email like '%@new.example'").await, 1, "a proposal opens nothing");
    assert_eq!(
        site.count("people_row where email <> ''").await,
        site.count("people_row r join people_list l on l.id = r.list_id where l.state = 'checked' and r.email <> ''").await
    );
    site.visitor("tribe").await.get("/cedar-river/members").await.assert_sees("Ida Redfern");
    assert_eq!(site.count("notice where kind = 'membership' and membership_id = '@tribe' and said like '%from a list%'").await, 1);
}

#[tokio::test]
async fn the_same_list_sent_twice_invites_nobody_twice() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let list = "Name,Email,Role,Body\nNoor Haddad,noor@new.example,staff,\nIda Redfern,,partner,Tall Pine Tribe\n";
    let (first, _) = sent(&admin, list).await;
    brought_in(&admin, list).await;
    let before = (site.count("membership").await, site.count("invitation").await, site.count("letter").await);
    // The one that was checked before the other came in finds them there when it is brought in.
    let late = admin.fill(&first, "/confirmation", &[]).await;
    admin.follow(&late).await.assert_sees("A list changes no role");
    let (_, again) = sent(&admin, list).await;
    again.assert_sees("No row of this list makes anybody a member");
    assert_eq!((site.count("membership").await, site.count("invitation").await, site.count("letter").await), before);
}

#[tokio::test]
async fn a_list_changes_nobodys_role_and_tells_nothing_of_people_with_lived_experience() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let email: String = site.peek("select email from member_identity limit 1").await;
    let name: String = site.peek("select name from member_identity limit 1").await;
    let staff: String = site.peek("select name from membership where id = '@staff'").await;
    let list = format!(
        "Name,Email,Role\n{staff},other@new.example,administrator\n{name},{email},staff\nWren Halloran,wren@demo.example,administrator\n"
    );
    brought_in(&admin, &list).await.assert_sees("here already");
    assert_eq!(site.peek::<String>("select role from membership where id = '@staff'").await, "staff");
    assert_eq!(site.peek::<String>("select role from membership where id = '@invited'").await, "staff");
    assert_eq!(
        site.count(&format!("membership where name = '{name}' and state = 'invited'")).await,
        1,
        "the list does not say that they are here"
    );
}

#[tokio::test]
async fn a_list_goes_out_by_letter_where_letters_leave() {
    let folder = tempfile::tempdir().unwrap();
    let post = Post::read(&format!("folder:{}", folder.path().display()), Some("table@agency.example".to_owned()), None).unwrap();
    let site = Site::with_letters(post).await;
    let admin = site.visitor("admin").await;
    brought_in(&admin, "Name,Email,Role\nNoor Haddad,noor@new.example,staff\nAl Dow,al@new.example,analyst\n").await;
    assert_eq!(
        site.count("letter l join invitation i on i.id = l.about where l.kind = 'invitation' and i.email like '%@new.example'").await,
        2
    );
}

#[tokio::test]
async fn only_administrators_open_lists_of_people() {
    let site = Site::open().await;
    for who in ["director", "staff", "analyst", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(LISTS).await.assert_not_allowed();
        visitor.get("/cedar-river/members/lists/@people_list").await.assert_not_allowed();
        visitor.post("/cedar-river/members/lists/@people_list/confirmation", &[("version", "1")]).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get("/cedar-river/members/lists/@people_list").await.assert_not_found();
    for hat in ["director", "staff", "analyst", "partner"] {
        let read = site.attempt("admin", hat, "update people_list set state = 'done'").await;
        assert_eq!(read.unwrap_or(0), 0, "as {hat}");
    }
    // Nor does an administrator make more by it than by hand.
    let steward = "insert into membership (agency_id, id, name, role, partner_id, steward, state, invited_by, created_at) \
                   select agency_id, gen_random_uuid(), 'X', 'partner', '@tallpine', true, 'proposed', id, now() from membership where id = '@admin'";
    assert!(site.attempt("admin", "administrator", steward).await.is_err());
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_kept_for_mending() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    admin.post(LISTS, &[("pasted", "")]).await.assert_problem("file", "Choose a file");
    let again = admin.post(LISTS, &[("pasted", "Who,Mail\nA,a@new.example\n")]).await;
    again.assert_problem("pasted", "Give the list the headings Name, Email and Role");
    assert!(again.field("pasted").contains("a@new.example"));
    let formula =
        "Name,Email,Role\n=HYPERLINK(1),a@new.example,staff\n+1,b@new.example,staff\n'@x,c@new.example,staff\nGood Name,-d,staff\n";
    let (_, page) = sent(&admin, formula).await;
    page.assert_sees("this cell begins like a formula").assert_sees("No row of this list makes anybody a member");
    let (at, _) = sent(&admin, "Name,Email,Role\nNoor Haddad,noor@new.example,staff\n").await;
    admin.fill(&format!("{at}/delete"), "/delete", &[]).await.assert_goes_to(LISTS).assert_flash("List dropped. Nobody was invited");
    admin.post(&format!("{at}/confirmation"), &[("version", "2")]).await.assert_problem("", "This list was dropped");
    assert_eq!(site.count("membership where name = 'Noor Haddad'").await, 0);
}
