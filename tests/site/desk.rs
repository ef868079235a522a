//! The stewards' desk: what the agency holds of a body, for its steward alone; narrowing, taking back and asking copies back for several
//! at once; a mark that opens nothing; a copy of it all.

use crate::support::{Site, Visitor};
use http::StatusCode;
use std::io::Read as _;

const DESK: &str = "/cedar-river/desk";

/// The ids of the things on a list of somebody's desk.
async fn listed(who: &Visitor, list: &str) -> Vec<String> {
    let page = who.get(&format!("{DESK}/lists/{list}")).await;
    let links = page.attributes("ul.picks a", "href");
    links.iter().filter_map(|href| href.rsplit('/').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_steward_sees_what_the_agency_holds_of_their_body_and_nobody_else_has_that_page() {
    let site = Site::open().await;
    let (tribe, partner) = (site.visitor("tribe").await, site.visitor("partner").await);
    let page = tribe.get(DESK).await;
    page.assert_page("Your desk").assert_sees("Such orders can exist").assert_sees("never says whether one exists now");
    let own = listed(&tribe, "statements").await;
    assert!(!own.is_empty());
    let theirs = listed(&partner, "statements").await;
    assert!(own.iter().all(|id| !theirs.contains(id)), "two bodies hold one statement");
    for id in own.iter().take(5) {
        tribe.get(&format!("{DESK}/records/{id}")).await.assert_sees("Who read it outside your people");
        partner.get(&format!("{DESK}/records/{id}")).await.assert_not_found();
    }
    for who in ["director", "staff", "facilitator", "analyst", "admin", "parent"] {
        let visitor = site.visitor(who).await;
        for path in ["", "/lists/statements", "/copies", "/narrowing", "/withdrawal", "/deletion", "/records/@tribe_statement"] {
            visitor.get(&format!("{DESK}{path}")).await.assert_not_allowed();
        }
    }
    site.visitor("harbor").await.get(DESK).await.assert_not_found();
    // With the Tribe's protocols and labels, on the list and on each one's page.
    let (comments, kept) = (tribe.get(&format!("{DESK}/lists/comments")).await, "Kept by the council of elders");
    comments.assert_sees(&format!("read under “{kept}”"));
    // What the agency answered beneath is not the body's to take back.
    let foreign = "select string_agg(c.id::text, ' ') from comment c join membership m on m.id = c.author_id
                   where c.body_id = '@tallpine' and m.partner_id is distinct from c.body_id";
    let foreign: String = site.peek(foreign).await;
    assert!(listed(&tribe, "comments").await.iter().all(|id| !foreign.contains(id.as_str())));
    tribe.get(&format!("{DESK}/records/@protected")).await.assert_sees(kept).assert_sees("Its protocols and labels");
    tribe.get(&format!("{DESK}/lists/questions")).await.assert_sees("TK Attribution (TK A)");
    tribe.get(&format!("{DESK}/lists/secrets")).await.assert_not_found();
    tribe.get(&format!("{DESK}/records/0189f7a0-1111-7000-8000-00000000abcd")).await.assert_not_found();
}

/// What one of the body's people keeps to themselves, and what waits for its speaker, is on nobody's desk.
#[tokio::test]
async fn what_a_member_keeps_to_themselves_is_not_on_their_stewards_desk() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    assert!(listed(&tribe, "statements").await.contains(&site.id("tribe_statement")));
    let count = async || tribe.get(DESK).await.select("section[aria-labelledby=held] span.count")[0].parse::<i64>().unwrap();
    let before = count().await;
    site.force("update subject set audience = 'author', author_id = '@tribe_member' where id = '@tribe_statement'").await;
    assert!(!listed(&tribe, "statements").await.contains(&site.id("tribe_statement")));
    assert_eq!(count().await, before - 1);
    tribe.get(&format!("{DESK}/records/@tribe_statement")).await.assert_not_found();
    tribe.post(&format!("{DESK}/withdrawal"), &[("record", "@tribe_statement"), ("sure", "yes")]).await.assert_not_found();
    assert_eq!(site.count("statement where id = '@tribe_statement' and words is not null").await, 1);
}

#[tokio::test]
async fn a_steward_lets_fewer_people_read_several_things_at_once_and_never_more() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    // What its body alone reads already cannot be narrowed to it.
    let narrow: String =
        site.peek("select string_agg(id::text, ' ') from subject where body_id = '@tallpine' and audience in ('author', 'body')").await;
    let wider = listed(&tribe, "statements?state=stands").await.into_iter().filter(|id| !narrow.contains(id.as_str()));
    let chosen: Vec<String> = wider.take(3).collect();
    let query = chosen.iter().map(|id| format!("record={id}")).collect::<Vec<_>>().join("&");
    tribe.get(&format!("{DESK}/narrowing?{query}")).await.assert_page("Let fewer people read these?");
    let nothing = tribe.get(&format!("{DESK}/narrowing?from={DESK}/lists/statements?state=stands")).await;
    nothing.assert_sees("You have ticked nothing");
    assert_eq!(nothing.attributes("#main .actions a", "href"), [format!("{DESK}/lists/statements?state=stands")], "and back to the list");
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|id| ("record", id.as_str())).collect();
    tribe.post(&format!("{DESK}/narrowing"), &fields).await.assert_problem("audience", "Choose who may read them at most");
    fields.push(("audience", "body"));
    tribe.post(&format!("{DESK}/narrowing"), &fields).await.assert_flash("3 things are read by fewer people from now on");
    let audience = async |of: &str| site.peek::<String>(&format!("select audience from subject where id = '{of}'")).await;
    for id in &chosen {
        assert_eq!(audience(id).await, "body");
        for who in ["director", "staff", "analyst", "partner"] {
            site.visitor(who).await.get(&format!("/cedar-river/statements/{id}")).await.assert_not_found();
        }
    }
    // A wider choice leaves them as they are.
    fields.pop();
    fields.push(("audience", "partnership"));
    tribe.post(&format!("{DESK}/narrowing"), &fields).await.assert_flash("No more people read them than that already");
    assert_eq!(audience(&chosen[0]).await, "body");
    // Another body's steward reaches none of them, whatever they send.
    let partner = site.visitor("partner").await;
    partner.post(&format!("{DESK}/narrowing"), &[("record", &chosen[0]), ("audience", "author")]).await.assert_not_found();
    assert_eq!(audience(&chosen[0]).await, "body");
}

