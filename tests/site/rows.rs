//! Row security asked as somebody, past every page: what hangs on a record, what is somebody's own, a body's own, an account's own, and
//! what the bearer of a link reaches. Tables come from the catalogue, so that a new one is asked too.

use crate::support::{Site, refused};

const HATS: &[(&str, &str)] =
    &[("staff", "staff"), ("director", "director"), ("analyst", "analyst"), ("partner", "partner"), ("tribe", "partner")];

/// Tables that refer to a record and have readers of their own beside its readers: an author, whoever took a file, those who are told.
const BESIDE: &[&str] = &["audit", "comment", "emergency_opening", "export_row", "protected_item", "recall", "sealed", "subject_reader"];

/// Tables in which the bearer of a link finds what concerns the words that it is for, or what everybody is asked by.
const FOR_LINKS: &[&str] = &[
    "audit",
    "closed_day",
    "consent_change",
    "consent_term",
    "consent_wording",
    "destroyed",
    "emergency_opening",
    "idempotency",
    "recall",
    "return_link",
    "sealed",
    "sight_question",
    "speaker",
    "statement",
    "subject",
    "trust_wording",
];

/// Tables of which the bearer of a link finds these rows and no other: who wrote the words down, and the agency's logo.
const FOR_LINKS_IN_PART: &[(&str, &str)] = &[
    (
        "membership",
        "exists (select from statement st where st.speaker_id = current_link() and st.words is not null and st.written_by = x.id)",
    ),
    ("file", "exists (select from agency g where g.id = current_agency() and g.logo_file_id = x.id)"),
    ("file_chunk", "exists (select from agency g where g.id = current_agency() and g.logo_file_id = x.file_id)"),
];

/// How many rows somebody sees; none may be there, and without row security some would be.
async fn hidden(site: &Site, (who, hat): (&str, &str), rows: &str) {
    let seen = site.attempt(who, hat, &format!("select 1 from {rows}")).await.unwrap_or_else(|error| panic!("{who}: {rows}: {error}"));
    assert_eq!(seen, 0, "{who} as {hat} sees {rows}");
}

async fn listed(site: &Site, question: &str) -> Vec<String> {
    site.peek::<String>(question).await.split(' ').map(str::to_owned).collect()
}

#[tokio::test]
async fn what_hangs_on_a_record_is_read_with_it_and_not_otherwise() {
    let site = Site::open().await;
    let refers = "select string_agg(c.conrelid::regclass::text || '.' || a.attname, ' ') from pg_constraint c \
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2] where c.contype = 'f' and c.confrelid = 'subject'::regclass";
    let places = listed(&site, refers).await;
    assert!(places.len() > 25, "only {} tables refer to a record", places.len());
    for of in HATS {
        let all = site.count("subject where agency_id = (select id from agency where slug = 'cedar-river')").await;
        let seen = site.attempt(of.0, of.1, "select id from subject").await.unwrap();
        assert!(seen > 0 && i64::try_from(seen).unwrap() < all, "{}: {seen} of {all} records", of.0);
        for place in &places {
            let (table, column) = place.split_once('.').unwrap();
            if !BESIDE.contains(&table) {
                let without = format!(
                    "{table} x where x.{column} is not null and not exists (select from subject s where s.agency_id = x.agency_id and s.id = x.{column})"
                );
                hidden(&site, *of, &without).await;
            }
        }
    }
}

