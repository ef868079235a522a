//! How long what is kept: a schedule, a decision of two people, a steward's word; what is held stays, and words taken back under a
//! hold are sealed.

use crate::support::{Answer, Site};

const RETENTION: &str = "/cedar-river/retention";
const HOLDS: &str = "/cedar-river/retention/holds";
const STATEMENT: &str = "/cedar-river/statements/@chosen_statement";
const SAID: &str = "faster than any search";
const SEALED: &str = "The words are gone from every page. A legal hold that was set before keeps them sealed; nobody here reads them, and they are destroyed when it ends";
/// What a director sends who means it.
const DESTROY: &[(&str, &str)] = &[("decision", "destroy"), ("because", "The schedule says so"), ("sure", "yes")];
/// Statements `t` of this county to which nobody of another body said anything: their own body's word is all that is needed.
const ALONE: &str = "statement t where t.agency_id = (select id from agency where slug = 'cedar-river') and t.words is not null \
     and t.state in ('confirmed', 'corrected') and exists (select 1 from subject s where s.agency_id = t.agency_id and s.id = t.id and s.audience <> 'author') and not exists (select 1 from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id \
     where c.agency_id = t.agency_id and c.subject_id = t.id and c.words is not null and m.partner_id is not null and m.partner_id is distinct from t.body_id)";

/// Every session was held and closed ten years ago, and statements are kept for six.
pub async fn long_ago(site: &Site) {
    site.force(
        "delete from destruction_word; delete from destruction; delete from legal_hold; \
         update listening_session set state = 'closed', closed_at = '2017-01-10 12:00Z', starts_at = '2017-01-10 12:00Z' \
         where agency_id = (select id from agency where slug = 'cedar-river') and state not in ('planned', 'announced', 'cancelled'); \
         delete from retention_rule; \
         insert into retention_rule (agency_id, kind, years, source, set_by, set_at) select agency_id, k, 6, 'Schedule 14', id, now() \
         from membership, unnest(array['statement', 'loop', 'session', 'outreach', 'commitment']) k where id = '@admin'",
    )
    .await;
}

pub async fn proposed(site: &Site, kind: &str) -> Answer {
    let admin = site.visitor("admin").await;
    let made = admin.fill(&format!("{RETENTION}/due/{kind}"), &format!("/due/{kind}"), &[]).await;
    made.assert_goes_to("/cedar-river/retention/destructions/*");
    made
}

async fn hold(site: &Site, scope: &str, record: &str) -> String {
    let fields =
        [("scope", scope), ("record", record), ("reason", "A lawsuit"), ("authority", "Superior Court 27-1"), ("from", "2027-01-04")];
    let set = site.visitor("admin").await.post(HOLDS, &fields).await;
    set.assert_goes_to("/cedar-river/retention/holds/*").assert_flash("The hold is set, and holds from now on. Somebody else confirms it");
    set.location
}

async fn lifted(site: &Site, hold: &str) {
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    director.fill(hold, "/lifting", &[("because", "The case is closed")]).await.assert_goes_to(hold);
    admin.fill(hold, "/lifting/decision", &[("decision", "end")]).await.assert_goes_to(hold);
}

#[tokio::test]
async fn the_schedule_names_its_source_and_keeps_its_history() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let page = format!("{RETENTION}/rules/outreach");
    admin.fill(&page, "/rules/outreach", &[("years", "7")]).await.assert_problem("source", "Enter the law or the schedule");
    admin
        .fill(&page, "/rules/outreach", &[("years", "500"), ("source", "x")])
        .await
        .assert_problem("years", "Enter a number from 1 to 100");
    admin.fill(&page, "/rules/outreach", &[("years", "7"), ("source", "State schedule 14.2")]).await.assert_goes_to(RETENTION);
    site.visitor("director")
        .await
        .get("/cedar-river/settings/changes")
        .await
        .assert_sees("Outreach entries: years kept")
        .assert_sees("7 years");
    let late = admin.post(&page, &[("years", "8"), ("source", "y"), ("version", "0")]).await;
    late.assert_sees("Someone else saved this while you were writing");
    for who in ["staff", "analyst", "parent"] {
        site.visitor(who).await.get(RETENTION).await.assert_not_allowed();
    }
    site.visitor("director").await.post(&page, &[("years", "1"), ("source", "z"), ("version", "1")]).await.assert_not_allowed();
    admin.get(&format!("{RETENTION}/rules/partner")).await.assert_not_found();
}