#[tokio::test]
async fn a_steward_takes_words_back_from_the_list_and_asks_before() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let comment = site.id("tribe_comment");
    let fields = [("record", "@tribe_statement"), ("record", comment.as_str())];
    tribe.post(&format!("{DESK}/withdrawal"), &fields).await.assert_problem("sure", "Tick that the words are to be erased");
    assert_eq!(site.count("statement where id = '@tribe_statement' and words is not null").await, 1);
    let page = tribe.get(&format!("{DESK}/withdrawal?record=@tribe_statement")).await;
    page.assert_sees("This cannot be undone").assert_sees("It cannot call back").assert_sees("Files left with them");
    tribe
        .post(&format!("{DESK}/withdrawal"), &[fields[0], fields[1], ("sure", "yes")])
        .await
        .assert_flash("2 things: their words are gone from here");
    assert_eq!(site.count("statement where id = '@tribe_statement' and words is not null").await, 0);
    assert_eq!(site.count("comment where id = '@tribe_comment' and words is not null").await, 0);
    assert!(site.count("recall where subject_id = '@tribe_statement' and state = 'open' and export_id is not null").await > 0);
    // The copy that the body took itself is called back as well, and its file is gone.
    assert_eq!(site.count("recall where subject_id = '@tribe_statement' and copy_id = '@tribe_copy'").await, 1);
    assert_eq!(site.count("recall where of_comment = '@tribe_comment' and copy_id = '@tribe_copy'").await, 1);
    tribe.get(&format!("{DESK}/copies")).await.assert_sees("Words in it were taken back or closed since");
    let again = tribe.post(&format!("{DESK}/copies/@tribe_copy/downloads"), &[]).await;
    again.assert_flash("There is no file to take any more. Make a new copy");
}

