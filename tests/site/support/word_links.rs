//! Lines of the letter about what waits, for the walks: nobody of the demonstration gets letters.

use super::Site;
use common_table::platform::session::Token;

/// What each asks, its name, whose it is, and what it is about.
const LINES: &[(&str, &str, &str, &str)] = &[
    ("answer", "word_answer", "@partner", "@loop_answered"),
    ("confirm", "word_confirm", "@parent", "@asked_statement"),
    ("done", "word_done", "@partner", "@commitment_reported"),
    ("trust", "word_trust", "@parent", "@trust_open"),
    ("reply", "word_reply", "@parent", "@session_8"),
    ("promise", "word_promise", "@parent", TOLD),
    ("influence", "word_influence", "@parent", "@influence_decided"),
    ("minutes", "word_minutes", "@partner", "@meeting_sent"),
    ("renewal", "word_renewal", "@parent", AGAIN),
];

/// What is written down as a promise of the parent's, and the time that they are asked again.
const TOLD: &str = "018f5e2a-0000-7000-8000-0000000bbc00";
const AGAIN: &str = "018f5e2a-0000-7000-8000-0000000bbc01";

/// What is said on the telephone for the first of them.
const CODE: &str = "K7QM2XBA";

/// Makes one of each sort.
pub async fn complete(site: &mut Site) {
    if site.names().contains_key("word_answer") {
        return;
    }
    // What was promised to a body wants a sign-in; this was promised to a person as well.
    site.force("update commitment set promised_to = '@partner' where id = '@commitment_reported'").await;
    waits(site).await;
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

/// Something of each sort that waits for one person alone, where the year left none.
async fn waits(site: &mut Site) {
    site.force(&format!(
        "update session_invitee set answer = null, needs = '', answered_at = null, answered_about = null, answered_by = null \
         where membership_id = '@parent' and session_id = '@session_8'; \
         update influence_word set word = null, note = '', by_id = null, said_at = null where membership_id = '@parent' and promise_id = '@influence_decided'; \
         insert into subject select (jsonb_populate_record(s, jsonb_build_object('id', '{TOLD}', 'path', '/cedar-river/commitments/{TOLD}', \
                                         'body_id', null, 'author_id', '@staff', 'audience', 'partnership'))).* \
         from subject s where s.id = '@commitment_told'; \
         insert into commitment select (jsonb_populate_record(c, jsonb_build_object('id', '{TOLD}', 'what', 'Read the new letter before it goes out', \
                                         'promiser_partner_id', null, 'promised_by', '@parent'))).* \
         from commitment c where c.id = '@commitment_told'; \
         insert into consent_renewal (agency_id, id, session_id, speaker_id, membership_id, uses, runs_out_at, asked_up_to, way, asked_at) \
         select k.agency_id, '{AGAIN}', k.session_id, k.id, '@parent', array['quoted'], m.created_at + interval '5 years', \
                m.created_at + interval '5 years', 'page', m.created_at \
         from speaker k join membership m on m.agency_id = k.agency_id and m.id = k.membership_id where m.id = '@parent' order by k.id limit 1"
    ))
    .await;
    let version: i32 = site.peek("select version from meeting where id = '@meeting_sent'").await;
    site.call("word_minutes_version", &version.to_string());
    let version: i32 = site.peek(&format!("select version from commitment where id = '{TOLD}'")).await;
    site.call("word_promise_version", &version.to_string());
}
