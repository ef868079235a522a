//! Sign-ins: where they begin, that they are secrets, and that what is taken back is gone with the next request.

use crate::support::Site;
use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher as _};
use common_table::platform::session::{SESSION_COOKIE, Token};
use http::StatusCode;
use std::collections::HashSet;

const PASSWORD: &str = "common-table-demo";

#[tokio::test]
async fn each_sign_in_is_a_new_secret_and_ends_the_one_that_the_browser_had() {
    let site = Site::open().await;
    let visitor = site.stranger();
    let mut seen = HashSet::<String>::new();
    for _ in 0..3 {
        visitor.post("/sign-in", &[("email", "staff@demo.example"), ("password", PASSWORD)]).await.assert_goes_to("/");
        let token = visitor.cookie(SESSION_COOKIE).unwrap();
        assert!(token.len() == 43 && Token::from_text(&token).is_some(), "32 random bytes");
        assert_eq!(site.count(&format!("session where session::text like '%{token}%'")).await, 0, "only its hash is stored");
        for old in &seen {
            site.stranger().with_cookie(SESSION_COOKIE, old).get("/cedar-river").await.assert_sent_to_sign_in();
        }
        assert!(seen.insert(token), "never the same");
    }
    visitor.get("/cedar-river").await.assert_status(StatusCode::OK);
}

#[tokio::test]
async fn a_planted_sign_in_is_none_and_becomes_none_by_signing_in() {
    let site = Site::open().await;
    let planted = format!("{}A", "P".repeat(42));
    assert!(Token::from_text(&planted).is_some());
    let victim = site.stranger().with_cookie(SESSION_COOKIE, &planted);
    victim.post("/sign-in", &[("email", "staff@demo.example"), ("password", PASSWORD)]).await.assert_goes_to("/");
    assert_ne!(victim.cookie(SESSION_COOKIE).unwrap(), planted);
    site.stranger().with_cookie(SESSION_COOKIE, &planted).get("/cedar-river").await.assert_sent_to_sign_in();
}

#[tokio::test]
async fn a_password_is_taken_letter_by_letter_as_long_as_it_is() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let new = format!("  Heron ladder copper Tuesday {}  ", "and a very long tail ".repeat(9));
    assert!(new.chars().count() > 200);
    staff.post("/account/password", &[("current_password", PASSWORD), ("new_password", &new)]).await.assert_goes_to("/account");
    let sign_in =
        async |typed: &str| site.stranger().post("/sign-in", &[("email", "staff@demo.example"), ("password", typed)]).await.status;
    for other in [new.trim(), &new.to_lowercase(), &new[..128]] {
        assert_eq!(sign_in(other).await, StatusCode::UNPROCESSABLE_ENTITY, "{other:?}");
    }
    assert_eq!(sign_in(&new).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_hash_with_lesser_figures_is_made_anew_at_the_next_sign_in() {
    let site = Site::open().await;
    let lesser = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(4096, 1, 1, None).unwrap());
    let hash = lesser.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    site.force(&format!("update account set password_hash = '{hash}' where email = 'staff@demo.example'")).await;
    let stored = async || site.peek::<String>("select password_hash from account where email = 'staff@demo.example'").await;
    let wrong = [("email", "staff@demo.example"), ("password", "not the password of anybody")];
    site.stranger().post("/sign-in", &wrong).await.assert_problem("email", "Check the email address");
    assert_eq!(stored().await, hash, "a wrong one changes nothing");
    for _ in 0..2 {
        site.stranger().post("/sign-in", &[("email", "staff@demo.example"), ("password", PASSWORD)]).await.assert_goes_to("/");
        assert!(stored().await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
