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
    let before = site.count("partner").await;
    for (kind, body) in [
        (FORM, b"\xff\xfe\x00\x01".as_slice()),
        (FORM, b"name=%zz&&&==&kind"),
        ("application/json", b"{\"name\":\"x\"}"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data", b"no edge"),
    ] {
        let answer = staff.send("POST", PARTNERS, kind, body.to_vec()).await;
        let says = match answer.status.as_u16() {
            400 | 415 => "This request could not be read",
            422 => "Add a partner",
            other => panic!("{kind}: {other}"),
        };
        assert_eq!(answer.heading(), says, "{kind}");
    }
    assert_eq!(site.count("partner").await, before, "and nothing is written");
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