#[tokio::test]
async fn nothing_goes_without_a_second_person_and_then_it_goes_as_words_that_are_taken_back() {
    let site = Site::open().await;
    long_ago(&site).await;
    let made = proposed(&site, "statement").await;
    assert_eq!(site.count("destroyed").await, 0, "a proposal destroys nothing");
    let director = site.visitor("director").await;
    let one = format!("from {ALONE} and t.body_id is null and char_length(t.words) > 60 order by t.id limit 1");
    let (words, record): (String, String) =
        (site.peek(&format!("select t.words {one}")).await, site.peek(&format!("select t.id::text {one}")).await);
    director.fill(&made.location, "/decision", &[("decision", "keep")]).await.assert_problem("because", "Enter why it is kept");
    // Nothing is erased by one press: it takes why, and a tick that says what is about to happen.
    let pressed = director.fill(&made.location, "/decision", &[("decision", "destroy"), ("because", "")]).await;
    pressed.assert_problem("because", "Enter why it is destroyed").assert_problem("sure", "Tick that what is due is erased for good");
    let unsure = director.fill(&made.location, "/decision", &[("decision", "destroy"), ("because", "The schedule says so")]).await;
    unsure.assert_problem("sure", "Tick that what is due is erased for good");
    assert_eq!(site.count("destroyed").await, 0, "nothing went");
    director.fill(&made.location, "/decision", DESTROY).await.assert_goes_to(&made.location);
    assert_eq!(
        site.count(&format!("statement where id = '{record}' and words is null and not may_quote and state = 'withdrawn'")).await,
        1
    );
    assert_eq!(site.count(&format!("{ALONE} and t.body_id is null")).await, 0);
    let there = site.count(&format!("statement where words = '{}'", words.replace('\'', "''"))).await
        + site.count(&format!("comment where position('{}' in words) > 0", words.replace('\'', "''"))).await;
    assert_eq!(there, 0, "{words}");
    assert_eq!(
        site.count("subject s join destroyed d on d.subject_id = s.id where s.title <> 'Destroyed under the retention schedule'").await,
        0
    );
    assert_eq!(site.count("audit where action = 'destroyed under the retention schedule'").await, site.count("destroyed").await);
    director.get(&made.location).await.assert_sees("What went");
    let again = director.post(&format!("{}/decision", made.location), &[DESTROY, &[("version", "2")]].concat()).await;
    again.assert_problem("", "This was decided already");
}

#[tokio::test]
async fn nobody_decides_on_their_own_proposal() {
    let site = Site::open().await;
    long_ago(&site).await;
    let made = proposed(&site, "statement").await;
    // The same person under another hat is no second person.
    site.force("update membership set account_id = null where id = '@director'; update membership d set account_id = a.account_id from membership a where d.id = '@director' and a.id = '@admin'").await;
    let both = site.visitor("admin").await;
    both.post("/hats", &[("membership", "@director")]).await;
    both.get(&made.location).await.assert_sees("It waits for a director who is somebody other than");
    let decision = format!("{}/decision", made.location);
    both.post(&decision, &[DESTROY, &[("version", "1")]].concat()).await.assert_problem("", "Somebody other than the one who proposed it");
    for (who, hat) in
        [("admin", "administrator"), ("director", "director"), ("staff", "staff"), ("tribe", "partner"), ("analyst", "analyst")]
    {
        let forced = site
            .attempt(who, hat, "update destruction set decision = 'destroy', decided_by = current_membership(), decided_at = now()")
            .await;
        crate::support::refused(who, forced);
        let marked = site.attempt(who, hat, "insert into destroyed (agency_id, subject_id, destruction_id, at) select d.agency_id, s.id, d.id, now() from destruction d, subject s limit 1").await;
        crate::support::refused(who, marked);
    }
    assert_eq!(site.count("destroyed").await, 0);
}

#[tokio::test]
async fn whoever_proposed_takes_it_back_while_nobody_has_decided() {
    let site = Site::open().await;
    long_ago(&site).await;
    let (admin, made) = (site.visitor("admin").await, proposed(&site, "statement").await);
    admin.get(&format!("{RETENTION}/due/statement")).await.assert_sees("How many these are is shown to nobody");
    admin.get(&made.location).await.assert_sees("Take the proposal back").assert_sees("also those that you may not see");
    let back = format!("{}/taking-back", made.location);
    site.visitor("director").await.post(&back, &[]).await.assert_not_allowed();
    admin.post(&back, &[]).await.assert_goes_to(&made.location).assert_flash("Proposal taken back. Everything stays");
    site.visitor("director").await.get(&made.location).await.assert_sees("took the proposal back").assert_never_sees("Your decision");
    assert_eq!(site.count("destroyed").await, 0);
    admin.post(&back, &[]).await.assert_problem("", "This was decided already");
    proposed(&site, "statement").await;
}

