//! The property of a withdrawal: whatever was allowed, quoted, copied, commented on, exported and taken before it, in whatever order,
//! the words are afterwards on no surface, in no column and in no new export, and each copy that left with them is on the recall list.
//! The sequences are drawn by proptest from a seed that a failure prints; `FULL=yes` draws many more, and others each time.

use super::{Mark, addresses, leaks, looked_at, site_with_ways, taken_back::places};
use crate::{
    reports::{made, taken},
    support::{
        Site, Visitor,
        atlas::{PEOPLE, Way},
    },
};
use common_table::platform::{ids, session::LINK_COOKIE};
use http::StatusCode;
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use std::collections::{BTreeMap, BTreeSet};

const SESSION: &str = "/cedar-river/sessions/@session_5";
const RETURN: &str = "/cedar-river/return";
const COURT: &str = "/cedar-river/partners/@court";
/// Two people, the first of whom said two things.
const SPEAKERS: [&str; 3] = ["speaker_5_10", "speaker_5_10", "speaker_5_9"];
/// Where the cuts of a copied sentence begin and end: eight words or more, each with the word that stands nowhere else.
const CUTS: [(usize, usize); 4] = [(0, 18), (2, 13), (4, 12), (5, 18)];

/// Something that somebody does.
#[derive(Debug, Clone)]
enum Step {
    /// The speaker says what may be done, by their link or by telephone.
    Word { by_link: bool, corrects: bool, audience: &'static str, uses: Vec<&'static str> },
    /// They decide anew, by their link.
    Choose { audience: &'static str, uses: Vec<&'static str> },
    /// Staff let a theme or a barrier rest on it.
    Join { barrier: bool },
    /// Somebody who heard it writes a part of it elsewhere.
    Copy { who: &'static str, into: Place, cut: usize, loud: bool },
    /// Somebody takes a table along, or has it made and leaves it.
    Export { who: &'static str, what: &'static str, format: &'static str, takes: bool },
    /// They let those in the room read it, by their link.
    Room,
    /// The speaker does not want it kept, before confirming it.
    Strike,
    /// The speaker takes it back: one by their link, everything by telephone.
    TakeBack { by_link: bool },
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Description,
    Comment,
    Question,
    Draft,
    Barrier,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let audience = select(vec!["author", "body", "leadership", "agency", "partnership"]);
    let uses = || proptest::sample::subsequence(vec!["quoted", "exported", "published", "research"], 0..=4);
    let into = select(vec![Place::Description, Place::Comment, Place::Question, Place::Draft, Place::Barrier]);
    let step = prop_oneof![
        4 => (any::<bool>(), any::<bool>(), audience.clone(), uses())
            .prop_map(|(by_link, corrects, audience, uses)| Step::Word { by_link, corrects, audience, uses }),
        2 => (audience, uses()).prop_map(|(audience, uses)| Step::Choose { audience, uses }),
        2 => any::<bool>().prop_map(|barrier| Step::Join { barrier }),
        5 => (select(vec!["partner", "tribe", "parent", "director", "staff"]), into, 0..CUTS.len(), any::<bool>())
            .prop_map(|(who, into, cut, loud)| Step::Copy { who, into, cut, loud }),
        3 => (
            select(vec!["director", "staff", "analyst"]),
            select(vec!["statements", "statements", "themes", "barriers", "loops", "partners"]),
            select(vec!["csv", "csv", "xlsx", "package"]),
            any::<bool>(),
        )
            .prop_map(|(who, what, format, takes)| Step::Export { who, what, format, takes }),
        1 => Just(Step::Room),
        1 => Just(Step::Strike),
        1 => any::<bool>().prop_map(|by_link| Step::TakeBack { by_link }),
    ];
    vec((0..SPEAKERS.len(), step), 14..22)
}

/// One thing that was said.
struct Said {
    speaker: &'static str,
    mark: &'static str,
    id: String,
    /// Exports that carried it, with who took them.
    carried: Vec<(String, &'static str)>,
    gone: bool,
}

/// What a sequence came to, so that it is known that something was tried.
#[derive(Debug, Default)]
struct Tally {
    confirmed: usize,
    copied: usize,
    carried: usize,
    taken_back: usize,
}

/// One run of the property.
struct Run<'a> {
    site: &'a Site,
    people: &'a BTreeMap<&'static str, Visitor>,
    /// By their link, which they hold from the first time on.
    bearers: BTreeMap<&'static str, Visitor>,
    said: Vec<Said>,
    tally: Tally,
}

/// In every eight words in a row stands the one that stands nowhere else.
fn sentence(mark: &str) -> String {
    format!("for years the tin {mark} stood behind the old green door and {mark} my mother could always reach it")
}

fn cut(sentence: &str, (from, to): (usize, usize), loud: bool) -> String {
    let words: Vec<&str> = sentence.split(' ').skip(from).take(to - from).collect();
    if loud { words.join(" ").to_uppercase() } else { words.join(" ") }
}

impl<'a> Run<'a> {
    async fn begin(site: &'a Site, people: &'a BTreeMap<&'static str, Visitor>, number: usize) -> Run<'a> {
        let mut run = Run { site, people, bearers: BTreeMap::new(), said: Vec::new(), tally: Tally::default() };
        for (place, speaker) in SPEAKERS.into_iter().enumerate() {
            // Letters alone: no name of another is a part of it.
            let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
            let mark: &'static str =
                Box::leak(format!("quokkaq{}{}{}q", letter(number / 26), letter(number), letter(place)).into_boxed_str());
            let fields = [("speaker", format!("@{speaker}")), ("words", sentence(mark)), ("wanted", "author".to_owned())];
            let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
            let made = people["staff"].post(&format!("{SESSION}/statements"), &fields).await;
            made.assert_status(StatusCode::SEE_OTHER);
            let id = made.location.rsplit('=').next().unwrap().to_owned();
            run.said.push(Said { speaker, mark, id, carried: Vec::new(), gone: false });
        }
        run
    }

    async fn bearer(&mut self, speaker: &'static str) -> &Visitor {
        if !self.bearers.contains_key(speaker) {
            let facilitator = &self.people["facilitator"];
            facilitator.post(&format!("{SESSION}/speakers/@{speaker}/link"), &[]).await.assert_flash("Link made");
            let token = facilitator.cookie("__Host-shown").unwrap().rsplit('.').next().unwrap().to_owned();
            self.bearers.insert(speaker, self.site.stranger().with_cookie(LINK_COOKIE, &token));
        }
        &self.bearers[speaker]
    }

    async fn stands(&self, which: usize) -> (String, String) {
        let one = &self.said[which].id;
        let state = self.site.peek(&format!("select state from statement where id = '{one}'")).await;
        (state, self.site.peek::<i32>(&format!("select version from statement where id = '{one}'")).await.to_string())
    }

    /// What cannot be done now, because words wait, are gone or may not be copied, is left out.
    async fn take(&mut self, which: usize, step: &Step) {
        let (state, version) = self.stands(which).await;
        let (waits, stands) = (["draft", "with_speaker"].contains(&state.as_str()), ["confirmed", "corrected"].contains(&state.as_str()));
        match step {
            Step::Word { by_link, corrects, audience, uses } if waits => {
                self.word(which, &version, (*by_link, *corrects), (audience, uses)).await;
            }
            Step::Choose { audience, uses } if stands => {
                let id = self.said[which].id.clone();
                let mut fields = vec![
                    ("statement", id.as_str()),
                    ("attribution", "role"),
                    ("audience", *audience),
                    ("sure", *audience),
                    ("version", version.as_str()),
                ];
                fields.extend(uses.iter().map(|one| ("uses", *one)));
                // Of what was decided by telephone a link opens nothing: that is refused.
                self.bearer(self.said[which].speaker).await.post(&format!("{RETURN}/consent"), &fields).await;
            }
            Step::Join { barrier } if stands => {
                let to = if *barrier { "/cedar-river/barriers/@barrier_open/evidence" } else { "/cedar-river/themes/@theme_kin/sources" };
                self.people["staff"].post(to, &[("sources", &self.said[which].id)]).await;
            }
            Step::Copy { who, into, cut, loud } if !self.said[which].gone => self.copy(which, who, *into, (CUTS[*cut], *loud)).await,
            Step::Export { who, what, format, takes } => self.export(who, (what, format), *takes).await,
            Step::Room if stands => {
                let id = self.said[which].id.clone();
                let fields = [("statements", id.as_str()), ("sure", "yes")];
                self.bearer(self.said[which].speaker).await.post(&format!("{RETURN}/room"), &fields).await;
            }
            Step::Strike if waits => {
                let id = self.said[which].id.clone();
                let mut fields = vec![("how", "telephone"), ("word", "strike"), ("sure", "yes"), ("version", version.as_str())];
                fields.extend([("attribution", "role"), ("audience", "author")]);
                let answer = self.people["facilitator"].post(&format!("/cedar-river/statements/{id}/entered-answer"), &fields).await;
                answer.assert_status(StatusCode::SEE_OTHER);
                self.said[which].gone = true;
            }
            Step::TakeBack { by_link } if stands || waits => self.take_back(which, *by_link).await,
            _ => {}
        }
    }

    async fn word(&mut self, which: usize, version: &str, (by_link, corrects): (bool, bool), (audience, uses): (&str, &[&'static str])) {
        let said = &self.said[which];
        let (id, speaker, longer) = (said.id.clone(), said.speaker, format!("{}, and so it was", sentence(said.mark)));
        let mut fields = vec![("statement", id.as_str()), ("attribution", "role"), ("audience", audience), ("version", version)];
        fields.extend(uses.iter().map(|one| ("uses", *one)));
        fields.extend(if corrects { vec![("word", "correct"), ("words", longer.as_str())] } else { vec![("word", "confirm")] });
        let answer = if by_link {
            self.bearer(speaker).await.post(RETURN, &fields).await
        } else {
            fields.push(("how", "telephone"));
            self.people["facilitator"].post(&format!("/cedar-river/statements/{id}/entered-answer"), &fields).await
        };
        answer.assert_status(StatusCode::SEE_OTHER);
        self.tally.confirmed += 1;
    }

    async fn copy(&mut self, which: usize, who: &str, into: Place, (bounds, loud): ((usize, usize), bool)) {
        let copied = format!("They told us: {}.", cut(&sentence(self.said[which].mark), bounds, loud));
        let visitor = &self.people[who];
        let of_agency = ["director", "staff"].contains(&who);
        let answer = match into {
            Place::Description if of_agency => visitor.fill(&format!("{COURT}/edit"), "/@court", &[("description", &copied)]).await,
            Place::Barrier if of_agency => {
                let fields = [("description", copied.as_str())];
                visitor.fill("/cedar-river/barriers/@barrier_open/edit", "/@barrier_open", &fields).await
            }
            Place::Draft if of_agency => visitor.fill("/cedar-river/goals/new", "/goals", &[("text", &copied), ("draft", "save")]).await,
            Place::Question if !of_agency => {
                let fields = [("kind", "question"), ("words", copied.as_str()), ("audience", "agency")];
                visitor.post("/cedar-river/loops", &fields).await
            }
            _ => {
                let fields = [("comment", copied.as_str()), ("comment_audience", "partnership")];
                visitor.post("/cedar-river/comments/@court", &fields).await
            }
        };
        // Whoever may read the words is told to put it in their own.
        self.tally.copied += usize::from(answer.status == StatusCode::SEE_OTHER);
    }

    async fn export(&mut self, who: &'static str, (what, format): (&str, &str), takes: bool) {
        let visitor = &self.people[who];
        let export = made(self.site, visitor, &[("what", what), ("format", format)]).await;
        if !takes {
            return;
        }
        let text = taken(visitor, &export).await;
        let id = export.rsplit('/').next().unwrap();
        for one in &mut self.said {
            let rows = format!("export_row where export_id = '{id}' and subject_id = '{}' and words", one.id);
            // What is packed is told by the rows; where it can be read, the text has the last word, also of what was copied elsewhere.
            let carries = if format == "csv" { text.contains(one.mark) } else { self.site.count(&rows).await > 0 };
            if carries {
                assert!(!one.gone, "{} is in a new export of {what}", one.mark);
                one.carried.push((id.to_owned(), who));
                self.tally.carried += 1;
            }
        }
    }

    async fn take_back(&mut self, which: usize, by_link: bool) {
        let (id, speaker) = (self.said[which].id.clone(), self.said[which].speaker);
        let answer = if by_link {
            self.bearer(speaker).await.post(&format!("{RETURN}/withdrawal"), &[("statement", &id)]).await
        } else {
            self.people["facilitator"].post(&format!("{SESSION}/speakers/@{speaker}/withdrawal"), &[("how", "telephone")]).await
        };
        answer.assert_status(StatusCode::SEE_OTHER);
        for one in self.said.iter_mut().filter(|one| if by_link { one.id == id } else { one.speaker == speaker }) {
            one.gone = true;
        }
        self.tally.taken_back += 1;
    }

    /// What must hold of everything that was taken back, whatever came after it.
    async fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for one in self.said.iter().filter(|one| one.gone) {
            let (mark, id) = (one.mark, &one.id);
            match places(self.site, mark).await {
                0 => {}
                number => wrong.push(format!("{mark} stands in {number} rows")),
            }
            let ready = format!(
                "export e join export_row r on r.export_id = e.id where r.subject_id = '{id}' and (e.state = 'ready' or e.file_id is not null)"
            );
            if self.site.count(&ready).await > 0 {
                wrong.push(format!("a file that holds or counts {mark} can still be taken"));
            }
            for (export, who) in &one.carried {
                let task = format!("recall where subject_id = '{id}' and export_id = '{export}' and taken_by = '@{who}'");
                if self.site.count(&task).await == 0 {
                    wrong.push(format!("the copy of {mark} that {who} took is not called back"));
                }
            }
            for (speaker, bearer) in &self.bearers {
                for page in [format!("{RETURN}?statement={id}"), format!("{RETURN}/room")] {
                    if bearer.glance("GET", &page).await.text.contains(mark) {
                        wrong.push(format!("{mark} stands on {page} for the link of {speaker}"));
                    }
                }
            }
        }
        wrong
    }
}

/// A sequence from a seed: the same each time.
fn drawn(seed: [u8; 32]) -> Vec<(usize, Step)> {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    steps().new_tree(&mut runner).unwrap().current()
}

/// Six that stay, and forty others with `FULL=yes` in the environment.
#[expect(clippy::disallowed_methods, reason = "a developer's wish, no setting of the program")]
fn seeds() -> Vec<[u8; 32]> {
    let of = |number: u64| -> [u8; 32] { std::array::from_fn(|place| number.to_le_bytes()[place % 8]) };
    let all = std::env::var("FULL").is_ok_and(|wish| wish == "yes");
    let others = if all { 40 } else { 0 };
    (1..=6).chain((0..others).map(|_| u64::try_from(ids::anonymous().as_u128() >> 64).unwrap())).map(of).collect()
}

/// Every page as everybody, and every export that somebody may take, after all of it.
async fn surfaces(site: &Site, ways: &[Way], runs: &[Run<'_>]) -> Vec<String> {
    let everybody: BTreeSet<&'static str> = PEOPLE.iter().map(|(who, _)| *who).collect();
    let mark = |one: &Said| Mark {
        word: one.mark,
        readers: if one.gone { BTreeSet::new() } else { everybody.clone() },
        at: vec![("statement", one.id.clone())],
    };
    let marks: Vec<Mark> = runs.iter().flat_map(|run| &run.said).map(mark).collect();
    leaks(&looked_at(site, &marks, &addresses(ways, &marks)).await, &marks)
}

#[tokio::test]
async fn whatever_came_before_words_taken_back_are_nowhere_and_what_left_is_called_back() {
    let (site, ways) = site_with_ways().await;
    let mut people = BTreeMap::new();
    for (who, _) in PEOPLE {
        people.insert(*who, site.visitor(who).await);
    }
    let (mut runs, mut all) = (Vec::new(), Tally::default());
    for (number, seed) in seeds().into_iter().enumerate() {
        let (steps, mut run) = (drawn(seed), Run::begin(&site, &people, number).await);
        // In each of them something has left before the rest begins.
        let uses = vec!["quoted", "exported", "published", "research"];
        run.take(0, &Step::Word { by_link: false, corrects: false, audience: "partnership", uses }).await;
        run.take(0, &Step::Export { who: "director", what: "statements", format: "csv", takes: true }).await;
        for (place, (which, step)) in steps.iter().enumerate() {
            run.take(*which, step).await;
            let wrong = run.wrong().await;
            assert!(wrong.is_empty(), "seed {seed:?}, after step {place} of {steps:#?}\n  {}\n", wrong.join("\n  "));
        }
        // At the end everybody takes back what is left.
        for which in 0..run.said.len() {
            if !run.said[which].gone && which % 2 == 0 {
                run.take_back(which, number % 2 == 0).await;
            }
        }
        let wrong = run.wrong().await;
        assert!(wrong.is_empty(), "seed {seed:?}, at the end of {steps:#?}\n  {}\n", wrong.join("\n  "));
        let Tally { confirmed, copied, carried, taken_back } = &run.tally;
        all.confirmed += confirmed;
        all.copied += copied;
        all.carried += carried;
        all.taken_back += taken_back;
        runs.push(run);
    }
    let leaks = surfaces(&site, &ways, &runs).await;
    assert!(leaks.is_empty(), "{} leaks\n  {}\n", leaks.len(), leaks.join("\n  "));
    let tried = all.confirmed >= 6 && all.copied >= 6 && all.carried >= 1 && all.taken_back >= 6;
    assert!(tried, "nothing was tried: {all:?}");
}