#[tokio::test]
async fn a_steward_asks_for_copies_to_be_deleted_and_keeps_the_words() {
    let site = Site::open().await;
    let (tribe, staff) = (site.visitor("tribe").await, site.visitor("staff").await);
    let open = "recall where subject_id = '@tribe_statement' and state = 'open'";
    let before = site.count(open).await;
    let fields = [("record", "@tribe_statement"), ("sure", "yes")];
    tribe.post(&format!("{DESK}/deletion"), &fields).await.assert_flash("1 thing: each copy of it is a task of the agency now");
    let after = site.count(open).await;
    assert!(after > before, "nobody is asked");
    let again = tribe.post(&format!("{DESK}/deletion"), &fields).await;
    again.assert_flash("Every copy had been asked back before: nobody was asked anew");
    assert_eq!(site.count(open).await, after, "nobody is asked twice");
    assert_eq!(site.count("statement where id = '@tribe_statement' and words is not null").await, 1);
    staff.get("/cedar-river/recalls").await.assert_sees("asked back by whose words they are");
    tribe.get(&format!("{DESK}/records/@tribe_statement")).await.assert_sees("Copies that are asked back").assert_sees("Priya Natarajan");
}

#[tokio::test]
async fn a_mark_says_whom_a_record_concerns_and_opens_nothing() {
    let site = Site::open().await;
    let (staff, tribe) = (site.visitor("staff").await, site.visitor("tribe").await);
    let concerns = "/cedar-river/records/@barrier_open/concerns";
    assert!(!listed(&tribe, "records").await.contains(&site.id("barrier_open")));
    site.force("update subject set audience = 'agency', body_id = null, author_id = null where id = '@barrier_open'").await;
    tribe.get(concerns).await.assert_not_found();
    staff.post(concerns, &[("body", "@tallpine")]).await.assert_flash("Marked. It opens nothing: who may read it stays as it is");
    staff.post(concerns, &[("body", "@tallpine")]).await.assert_problem("body", "That is marked already");
    tribe.get("/cedar-river/barriers/@barrier_open").await.assert_not_found();
    assert!(!listed(&tribe, "records").await.contains(&site.id("barrier_open")), "a mark does not open what it is on");
    site.force("update subject set audience = 'partnership' where id = '@barrier_open'").await;
    assert!(listed(&tribe, "records").await.contains(&site.id("barrier_open")));
    tribe.get(concerns).await.assert_sees("Tall Pine Tribe");
    // What the Tribe says of itself, nobody of the agency takes away; of others the Tribe says nothing.
    let own = "/cedar-river/records/@barrier_3/concerns";
    staff.post(&format!("{own}/@tallpine/delete"), &[]).await.assert_not_found();
    tribe.post(own, &[("body", "@kinship")]).await.assert_problem("body", "Choose one of the list");
    tribe.post(&format!("{own}/@tallpine/delete"), &[]).await.assert_flash("The mark is gone");
    site.visitor("parent").await.get(concerns).await.assert_not_allowed();
    // Another body does not learn whom it concerns.
    site.visitor("partner").await.get(concerns).await.assert_never_sees("marked by");
}

