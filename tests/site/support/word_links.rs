//! Lines of the letter about what waits, for the walks: nobody of the demonstration gets letters.

use super::Site;
use common_table::platform::session::Token;

/// What each asks, its name, whose it is, and what it is about.
const LINES: &[(&str, &str, &str, &str)] = &[
    ("answer", "word_answer", "@partner", "@loop_answered"),
    ("confirm", "word_confirm", "@parent", "@asked_statement"),
    ("done", "word_done", "@partner", "@commitment_reported"),
    ("trust", "word_trust", "@parent", "@trust_open"),
];

/// What is said on the telephone for the first of them.
const CODE: &str = "K7QM2XBA";

/// Makes one of each sort.
pub async fn complete(site: &mut Site) {
    if site.names().contains_key("word_answer") {
        return;
    }
    // What was promised to a body wants a sign-in; this was promised to a person as well.
    site.force("update commitment set promised_to = '@partner' where id = '@commitment_reported'").await;
    for (number, (what, name, who, record)) in LINES.iter().enumerate() {
        let (token, id) = (Token::fresh(), format!("018f5e2a-0000-7000-8000-0000000bbb0{number}"));
        let hash: String = token.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        site.force(&format!(
            "insert into word_link (agency_id, id, token_hash, membership_id, what, record_id, expires_at) \
             select agency_id, '{id}', '\\x{hash}', id, '{what}', '{record}', created_at + interval '5 years' from membership where id = '{who}'"
        ))
        .await;
        site.call(name, &id);
        site.call(&format!("{name}_token"), token.reveal());
    }
    site.force(&format!(
        "update word_link set code_hash = sha256(convert_to(agency_id || ' by telephone {CODE}', 'UTF8')) where id = '@word_answer'"
    ))
    .await;
    site.call("word_code", CODE);
    let version = site.id("commitment_reported_version");
    site.call("word_done_version", &version);
}