#[tokio::test]
async fn words_of_a_body_go_by_its_stewards_word_alone() {
    let site = Site::open().await;
    long_ago(&site).await;
    let made = proposed(&site, "statement").await;
    let own = &format!("{ALONE} and t.body_id = '@tallpine'");
    let before = site.count(own).await;
    assert!(before > 0);
    // Nobody but a body's stewards is told that it was asked.
    assert_eq!(site.count("notice where kind = 'retention' and membership_id = '@tribe'").await, 1);
    assert_eq!(site.count("notice where kind = 'retention' and membership_id in ('@staff', '@admin', '@analyst', '@parent')").await, 0);
    site.visitor("director").await.get(&made.location).await.assert_never_sees("Tall Pine");
    assert_eq!(site.attempt("director", "director", "select 1 from destruction_word").await.unwrap(), 0);
    site.visitor("director").await.fill(&made.location, "/decision", DESTROY).await.assert_goes_to(&made.location);
    assert_eq!(site.count(own).await, before, "the agency's decision alone moves nothing of theirs");
    let tribe = site.visitor("tribe").await;
    tribe.get(&made.location).await.assert_sees("Your body’s word");
    tribe.fill(&made.location, "/word", &[("word", "given")]).await.assert_goes_to(&made.location);
    assert_eq!(site.count(own).await, 0);
    tribe.post(&format!("{}/word", made.location), &[("word", "refused")]).await.assert_problem("", "Your body’s word was given already");
    // What a body was asked, and what it said, is read in no log on the agency's side.
    for who in ["director", "staff", "admin"] {
        let log = site.visitor(who).await.glance("GET", "/cedar-river/audit?record=@tallpine").await;
        assert!(!log.text.contains("let be destroyed"), "{who}");
    }
    tribe.get("/cedar-river/audit?record=@tallpine").await.assert_sees("let be destroyed");
    let others = site.count("statement where body_id is not null and body_id <> '@tallpine' and words is not null").await;
    assert!(others > 0, "another body's words wait for its own word");
}

#[tokio::test]
async fn what_a_body_refuses_stays_and_a_body_without_a_steward_loses_nothing() {
    let site = Site::open().await;
    long_ago(&site).await;
    let made = proposed(&site, "statement").await;
    let tribe = site.visitor("tribe").await;
    tribe.fill(&made.location, "/word", &[("word", "refused")]).await.assert_goes_to(&made.location);
    site.visitor("director").await.fill(&made.location, "/decision", DESTROY).await;
    assert_eq!(site.count("destroyed d join statement s on s.id = d.subject_id where s.body_id is not null").await, 0);
    // A member who is no steward of the body does not speak for it, and finds no proposal.
    site.visitor("parent").await.get(&made.location).await.assert_not_allowed();
    site.force("delete from destruction_word where partner_id = '@kinship'").await;
    site.visitor("partner").await.get(&made.location).await.assert_not_found();
}

#[tokio::test]
async fn what_is_held_is_not_destroyed() {
    let site = Site::open().await;
    long_ago(&site).await;
    let of_no_body = format!("{ALONE} and t.body_id is null");
    let record: String = site.peek(&format!("select t.id::text from {of_no_body} order by t.id limit 1")).await;
    let session: String = site.peek(&format!("select t.session_id::text from {of_no_body} order by t.id desc limit 1")).await;
    let kept = format!("{of_no_body} and t.session_id = '{session}'");
    let before = site.count(&kept).await;
    let director = site.visitor("director").await;
    let fields = [("scope", "record"), ("record", record.as_str()), ("reason", "r"), ("authority", "a"), ("from", "2027-01-04")];
    // A director may see the record only as far as it is theirs to read: whatever else there is answers as if it never was.
    let asked = director.post(HOLDS, &fields).await;
    let seen =
        site.count(&format!("subject where id = '{record}' and audience in ('leadership', 'agency', 'partnership', 'public')")).await;
    assert_eq!(u16::from(asked.status.as_u16() == 303), u16::try_from(seen).unwrap());
    let held = hold(&site, "matter", &format!("/cedar-river/sessions/{session}")).await;
    let made = proposed(&site, "statement").await;
    director.fill(&made.location, "/decision", DESTROY).await.assert_goes_to(&made.location);
    assert_eq!(site.count(&kept).await, before, "what was heard in the session is a matter that is held");
    lifted(&site, &held).await;
    let again = proposed(&site, "statement").await;
    director.fill(&again.location, "/decision", DESTROY).await.assert_goes_to(&again.location);
    assert!(site.count(&kept).await <= 1, "after the hold the schedule lets it go, but for what another hold keeps");
    // A question that is due, and of no body that would have to be asked: a hold on everything keeps it, and nothing else does.
    site.force(
        "update loop set state = 'closed', closed_at = '2017-01-10 12:00Z' where id = '@loop_answered'; \
         update subject set body_id = null where id = '@loop_answered'; update comment set words = null where subject_id = '@loop_answered'",
    )
    .await;
    let everything = hold(&site, "everything", "").await;
    for (still, gone) in [(true, 0), (false, 1)] {
        if !still {
            lifted(&site, &everything).await;
        }
        let loops = proposed(&site, "loop").await;
        director.fill(&loops.location, "/decision", DESTROY).await.assert_goes_to(&loops.location);
        assert_eq!(site.count("destroyed where subject_id = '@loop_answered'").await, gone, "held: {still}");
    }
}