/// Past every page: whose a record is said to concern is the body's own word, or the agency's about all.
#[tokio::test]
async fn a_mark_is_set_by_nobody_for_another_body() {
    let site = Site::open().await;
    let mark = "insert into concern (subject_id, body_id, by_body, marked_by, created_at) values ('@court', '@tallpine', true, current_membership(), now())";
    for (who, hat) in [("partner", "partner"), ("tribe_member", "partner"), ("parent", "partner")] {
        crate::support::refused(who, site.attempt(who, hat, mark).await);
    }
    let agencys = mark.replace("true, current", "false, current");
    for (who, hat) in [("analyst", "analyst"), ("admin", "administrator"), ("partner", "partner")] {
        crate::support::refused(who, site.attempt(who, hat, &agencys).await);
    }
    assert_eq!(site.attempt("tribe", "partner", mark).await.unwrap(), 1, "their own steward");
    assert_eq!(site.attempt("staff", "staff", &agencys).await.unwrap(), 1);
}

#[tokio::test]
async fn a_steward_takes_a_copy_of_all_that_is_theirs_once_for_each_time_it_is_asked_for() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.post(&format!("{DESK}/copies"), &[]).await.assert_flash("The copy is ready. Download it within seven days");
    let copy: String = site.peek("select id::text from body_copy order by created_at desc, id desc limit 1").await;
    let (downloads, file) = (format!("{DESK}/copies/{copy}/downloads"), format!("{DESK}/copies/{copy}/file"));
    tribe.get(&file).await.assert_goes_to(&format!("{DESK}/copies"));
    let door = tribe.post(&downloads, &[]).await;
    door.assert_goes_to(&format!("{DESK}/copies?taking={copy}"));
    let page = tribe.follow(&door).await;
    page.assert_sees("its file left 1 time").assert_sees("The file comes by itself");
    assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url={file}")]);
    assert!(
        tribe.get(&format!("{DESK}/copies?taking=@tribe_statement")).await.attributes("meta[http-equiv=refresh]", "content").is_empty()
    );
    let taken = tribe.get(&file).await;
    assert_eq!(taken.header("content-type"), "application/zip");
    tribe.get(&file).await.assert_goes_to(&format!("{DESK}/copies"));
    let bytes: Vec<u8> = site
        .peek(&format!("select string_agg(c.bytes, ''::bytea order by c.n) from file_chunk c join body_copy b on b.file_id = c.file_id where b.id = '{copy}'"))
        .await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).unwrap();
        text
    };
    let about = read("READ-ME.txt");
    assert!(about.contains("Tall Pine Tribe") && about.contains("Thomas Greywater"), "{about}");
    let (words, json) = (read("statements.csv"), read("everything.json"));
    let said: String = site.peek("select words from statement where id = '@tribe_statement'").await;
    assert!(
        words.contains(&site.id("tribe_statement")) && json.contains(said.split('’').next().unwrap()),
        "the Tribe’s own words are in its copy"
    );
    let foreign: String = site.peek("select st.words from statement st join subject s on s.id = st.id where s.body_id = '@kinship' and st.words is not null order by st.id limit 1").await;
    assert!(!json.contains(foreign.split('’').next().unwrap()), "another body’s words are not");
    assert!(words.starts_with('\u{feff}'), "with its mark, as the table of its columns");
    assert!(
        read("statements-columns.csv").contains("Heading in CSV") && !read("statements-columns.csv").contains("Excel"),
        "no Excel file is in it"
    );
    // What the page says, the copy and the desk count alike.
    let counts: i64 =
        tribe.get(DESK).await.select("section[aria-labelledby=held] span.count").iter().map(|one| one.parse::<i64>().unwrap()).sum();
    assert_eq!(site.peek::<i32>(&format!("select records from body_copy where id = '{copy}'")).await, i32::try_from(counts).unwrap());
    tribe.get(&format!("{DESK}/copies")).await.assert_sees("by title and address, not with its text");
    for name in ["questions.csv", "comments.csv", "records.csv", "ratings.csv", "readings.csv", "statements-columns.csv"] {
        assert!(!read(name).is_empty(), "{name}");
    }
    assert!(read("comments.csv").contains("Kept by the council of elders") && read("questions.csv").contains("TK Attribution (TK A)"));
    // It is on the record where the body reads it, and nowhere else.
    assert_eq!(
        site.count("audit where action = 'took a copy of all that is the body’s' and audience = 'body' and body_id = '@tallpine'").await,
        2
    );
    tribe.get("/cedar-river/audit").await.assert_sees("took a copy of all that is the body’s");
    for who in ["director", "admin"] {
        site.visitor(who).await.get("/cedar-river/audit").await.assert_never_sees("took a copy of all that is the body’s");
    }
    for who in ["partner", "director"] {
        let visitor = site.visitor(who).await;
        let status = visitor.get(&file).await.status;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{who}: {status}");
    }
    assert!(site.count("reading where how = 'downloaded' and membership_id = '@tribe'").await > 0);
}

