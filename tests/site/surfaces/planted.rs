//! Plants one word of each narrow kind, and computes from `access.md` for whom it may appear.

use super::Mark;
use crate::support::{Site, atlas::PEOPLE};
use common_table::platform::policy::Hat;
use std::collections::BTreeSet;

/// Ids of what is planted, so that addresses can be made of them.
fn id(number: u32) -> String {
    format!("018f5e2a-0000-7000-8000-{number:012x}")
}

/// `access.md`: author, then their body, the directors, the agency, everybody. Being administrator opens no partner's words.
pub fn readers(audience: &str, author: &str, body: &[&str]) -> BTreeSet<&'static str> {
    let level = ["author", "body", "leadership", "agency", "partnership"].iter().position(|one| *one == audience).unwrap();
    let may = |who: &str, hat: Hat| match hat {
        _ if who == author => true,
        _ if body.contains(&who) => level >= 1,
        Hat::Director => level >= 2,
        Hat::Staff | Hat::Analyst => level >= 3,
        Hat::Administrator => false,
        _ => level >= 4,
    };
    PEOPLE.iter().filter(|(who, hat)| may(who, *hat)).map(|(who, _)| *who).collect()
}

/// A statement of the kinship circle, with every consent, heard in the session of a known one, joined to a theme and a barrier.
pub struct Spoken {
    pub word: &'static str,
    pub number: u32,
    pub audience: &'static str,
    pub author: &'static str,
    pub body: Option<&'static str>,
    pub state: &'static str,
}

impl Spoken {
    pub fn id(&self) -> String {
        id(self.number)
    }

    pub fn path(&self) -> String {
        format!("/cedar-river/statements/{}", self.id())
    }

    pub async fn plant(&self, site: &Site) {
        let Self { word, audience, author, state, .. } = self;
        let (id, body) = (self.id(), self.body.map_or("null".to_owned(), |body| format!("'@{body}'")));
        site.force(&format!(
            "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, for_analysts, created_at)
             select agency_id, '{id}', 'statement', 'Statement, a session', '{path}', '{audience}', {body}, '@{author}', true, created_at
             from statement where id = '@chosen_statement';
             insert into statement (agency_id, id, session_id, body_id, words, folded, attribution, shown_as, wanted_audience, may_keep, may_quote,
                 may_export, may_publish, may_research, state, confirmed_how, confirmed_at, written_by, created_at)
             select agency_id, '{id}', session_id, {body}, 'We keep {word} by the door of the old house on the hill above town',
                 'we keep {word} by the door of the old house on the hill above town', 'anonymous', 'somebody who spoke', '{audience}', true, true,
                 true, true, true, '{state}', 'member', created_at, written_by, created_at
             from statement where id = '@chosen_statement';
             insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
             select s.agency_id, f.id, s.id, f.kind, '@staff', s.created_at from subject s,
                 (values ('@theme_kin'::uuid, 'source'), ('@barrier_open'::uuid, 'evidence')) f (id, kind)
             where s.id = '{id}' and '{state}' = 'confirmed'",
            path = self.path(),
        ))
        .await;
    }

    fn mark(&self, readers: BTreeSet<&'static str>) -> Mark {
        Mark { word: self.word, readers, at: vec![("statement", self.id())] }
    }
}

pub const NARROW: &[Spoken] = &[
    Spoken { word: "quokkaauthor", number: 1, audience: "author", author: "parent", body: None, state: "confirmed" },
    Spoken { word: "quokkabody", number: 2, audience: "body", author: "partner", body: Some("kinship"), state: "confirmed" },
    Spoken { word: "quokkaleaders", number: 3, audience: "leadership", author: "partner", body: Some("kinship"), state: "confirmed" },
    Spoken { word: "quokkaagency", number: 4, audience: "agency", author: "tribe", body: Some("tallpine"), state: "confirmed" },
];

/// People of PEOPLE for whom a question about their membership is answered with yes.
async fn those(site: &Site, question: &str) -> BTreeSet<&'static str> {
    let mut all = BTreeSet::new();
    for (who, _) in PEOPLE {
        if site.peek::<bool>(&question.replace("$who", &site.id(who))).await {
            all.insert(*who);
        }
    }
    all
}