#[tokio::test]
async fn what_became_due_after_the_proposal_or_is_its_authors_alone_does_not_go() {
    let site = Site::open().await;
    long_ago(&site).await;
    let due: String = site.peek(&format!("select string_agg(t.id::text, ' ' order by t.id) from {ALONE} and t.body_id is null")).await;
    let mut due = due.split(' ');
    let mut next = || due.next().expect("three statements of no body are due");
    let (late, own, goes) = (next(), next(), next());
    site.force(&format!(
        "update subject set withdrawn_at = now() where id = '{late}'; \
         update subject set audience = 'author', author_id = '@parent' where id = '{own}'"
    ))
    .await;
    let made = proposed(&site, "statement").await;
    site.force(&format!("update subject set withdrawn_at = null where id = '{late}'")).await;
    site.visitor("director").await.fill(&made.location, "/decision", DESTROY).await.assert_goes_to(&made.location);
    for (record, words) in [(late, 1), (own, 1), (goes, 0)] {
        assert_eq!(site.count(&format!("statement where id = '{record}' and words is not null")).await, words, "{record}");
    }
}

#[tokio::test]
async fn words_taken_back_under_a_hold_are_sealed_from_everybody_and_destroyed_when_it_ends() {
    let site = Site::open().await;
    let session: String = site.peek("select session_id::text from statement where id = '@chosen_statement'").await;
    let held = hold(&site, "matter", &format!("/cedar-river/sessions/{session}")).await;
    let partner = site.visitor("partner").await;
    let back = partner.post(&format!("{STATEMENT}/withdrawal"), &[]).await;
    back.assert_goes_to(STATEMENT).assert_flash(SEALED);
    assert_eq!(site.count(&format!("sealed_text where position('{SAID}' in convert_from(words, 'UTF8')) > 0")).await, 1);
    assert_eq!(site.count("statement where id = '@chosen_statement' and words is null").await, 1);
    partner.get(STATEMENT).await.assert_sees("keeps the words sealed since").assert_never_sees(SAID);
    // Nobody reads it, under whatever hat; that it is there is told to those whom it concerns.
    for (who, hat) in [
        ("admin", "administrator"),
        ("director", "director"),
        ("staff", "staff"),
        ("analyst", "analyst"),
        ("partner", "partner"),
        ("tribe", "partner"),
    ] {
        for what in
            ["select words from sealed_text", "select 1 from sealed_under", "delete from sealed_text", "update sealed set ended_at = now()"]
        {
            let read = site.attempt(who, hat, what).await;
            crate::support::refused(&format!("{who}: {what}"), read);
        }
    }
    site.visitor("tribe").await.get(STATEMENT).await.assert_not_found();
    site.visitor("staff").await.get(STATEMENT).await.assert_never_sees("sealed");
    site.visitor("staff").await.post(&format!("{held}/lifting"), &[("because", "x"), ("version", "1")]).await.assert_not_allowed();
    let (open, past) =
        ("where lifted_at is null and scope = 'matter'", "update legal_hold set lifted_at = now(), lifted_by = current_membership()");
    site.force(&format!("update legal_hold set end_by = '@director', end_at = now(), lifted_because = 'x' {open}")).await;
    let alone = site.attempt("director", "director", &format!("{past} {open}")).await;
    assert!(!matches!(alone, Ok(1..)), "whoever proposed its end, past the page");
    site.force(&format!("update legal_hold set end_by = null, end_at = null, lifted_because = '' {open}")).await;
    lifted(&site, &held).await;
    assert_eq!(site.count("sealed_text").await, 0);
    partner.get(STATEMENT).await.assert_sees("and they are destroyed");
    let told = "notice where said like 'The legal hold on words that you took back has ended%' and membership_id";
    assert_eq!(site.count(&format!("{told} = '@partner'")).await, 1, "whoever took them back hears it");
    assert_eq!(site.count(&format!("{told} <> '@partner'")).await, 0);
}