#[tokio::test]
async fn a_link_reaches_its_own_speakers_words_alone() {
    let site = Site::open().await;
    let speaker: String = site
        .peek("select speaker_id::text from statement where speaker_id is not null and words is not null and written_by is not null and agency_id = (select id from agency where slug = 'cedar-river') order by id limit 1")
        .await;
    let held =
        format!("set local app.membership = ''; set local app.account = ''; set local app.body = ''; set local app.link = '{speaker}'; ");
    let seen = async |rows: &str| site.attempt("staff", "link", &format!("{held}select 1 from {rows}")).await.unwrap();
    assert!(seen("statement").await > 0, "their own");
    // But for what another in the room lets those who were there read.
    let room = "select st.id from statement st where st.for_room";
    for others in ["subject", "statement"] {
        let others = format!("{others} where speaker_id is distinct from current_link() and id not in ({room})");
        assert_eq!(seen(&others).await, 0, "{others}");
    }
    assert_eq!(seen("speaker where id <> current_link()").await, 0);
    for (table, beside) in FOR_LINKS_IN_PART {
        assert!(seen(&format!("{table} x where {beside}")).await > 0, "{table} beside the words");
        assert_eq!(seen(&format!("{table} x where not {beside}")).await, 0, "{table}");
    }
    let tables = "select string_agg(c.relname, ' ') from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id' \
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege('app_login', c.oid, 'select')";
    let in_part = |table: &str| FOR_LINKS_IN_PART.iter().any(|(one, _)| *one == table);
    for table in listed(&site, tables).await.iter().filter(|table| !FOR_LINKS.contains(&table.as_str()) && !in_part(table)) {
        assert_eq!(seen(&format!("public.{table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn who_read_is_told_to_the_reader_the_author_and_their_steward_alone() {
    let site = Site::open().await;
    site.force(
        "insert into reading (agency_id, id, at, membership_id, subject_id, how) \
         select s.agency_id, gen_random_uuid(), s.created_at, '@staff', s.id, 'viewed' from subject s where s.id in ('@court', '@tribe_statement')",
    )
    .await;
    let others = "reading where membership_id <> current_membership()";
    for of in [("analyst", "analyst"), ("admin", "administrator")] {
        hidden(&site, of, others).await;
    }
    // A comment's readers are its author's to know, on whatever record it stands.
    let staffs = "select id from reading where membership_id = '@staff' and comment_id is null and subject_id = ";
    assert!(site.attempt("tribe", "partner", &format!("{staffs}'@tribe_statement'")).await.unwrap() > 0, "their steward");
    assert_eq!(site.attempt("tribe", "partner", &format!("{staffs}'@court'")).await.unwrap(), 0);
    assert!(site.attempt("staff", "staff", &format!("{staffs}'@court'")).await.unwrap() > 0, "the reader");
}

#[tokio::test]
async fn what_is_somebodys_own_is_seen_by_nobody_else() {
    let site = Site::open().await;
    site.force(
        "insert into file (agency_id, id, name, mime, size, sha256, owner_id, created_at) \
         select agency_id, gen_random_uuid(), 'mine.csv', 'text/csv', 0, '', id, created_at from membership where id = '@analyst'; \
         insert into draft (agency_id, membership_id, page, action, fields, saved_at) \
         select agency_id, id, '/x', '/x', '{}', created_at from membership where id = '@analyst'; \
         insert into sight_question (agency_id, id, asked_by, member_id, subject_id, at, sees, told_all, parts) \
         select agency_id, gen_random_uuid(), id, id, '@court', created_at, true, true, '[]' from membership where id = '@analyst'",
    )
    .await;
    for (table, others) in [
        (
            "file where not shared",
            "owner_id <> current_membership() and not shared and not exists (select from evidence e where e.file_id = file.id)",
        ),
        ("draft", "membership_id <> current_membership()"),
        ("sight_question", "asked_by <> current_membership()"),
        ("notice", "membership_id <> current_membership()"),
        (
            "member_identity",
            "membership_id <> current_membership() and not exists (select from identity_reader r \
             where r.membership_id = member_identity.membership_id and r.reader_id = current_membership())",
        ),
    ] {
        assert!(site.count(table).await > 0, "{table} is empty");
        let table = table.split(' ').next().unwrap();
        for of in HATS.iter().filter(|of| of.0 != "analyst") {
            hidden(&site, *of, &format!("{table} where {others}")).await;
        }
    }
}

#[tokio::test]
async fn what_is_a_bodys_own_is_seen_by_no_other() {
    let site = Site::open().await;
    let rating = "018f5e2a-0000-7000-8000-00000000bbbb";
    site.force(&format!(
        "insert into rating (agency_id, id, partner_id, side, value, kept, note, rated_on, rated_by, created_at) \
         select agency_id, '{rating}', '@kinship', 'partner', null, true, '', '2027-03-01', id, '2027-03-01' from membership where id = '@partner'; \
         insert into rating_kept (agency_id, rating_id, partner_id, value, note) \
         select agency_id, '{rating}', '@kinship', 2, 'Among ourselves' from membership where id = '@partner'"
    ))
    .await;
    for table in ["rating", "rating_kept"] {
        hidden(&site, ("tribe", "partner"), &format!("{table} where partner_id is distinct from current_body()")).await;
        hidden(&site, ("staff", "staff"), table).await;
        let own = site.attempt("partner", "partner", &format!("select 1 from {table} where partner_id = current_body()")).await;
        assert!(own.unwrap() > 0, "{table}: their own");
    }
}

#[tokio::test]
async fn a_card_is_seen_by_those_with_a_duty_and_its_own_speaker() {
    let site = Site::open().await;
    let others = "speaker where membership_id is distinct from current_membership() and not exists (select from session_duty d \
        where d.session_id = speaker.session_id and d.membership_id = current_membership())";
    for of in HATS {
        hidden(&site, *of, others).await;
    }
    assert!(site.attempt("facilitator", "staff", "select id from speaker").await.unwrap() > 0, "with a duty");
}

#[tokio::test]
async fn nobody_sees_what_another_account_signs_in_with() {
    let site = Site::open().await;
    let _signed_in = site.visitor("staff").await;
    let (id, of) = ("gen_random_uuid(), account_id", "from membership where id = '@staff'");
    site.force(&format!(
        "insert into passkey (id, account_id, credential_id, credential, name, made_at) select {id}, 'x', '{{}}', 'x', created_at {of}; \
         insert into code_seed (account_id, sealed, made_at) select account_id, 'x', created_at {of}; \
         insert into recovery_code (account_id, code_hash) select account_id, 'x' {of}; \
         insert into half_sign_in (id, account_id, token_hash, made_at, expires_at) select {id}, 'x', created_at, created_at {of}; \
         insert into known_device (token_hash, account_id, last_at) select 'x', account_id, created_at {of}; \
         insert into parked_form (id, account_id, sealed, expires_at) select 'x', account_id, 'x', created_at {of}; \
         insert into password_reset (id, account_id, token_hash, made_at, expires_at) select {id}, 'x', created_at, created_at {of}; \
         insert into address_change (id, account_id, was, wanted, made_at, expires_at) select {id}, 'a', 'b', created_at, created_at {of}; \
         insert into address_word (id, account_id, change_id, is_new) select {id}, (select id from address_change limit 1), true {of}"
    ))
    .await;
    let tables = "select string_agg(c.relname, ' ') from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' \
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_column_privilege('app_login', c.oid, a.attnum, 'select') \
        and not exists (select from pg_attribute k where k.attrelid = c.oid and k.attname = 'agency_id')";
    let tables = listed(&site, tables).await;
    assert!(tables.len() >= 9, "{tables:?}");
    for table in tables {
        assert!(site.count(&table).await > 0, "put a row into {table} here, so that it can be seen");
        for of in [("analyst", "analyst"), ("admin", "administrator"), ("tribe", "partner")] {
            hidden(&site, of, &format!("{table} where account_id is distinct from current_account()")).await;
        }
        let own = site.attempt("staff", "staff", &format!("select 1 from {table} where account_id = current_account()")).await;
        assert!(own.unwrap() > 0, "{table}: their own");
    }
}

#[tokio::test]
async fn a_steward_who_is_suspended_keeps_nothing_meanwhile() {
    let site = Site::open().await;
    let open = "update protocol set own_people = 'all'";
    assert!(site.attempt("tribe", "partner", open).await.is_ok_and(|rows| rows > 0), "who serves");
    for by in ["body", "agency"] {
        site.force(&format!("update membership set state = 'suspended', suspended_by = '{by}' where id = '@tribe'")).await;
        refused(by, site.attempt("tribe", "partner", open).await);
    }
}