/// What its author closed after the copy was made is not handed out, also where the door stood open already.
#[tokio::test]
async fn a_copy_is_not_handed_out_once_its_steward_may_not_read_every_word_in_it() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let (downloads, file) = (format!("{DESK}/copies/@tribe_copy/downloads"), format!("{DESK}/copies/@tribe_copy/file"));
    tribe.post(&downloads, &[]).await.assert_goes_to(&format!("{DESK}/copies?taking=@tribe_copy"));
    site.force("update subject set audience = 'author', author_id = '@tribe_member' where id = '@tribe_statement'").await;
    tribe.get(&file).await.assert_goes_to(&format!("{DESK}/copies"));
    tribe.post(&downloads, &[]).await.assert_flash("Words in it were taken back or closed since. Make a new copy");
    assert_eq!(site.count("body_copy where id = '@tribe_copy' and void_at is not null and file_id is null").await, 1);
    tribe.post(&format!("{DESK}/copies"), &[]).await.assert_flash("The copy is ready. Download it within seven days");
    let rows = "body_copy_row r join body_copy c on c.id = r.copy_id where r.word_id = '@tribe_statement' and c.id <> '@tribe_copy'";
    assert_eq!(site.count(rows).await, 0, "a new one holds what they may read");
}

/// A steward who serves no more, or is suspended, has no desk at the next request; nor has a member who is no steward.
#[tokio::test]
async fn who_is_no_steward_any_more_has_no_desk_at_the_next_request() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get(DESK).await.assert_page("Your desk");
    site.force("update membership set steward = false where id = '@tribe'").await;
    tribe.get(DESK).await.assert_not_allowed();
    site.force("update membership set steward = true, state = 'suspended', suspended_by = 'body' where id = '@tribe'").await;
    let refused = tribe.get(DESK).await;
    assert!(!refused.status.is_success() && !refused.text.contains("What the agency holds"), "{}", refused.status);
    site.force("update membership set state = 'ended', ended_at = now() where id = '@tribe'").await;
    assert!(!tribe.get(DESK).await.status.is_success());
}

/// Before the act of the body that names its first steward is confirmed there is no steward, and nobody sees earlier content as one.
#[tokio::test]
async fn a_new_first_steward_sees_earlier_content_only_after_the_bodys_act() {
    let site = Site::open().await;
    site.force(
        "update membership set steward = false where id = '@tribe';
         update membership set state = 'proposed', account_id = null where id = '@tribe_member'",
    )
    .await;
    let tribe = site.visitor("tribe").await;
    tribe.get(DESK).await.assert_not_allowed();
    let seen = site.attempt("tribe", "partner", "update body_copy set void_at = now()").await;
    assert_eq!(seen.unwrap_or(0), 0, "the copies of the body are its stewards’ to see");
    site.force("update membership set steward = true where id = '@tribe'").await;
    assert!(!listed(&tribe, "statements").await.is_empty());
}