#[tokio::test]
async fn a_hold_set_after_words_were_taken_back_finds_nothing() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.post(&format!("{STATEMENT}/withdrawal"), &[]).await.assert_flash("The words are gone from here");
    hold(&site, "everything", "").await;
    assert_eq!(site.count("sealed").await, 0);
    let question = partner.post("/cedar-river/loops/@loop_answered/withdrawal", &[]).await;
    question.assert_flash(SEALED);
    assert!(
        site.count("sealed s join sealed_text t on t.sealed_id = s.id where s.subject_id = '@loop_answered'").await > 1,
        "the words and the answer"
    );
    assert_eq!(site.count(&format!("sealed_text where position('{SAID}' in convert_from(words, 'UTF8')) > 0")).await, 0);
}

#[tokio::test]
async fn two_holds_keep_what_is_sealed_until_both_have_ended() {
    let site = Site::open().await;
    let (first, second) = (hold(&site, "everything", "").await, hold(&site, "everything", "").await);
    site.visitor("partner").await.post(&format!("{STATEMENT}/withdrawal"), &[]).await;
    lifted(&site, &first).await;
    assert_eq!(site.count("sealed_text").await, 1);
    lifted(&site, &second).await;
    assert_eq!(site.count("sealed_text").await, 0);
}

#[tokio::test]
async fn nobody_learns_from_a_hold_or_a_due_list_that_a_record_is_there() {
    let site = Site::open().await;
    long_ago(&site).await;
    let admin = site.visitor("admin").await;
    let fields =
        |record: &'static str| [("scope", "record"), ("record", record), ("reason", "r"), ("authority", "a"), ("from", "2027-01-04")];
    let hidden = admin.post(HOLDS, &fields("@loop_answered")).await;
    let never = admin.post(HOLDS, &fields("018f5e2a-0000-7000-8000-000000000000")).await;
    hidden.assert_problem("record", "There is no such record");
    never.assert_problem("record", "There is no such record");
    // Questions are no administrator's to see, so none is due for them; a director sees those that are theirs to read.
    site.force("update loop set state = 'closed', closed_at = '2017-01-10 12:00Z' where id = '@loop_answered'").await;
    admin.get(&format!("{RETENTION}/due/loop")).await.assert_sees("0 records");
    site.visitor("director").await.get(&format!("{RETENTION}/due/loop")).await.assert_sees("1 record ");
    for who in ["staff", "analyst", "tribe", "parent"] {
        site.visitor(who).await.get(HOLDS).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get(&format!("{RETENTION}/destructions/@destruction")).await.assert_not_found();
    harbor.get(&format!("{HOLDS}/@hold")).await.assert_not_found();
}

#[tokio::test]
async fn a_session_that_goes_takes_its_consent_cards_along_and_never_before_what_was_heard() {
    let site = Site::open().await;
    long_ago(&site).await;
    let director = site.visitor("director").await;
    // No body has to be asked: what was heard in them alone keeps the sessions.
    site.force("update subject set body_id = null where kind = 'session'; update comment set words = null").await;
    let made = proposed(&site, "session").await;
    director.fill(&made.location, "/decision", DESTROY).await;
    let with_words = "destroyed d join statement t on t.session_id = d.subject_id where t.words is not null";
    assert_eq!(site.count(with_words).await, 0);
    site.force("update statement set words = null, folded = null, state = 'struck'; update speaker set reach_aside = '{\"telephone\": \"555-0142\"}'")
        .await;
    let for_bodies = "speaker s join listening_session l on l.id = s.session_id where s.partner_id is not null";
    let standing = site.count(for_bodies).await;
    let again = proposed(&site, "session").await;
    director.fill(&again.location, "/decision", DESTROY).await;
    assert!(
        site.count("destroyed d join listening_session l on l.id = d.subject_id where l.title = 'Destroyed under the retention schedule'")
            .await
            > 0
    );
    assert_eq!(site.count("speaker s join destroyed d on d.subject_id = s.session_id where s.name <> '' or s.reach_at <> ''").await, 0);
    // Whose card it was goes, and what waited aside; for which body somebody spoke is the body's standing and stays.
    let told = "speaker s join destroyed d on d.subject_id = s.session_id where s.membership_id is not null or s.reach_aside <> '{}'";
    assert_eq!(site.count(told).await, 0);
    assert_eq!(site.count(for_bodies).await, standing);
}