/// Everything that is planted.
pub async fn all(site: &Site) -> Vec<Mark> {
    let mut marks = Vec::new();
    for one in NARROW {
        one.plant(site).await;
        let body: &[&str] = match one.body {
            Some("kinship") => &["partner"],
            Some("tallpine") => &["tribe"],
            _ => &[],
        };
        marks.push(one.mark(readers(one.audience, one.author, body)));
    }
    let draft = Spoken { word: "quokkadraft", number: 5, audience: "author", author: "parent", body: None, state: "with_speaker" };
    draft.plant(site).await;
    site.force(&format!(
        "insert into subject_reader (agency_id, subject_id, membership_id) select agency_id, id, '@facilitator' from subject where id = '{}'",
        draft.id()
    ))
    .await;
    marks.push(draft.mark(["facilitator", "parent"].into()));
    marks.extend(protected(site).await);
    marks.push(speaker(site).await);
    marks.push(comment(site).await);
    marks.extend(loops(site).await);
    marks.extend(obstacles(site).await);
    marks.push(rating(site).await);
    marks.extend(identity(site).await);
    marks
}

/// A statement that everybody's audience would let in, under a protocol with one guest; the protocol's own words; a label beside it.
async fn protected(site: &Site) -> Vec<Mark> {
    let one = Spoken {
        word: "quokkaprotected",
        number: 41,
        audience: "partnership",
        author: "partner",
        body: Some("kinship"),
        state: "confirmed",
    };
    one.plant(site).await;
    let (protocol, other) = (id(42), id(43));
    site.force(&format!(
        "insert into protocol (agency_id, id, body_id, name, words, own_people, made_by, created_at)
         select agency_id, '{protocol}', '@kinship', 'Quokkarule', 'What quokkarule says', 'named', '@partner', created_at from membership where id = '@partner';
         insert into protocol_reader (agency_id, id, protocol_id, body_id, membership_id, added_by, created_at)
         select agency_id, '{other}', '{protocol}', '@kinship', '@analyst', '@partner', created_at from membership where id = '@partner';
         insert into protected_item (agency_id, item_id, subject_id, body_id) select agency_id, id, id, '@kinship' from subject where id = '{item}';
         insert into item_protocol (agency_id, item_id, protocol_id, put_by, created_at)
         select agency_id, id, '{protocol}', '@partner', created_at from subject where id = '{item}';
         insert into community_label (agency_id, id, body_id, subject_id, name, words, link, set_by, created_at)
         select agency_id, '{other}', '@kinship', id, 'Quokkalabel', 'Told as we tell it', 'https://example.org/label', '@partner', created_at
         from subject where id = '{item}';
         update subject set protocols = 1, marked = true where id = '{item}'",
        item = one.id(),
    ))
    .await;
    let readers: BTreeSet<&'static str> = ["analyst", "partner"].into();
    let at = vec![("statement", one.id()), ("protocol", protocol), ("item", one.id()), ("label", other)];
    let mark = |word: &'static str| Mark { word, readers: readers.clone(), at: at.clone() };
    vec![mark("quokkaprotected"), mark("Quokkarule"), mark("Quokkalabel")]
}

/// The name on the card of a speaker who is shown without it.
async fn speaker(site: &Site) -> Mark {
    let speaker = id(6);
    site.force(&format!(
        "insert into speaker (agency_id, id, session_id, name, label, card, card_how, created_at)
         select agency_id, '{speaker}', session_id, 'Quokkaspeaker Jones', 'an uncle', 'without_name', 'paper', created_at
         from statement where id = '@chosen_statement';
         update statement set speaker_id = '{speaker}' where id = '{}'",
        NARROW[3].id()
    ))
    .await;
    let duty = "select exists (select from session_duty d join statement s on s.session_id = d.session_id and s.id = '@chosen_statement' \
        where d.membership_id = '$who')";
    let session = site.peek::<String>("select session_id::text from statement where id = '@chosen_statement'").await;
    let at = vec![("session", session), ("speaker", speaker), ("statement", NARROW[3].id())];
    Mark { word: "Quokkaspeaker", readers: those(site, duty).await, at }
}

/// A comment that is read within the author's body, on a page that everybody reads.
async fn comment(site: &Site) -> Mark {
    let comment = id(7);
    site.force(&format!(
        "insert into comment (agency_id, id, subject_id, author_id, body_id, audience, words, created_at)
         select agency_id, '{comment}', '@court', '@partner', '@kinship', 'body', 'We keep quokkacomment among ourselves for this year and the next', created_at
         from membership where id = '@partner'"
    ))
    .await;
    Mark {
        word: "quokkacomment",
        readers: readers("body", "partner", &["partner"]),
        at: vec![("comment", comment), ("partner", site.id("court"))],
    }
}