/// Nobody erases what they have not seen: the first words stand on the list, on each page that asks, and on the thing's own page.
#[tokio::test]
async fn a_steward_sees_the_words_and_the_speaker_before_they_decide_and_the_reading_is_noted() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let said: String = site.peek("select left(words, 40) from statement where id = '@tribe_statement'").await;
    let by: String = site.peek("select shown_as from statement where id = '@tribe_statement'").await;
    let noted = "reading where subject_id = '@tribe_statement' and comment_id is null and membership_id = '@tribe' and how = 'viewed'";
    site.force("delete from reading where membership_id = '@tribe'; update subject set author_id = null where id = '@tribe_statement'")
        .await;
    for page in ["withdrawal", "narrowing", "protection", "deletion"] {
        tribe
            .get(&format!("{DESK}/{page}?record=@tribe_statement"))
            .await
            .assert_sees(&said)
            .assert_sees(&by)
            .assert_sees("1 thing is chosen");
    }
    tribe.get(&format!("{DESK}/records/@tribe_statement")).await.assert_sees(&said);
    assert_eq!(site.count(noted).await, 1, "noted once a day");
    let comment: String = site.peek("select left(words, 40) from comment where id = '@tribe_comment'").await;
    tribe.get(&format!("{DESK}/lists/comments?state=stands")).await.assert_sees(&comment);
}

#[tokio::test]
async fn what_is_left_as_it_is_is_named_and_stays_named_after_a_mistake() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let other = listed(&tribe, "statements?state=stands").await.into_iter().find(|id| *id != site.id("tribe_statement")).unwrap();
    site.force(&format!("update statement set words = null, state = 'withdrawn' where id = '{other}'")).await;
    let asked = tribe.get(&format!("{DESK}/withdrawal?record=@tribe_statement&record={other}")).await;
    asked.assert_sees("Left as they are").assert_sees("its words are gone");
    let again = tribe.send_form(&asked.filled("/desk/withdrawal", &[])).await;
    again.assert_problem("sure", "Tick that the words are to be erased").assert_sees("its words are gone");
}

#[tokio::test]
async fn a_steward_comes_back_to_the_list_with_its_page_and_filters() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    let list = format!("{DESK}/lists/statements?state=stands");
    let page = tribe.get(&list).await;
    assert_eq!(page.attributes("form input[name=from]", "value"), [list.as_str()]);
    assert_eq!(page.select(".deeds").len(), 2, "what can be done stands above the list and below it");
    let all = tribe.get(&format!("{list}&chosen=all")).await;
    assert_eq!(all.select("ul.picks input[checked]").len(), page.select("ul.picks input[name=record]").len());
    let fields = [("record", "@tribe_statement"), ("audience", "body"), ("from", &list)];
    tribe.post(&format!("{DESK}/narrowing"), &fields).await.assert_goes_to(&list);
    let elsewhere = [("record", "@tribe_statement"), ("audience", "body"), ("from", "https://elsewhere.example")];
    tribe.post(&format!("{DESK}/narrowing"), &elsewhere).await.assert_goes_to(DESK);
}

#[tokio::test]
async fn what_somebody_read_on_one_day_is_one_line_and_an_emergency_stands_by_itself() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    site.force(
        "delete from reading;
         insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select s.agency_id, gen_random_uuid(), s.at, '@staff', s.id, how
         from (select x.*, now() as at from subject x where x.body_id = '@tallpine' and x.kind = 'statement' and x.audience <> 'author'
               and exists (select 1 from statement t where t.id = x.id and t.state = 'confirmed') order by x.id limit 3) s,
              unnest(array['viewed', 'downloaded']) how;
         insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select agency_id, gen_random_uuid(), now(), '@admin', id, 'emergency' from subject where id = '@tribe_statement'",
    )
    .await;
    let lines = tribe.get(DESK).await.select("section[aria-labelledby=readings] li");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("3 statements") && line.contains("opened them and took a file away")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("opened it in an emergency")), "{lines:?}");
}
