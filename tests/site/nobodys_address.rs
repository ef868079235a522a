//! Which addresses sign in, and by what, nobody learns: neither from the answer nor from the work that it takes.

use crate::support::{
    Answer, Site,
    counting::{self, Asked},
    factors::{PASSWORD, adds_a_passkey, sets_codes_up, signs_in},
    smtp::Smtp,
};
use http::StatusCode;
use sqlx::AssertSqlSafe;

/// Addresses of every kind: nobody’s; with a password, alone and beside a second step; without one, for a passkey or a provider; closed.
const ADDRESSES: [&str; 6] = [
    "nobody@demo.example",
    "analyst@demo.example",
    "director@demo.example",
    "staff@demo.example",
    "facilitator@demo.example",
    "parent@demo.example",
];

async fn prepare(site: &Site) {
    sets_codes_up(site, &site.visitor("director").await).await;
    adds_a_passkey(&site.visitor("staff").await, "my phone").await;
    site.force(
        "update account set password_hash = null where email in ('staff@demo.example', 'facilitator@demo.example');
         update account set closed_at = created_at where email = 'parent@demo.example';
         insert into sign_on_identity (agency_id, id, account_id, issuer, subject, joined_at)
         select agency_id, id, account_id, 'https://provider.example', 'x', created_at from membership where id = '@facilitator'",
    )
    .await;
}

/// The answer without what is made anew each time: the address, the question for a passkey, the key of a form.
fn plain(answer: &Answer, email: &str) -> (StatusCode, Vec<String>, String) {
    let in_the_list = format!("<li>{email}");
    let mut text = answer.text.replace(email, "the address").replace("<li>the address", &in_the_list);
    for attribute in ["data-passkey=\"", "name=\"state\" value=\"", "name=\"key\" value=\"", "nonce=\""] {
        let mut parts = text.split(attribute);
        let first = parts.next().unwrap_or_default().to_owned();
        text = parts.fold(first, |whole, part| format!("{whole}{attribute}{}", part.split_once('"').map_or("", |(_, rest)| rest)));
    }
    let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    headers.sort();
    (answer.status, headers, text)
}

/// What a stranger is answered who sends these fields, and what it asked of the database.
async fn asked(site: &Site, path: &str, fields: &[(&str, &str)]) -> (Answer, Asked) {
    let stranger = site.stranger().from("198.51.100.7");
    counting::begin();
    let answer = stranger.post(path, fields).await;
    (answer, counting::end())
}

#[tokio::test]
async fn a_sign_in_is_refused_alike_whoever_has_the_address_and_by_whatever_they_sign_in() {
    let site = Site::open().await;
    prepare(&site).await;
    // Statements are prepared at the first visits.
    for _ in 0..2 {
        asked(&site, "/sign-in", &[("email", "first@demo.example"), ("password", "not the password of anybody")]).await;
    }
    for password in ["not the password of anybody", "short", "common-table-demo-and-more"] {
        let mut first = None;
        for email in ADDRESSES {
            let (answer, work) = asked(&site, "/sign-in", &[("email", email), ("password", password)]).await;
            let got = (plain(&answer, email), work.words, work.begun_or_ended);
            assert_eq!(got.0.0, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
            let wanted = first.get_or_insert_with(|| got.clone());
            assert_eq!(&got, wanted, "{email} is told apart from nobody’s");
        }
    }
    // Where there is no password the one of everybody opens nothing, nor does none at all.
    for email in &ADDRESSES[3..] {
        for password in [PASSWORD, ""] {
            let answer = site.stranger().post("/sign-in", &[("email", email), ("password", password)]).await;
            answer.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    signs_in(&site, "analyst", "").await.1.assert_goes_to("/");
}

#[tokio::test]
async fn a_new_password_is_asked_for_alike_whoever_has_the_address() {
    let smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    prepare(&site).await;
    let real =
        "update account set is_demo = false where email in ('analyst@demo.example', 'staff@demo.example', 'facilitator@demo.example')";
    site.force(real).await;
    for _ in 0..2 {
        asked(&site, "/reset", &[("email", "first@demo.example")]).await;
    }
    let mut first = None;
    for email in ADDRESSES {
        let (answer, work) = asked(&site, "/reset", &[("email", email)]).await;
        answer.assert_goes_to("/reset?asked=yes");
        let got = (plain(&answer, email), work.words, work.begun_or_ended);
        let wanted = first.get_or_insert_with(|| got.clone());
        assert_eq!(&got, wanted, "{email} is told apart from nobody’s");
    }
    assert_eq!(site.count("password_reset").await, 3);
}

#[tokio::test]
async fn what_a_new_password_needs_is_told_to_whoever_has_the_link_and_one_that_is_refused_spends_nothing() {
    let mut site = Site::open().await;
    crate::support::atlas::complete(&mut site).await;
    let (link, form) = ("/reset/@reset", "/reset/password");
    let holder = site.stranger();
    let put = async |new: &str| holder.post(form, &[("new_password", new)]).await;
    holder.get(link).await.assert_goes_to(form);
    // The atlas gave staff a passkey.
    holder.get(form).await.assert_sees("At least 8 characters");
    put("heron").await.assert_problem("new_password", "Choose one of at least 8 characters");
    put("Password1").await.assert_problem("new_password", "Choose another one");
    site.force("delete from passkey where account_id = (select id from account where email = 'staff@demo.example')").await;
    holder.get(form).await.assert_sees("At least 15 characters");
    put("heronladder").await.assert_problem("new_password", "Choose one of at least 15 characters");
    assert_eq!(site.count("password_reset where used_at is null").await, 1, "the link is as good as before");
    put("five words one after another").await.assert_goes_to("/sign-in");
    // To whoever has a link that leads nowhere, or none, nothing is told of passwords.
    for new in ["", "heron", "heronladder", "five words one after another"] {
        let over = site.stranger();
        over.get(link).await.assert_goes_to(form);
        let answer = over.post(form, &[("new_password", new)]).await;
        answer.assert_status(StatusCode::GONE);
        assert!(!answer.text.contains("characters"), "{}", answer.text);
        site.stranger().post(form, &[("new_password", new)]).await.assert_not_found();
    }
}

#[tokio::test]
async fn a_short_password_is_refused_where_what_stood_beside_it_goes_at_the_same_moment() {
    let mut site = Site::alone().await;
    crate::support::atlas::complete(&mut site).await;
    let holder = site.stranger();
    holder.get("/reset/@reset").await.assert_goes_to("/reset/password");
    let of_staff = "(select id from account where email = 'staff@demo.example')";
    let mut taking_away = site.own_connection().await;
    let begun = format!("begin; select from account where id = {of_staff} for update; delete from passkey where account_id = {of_staff}");
    sqlx::raw_sql(AssertSqlSafe(begun)).execute(&mut taking_away).await.unwrap();
    let (answer, ()) = tokio::join!(holder.post("/reset/password", &[("new_password", "heronladder")]), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        sqlx::raw_sql("commit").execute(&mut taking_away).await.unwrap();
    });
    answer.assert_problem("new_password", "Choose one of at least 15 characters");
    assert_eq!(site.count("password_reset where used_at is null").await, 1, "and the link is as good as before");
    assert_eq!(site.count("account where password_is_short").await, 0);
}