/// A question for the directors; an answer that waits for the director, and the note with which another was returned.
async fn loops(site: &Site) -> Vec<Mark> {
    let (asked, waiting) = (id(8), id(9));
    site.force(&format!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, created_at)
         select m.agency_id, l.id::uuid, 'loop', l.title, '/cedar-river/loops/' || l.id, l.audience, '@kinship', m.id, m.created_at
         from membership m, (values ('{asked}', 'Why is quokkaloop', 'leadership'), ('{waiting}', 'When do you answer', 'agency')) l (id, title, audience)
         where m.id = '@partner';
         insert into loop (agency_id, id, kind, words, raised_by, raised_for_partner_id, acknowledge_by, answer_by, created_at, state, answer, answer_words)
         select m.agency_id, l.id::uuid, 'question', l.words, m.id, '@kinship', '2027-03-01', '2027-04-01', m.created_at, l.state, l.answer, l.said
         from membership m, (values ('{asked}', 'Why is quokkaloop still on the list of things to do this spring', 'raised', null, ''),
             ('{waiting}', 'When do you answer', 'review', 'done', 'It was quokkaanswer that we did')) l (id, words, state, answer, said)
         where m.id = '@partner';
         insert into happening (agency_id, id, subject_id, what, text, by_id, created_at)
         select agency_id, gen_random_uuid(), '{waiting}', 'returned by the director', 'Say quokkareturned less often', '@director', created_at
         from membership where id = '@director'"
    ))
    .await;
    let agency = |word| Mark {
        word,
        readers: ["director", "staff", "facilitator", "analyst"].into(),
        at: vec![("question", waiting.clone()), ("loop", waiting.clone())],
    };
    vec![
        Mark {
            word: "quokkaloop",
            readers: readers("leadership", "partner", &["partner"]),
            at: vec![("question", asked.clone()), ("loop", asked)],
        },
        agency("quokkaanswer"),
        agency("quokkareturned"),
    ]
}

/// An obstacle for the directors, and one for the agency with the part that the partner wrote.
async fn obstacles(site: &Site) -> Vec<Mark> {
    let (led, shared) = (id(61), id(62));
    site.force(&format!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, created_at)
         select m.agency_id, l.id::uuid, 'obstacle', l.title, '/cedar-river/obstacles/' || l.id, l.audience, '@kinship', m.id, m.created_at
         from membership m, (values ('{led}', 'We wait for quokkaobstacle', 'leadership'), ('{shared}', 'The stairs', 'agency')) l (id, title, audience)
         where m.id = '@partner';
         insert into obstacle (agency_id, id, kind, name, side, raised_by, partner_id, partner_can, next_step, next_on, review_on, created_at)
         select m.agency_id, l.id::uuid, 'other', l.name, 'partner', m.id, '@kinship', l.part, 'Look again', '2020-01-01', '2020-01-01', m.created_at
         from membership m, (values ('{led}', 'We wait for quokkaobstacle', ''), ('{shared}', 'The stairs', 'Our own quokkapart')) l (id, name, part)
         where m.id = '@partner'"
    ))
    .await;
    vec![
        Mark { word: "quokkaobstacle", readers: readers("leadership", "partner", &["partner"]), at: vec![("obstacle", led)] },
        Mark {
            word: "quokkapart",
            readers: ["director", "staff", "facilitator", "analyst", "partner"].into(),
            at: vec![("obstacle", shared)],
        },
    ]
}

/// The note on a rating that its side keeps to itself.
async fn rating(site: &Site) -> Mark {
    let rating = id(10);
    site.force(&format!(
        "insert into rating (agency_id, id, partner_id, side, value, kept, note, rated_on, rated_by, created_at)
         select agency_id, '{rating}', '@kinship', 'partner', null, true, '', '2027-03-01', id, '2027-03-01' from membership where id = '@partner';
         insert into rating_kept (agency_id, rating_id, partner_id, value, note)
         select agency_id, '{rating}', '@kinship', 2, 'We say quokkarating to each other' from membership where id = '@partner'"
    ))
    .await;
    Mark { word: "quokkarating", readers: ["partner"].into(), at: vec![("partner", site.id("kinship"))] }
}

/// Who the person with lived experience is: in their sign-in, and on the sheet that only chosen people read.
async fn identity(site: &Site) -> Vec<Mark> {
    site.force(
        "update member_identity set name = 'Quokkaname Smith', email = 'quokkamail@person.example' where membership_id = '@parent';
         update account set name = 'Quokkaname Smith' where id = (select account_id from membership where id = '@parent')",
    )
    .await;
    let known = "select '$who' = '@parent' or exists (select from identity_reader where membership_id = '@parent' and reader_id = '$who')";
    let at = vec![("member", site.id("parent"))];
    let readers = those(site, known).await;
    // The address that the invitation went to stands on no page.
    vec![Mark { word: "Quokkaname", readers, at: at.clone() }, Mark { word: "quokkamail", readers: BTreeSet::new(), at }]
}
