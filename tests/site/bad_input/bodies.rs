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
async fn a_field_sent_twice_has_one_meaning_and_it_is_none() {
    let site = site().await;
    let (staff, before) = (site.visitor("staff").await, site.count("partner").await);
    let fields = [("name", "First"), ("name", "Second"), ("kind", "court")];
    staff.post(PARTNERS, &fields).await.assert_status(StatusCode::BAD_REQUEST);
    assert_eq!(site.count("partner").await, before);
    let plain = staff.get(PARTNERS).await;
    let twice = staff.get(&format!("{PARTNERS}?q=court&q=kin")).await;
    assert_eq!(twice.select("main li, main tr").len(), plain.select("main li, main tr").len(), "a filter that says two things says none");
}

#[tokio::test]
async fn methods_that_no_page_has_lead_nowhere() {
    let site = site().await;
    let staff = site.visitor("staff").await;
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        staff.send(method, PARTNERS, "", Vec::new()).await.assert_not_found();
    }
}
