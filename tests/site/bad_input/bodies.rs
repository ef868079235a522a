//! Bodies that are too large, or not what they say.

use super::site;
use http::StatusCode;

const PARTNERS: &str = "/cedar-river/partners";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn ten_megabytes_of_text_are_answered_with_a_page_that_says_the_limit() {
    let site = site().await;
    let mut body = b"kind=court&name=".to_vec();
    body.resize(10 * 1024 * 1024, b'x');
    let answer = site.visitor("staff").await.send("POST", PARTNERS, FORM, body).await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE).assert_sees("up to 1 MB of text");
}

#[tokio::test]
async fn a_body_that_is_no_form_is_answered_with_a_page() {
    let site = site().await;
    let staff = site.visitor("staff").await;
    for (kind, body, status) in [
        (FORM, b"name=%FF%FE&kind=court".as_slice(), 303),
        (FORM, b"\xff\xfe\x00\x01", 422),
        (FORM, b"name=%zz&&&==&kind", 422),
        ("application/json", b"{\"name\":\"x\"}", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing", 400),
        ("multipart/form-data", b"no edge", 400),
        ("text/plain", b"name=x", 400),
    ] {
        let answer = staff.send("POST", PARTNERS, kind, body.to_vec()).await;
        assert_eq!(answer.status.as_u16(), status, "{kind}: {}", answer.words());
    }
}

#[tokio::test]
async fn a_field_sent_twice_is_taken_once_or_shown_again() {
    let site = site().await;
    let fields = [("name", "First"), ("name", "Second"), ("kind", "court")];
    let answer = site.visitor("staff").await.post(PARTNERS, &fields).await;
    assert!(matches!(answer.status.as_u16(), 303 | 400 | 422), "{}", answer.status);
}

#[tokio::test]
async fn methods_that_no_page_has_lead_nowhere() {
    let site = site().await;
    let staff = site.visitor("staff").await;
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        staff.send(method, PARTNERS, "", Vec::new()).await.assert_not_found();
    }
}
