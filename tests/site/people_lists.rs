//! Inviting many people from one list: what becomes of each row, who never comes from a list, and that nobody comes twice.

use crate::support::{
    Answer, Site, Visitor,
    clamd::{Clamd, eicar},
};
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
    page.assert_never_sees("Eve Doe").assert_sees("The cell says “director”");
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
        crate::support::refused(hat, site.attempt("admin", hat, "update people_list set state = 'done'").await);
    }
    // Nor does an administrator make more by it than by hand.
    let steward = "insert into membership (agency_id, id, name, role, partner_id, steward, state, invited_by, created_at) \
                   select agency_id, gen_random_uuid(), 'X', 'partner', '@tallpine', true, 'proposed', id, now() from membership where id = '@admin'";
    crate::support::refused("by a list", site.attempt("admin", "administrator", steward).await);
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

#[tokio::test]
async fn thirty_days_later_only_how_many_there_were_is_known_of_a_list() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    site.force("delete from people_row; delete from people_list").await;
    let list = "Name,Email,Role\nNoor Haddad,noor@new.example,staff\nQuill Marsh,quill@new.example,director\n";
    let done = brought_in(&admin, list).await;
    let (left, _) = sent(&admin, "Name,Email,Role\nAda Finch,ada@new.example,staff\n").await;
    site.clock.advance(chrono::Duration::days(29));
    common_table::worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("people_row").await, 3, "until then the report is whole");
    site.clock.advance(chrono::Duration::days(2));
    common_table::worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("people_row").await, 0);
    assert_eq!(site.count("people_list where file_name = 'people.csv' or notes <> '[]'").await, 0);
    let counts = site.peek::<String>("select counts::text from people_list where state = 'done'").await;
    assert_eq!(counts, r#"{"invite": 1, "refused": 1}"#);
    let admin = site.visitor("admin").await;
    let path = done.asked.trim_start_matches("GET ").to_owned();
    admin.get(&path).await.assert_sees("Its rows were kept for 30 days").assert_never_sees("Noor Haddad").assert_never_sees("Quill Marsh");
    admin.get(&left).await.assert_sees("This list was never brought in").assert_never_sees("Ada Finch");
    admin.post(&format!("{left}/confirmation"), &[("version", "2")]).await.assert_problem("", "This list was dropped");
    assert_eq!(site.count("membership where name = 'Ada Finch'").await, 0);
    assert_eq!(site.count("audit where action = 'forgot the people of'").await, 1);
    let again = site.count("audit").await;
    common_table::worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("audit").await, again, "what is forgotten is not forgotten again");
}

#[tokio::test]
async fn what_was_pasted_beside_a_harmful_file_stays_and_can_be_sent_on() {
    let clamd = Clamd::start().await;
    let site = Site::with_scanner(&clamd.address).await;
    let pasted = "Name\tEmail\tRole\nNoor Haddad\tnoor@new.example\tstaff";
    for (who, path, on) in [
        ("admin", LISTS, "List checked. Nobody is invited yet"),
        ("staff", "/cedar-river/partners/import", "List taken in. Nothing is written yet"),
    ] {
        let visitor = site.visitor(who).await;
        let again = visitor.upload(path, &[("pasted", pasted)], ("file", "people.csv", &eicar())).await;
        again.assert_problem("file", "Something harmful was found in this file, and it was not kept");
        assert_eq!(again.field("pasted"), pasted);
        assert_eq!(
            site.count(&format!("quarantine where name = 'people.csv' and sent_by = '@{who}'")).await,
            1,
            "it is noted all the same"
        );
        visitor.send_form(&again.filled(path, &[])).await.assert_flash(on);
    }
    assert_eq!(site.count("file_chunk where position('EICAR'::bytea in bytes) > 0").await, 0);
}

#[tokio::test]
async fn each_of_a_list_is_invited_in_the_language_that_it_names() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let list = "Name,Email,Role,Body,Language\nNoor Haddad,noor@new.example,staff,,Spanish\nAl Dow,al@new.example,analyst,,\n\
                Ida Redfern,,partner,Tall Pine Tribe,es\nEve Doe,eve@new.example,community member,,es\nKip Ash,kip@new.example,staff,,Klingon\n";
    let (at, page) = sent(&admin, list).await;
    page.assert_sees("In Español").assert_sees("Enter a language: English or Spanish");
    assert_eq!(site.count("people_row where language is not null").await, 1, "nothing of a row that is not kept, nor for a body’s people");
    admin.fill(&at, "/confirmation", &[]).await.assert_flash("List brought in");
    assert_eq!(site.count("invitation where email = 'noor@new.example' and language = 'es'").await, 1);
    assert_eq!(site.count("invitation where email = 'al@new.example' and language is null").await, 1);
    assert_eq!(site.count("invitation where email = 'kip@new.example'").await, 0);
}
