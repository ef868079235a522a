//! A language is a file (`src/mail/words`): each says every message, with the same things in it, and nothing that no letter says.

use crate::files::{Fault, File, below, none, program};
use crate::rust_text::line_of;
use crate::words::unkind;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// The language of the house, with which the others are compared.
const ENGLISH: &str = "src/mail/words/en.ftl";
/// What a stored English sentence says, other languages say by its kind.
const BY_KIND: &str = "notice-what";
/// The same word everywhere.
const SAME: &[&str] = &["direction"];

/// A message of one language: its line, its text, what it names, and other messages that it says.
#[derive(Debug, Default)]
struct Message {
    line: usize,
    text: String,
    names: BTreeSet<String>,
}

fn found(pattern: &str, text: &str) -> BTreeSet<String> {
    Regex::new(pattern).unwrap().captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The other messages that a text says.
fn says(text: &str) -> BTreeSet<String> {
    found(r"\{ ([a-z][a-z-]*) \}", text)
}

/// The messages of a file, each with what it names itself or by another one that it says.
fn messages(file: &File) -> BTreeMap<String, Message> {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    let mut last = String::new();
    for (number, line) in file.text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        if line.starts_with(' ') {
            if let Some(message) = all.get_mut(&last) {
                message.text += line.trim();
            }
        } else if let Some((name, text)) = line.split_once(" =") {
            name.clone_into(&mut last);
            all.insert(name.to_owned(), Message { line: number + 1, text: text.trim().to_owned(), ..Message::default() });
        }
    }
    let texts: BTreeMap<String, String> = all.iter().map(|(name, message)| (name.clone(), message.text.clone())).collect();
    for message in all.values_mut() {
        let whole = says(&message.text).iter().filter_map(|name| texts.get(name)).fold(message.text.clone(), |whole, text| whole + text);
        message.names = found(r"\$([a-z]+)", &whole);
    }
    all
}

/// What letters say in the code: a message that stands in a call, with what is given to it.
fn said(files: &[File]) -> Vec<(String, usize, String, BTreeSet<String>)> {
    let call = Regex::new(r#"(?s)say\(\s*"([a-z-]+)",\s*&\[(.*?)\],?\s*\)"#).unwrap();
    let mut all = Vec::new();
    for file in files {
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in call.captures_iter(text) {
            let at = call.get(0).unwrap().start();
            all.push((file.path.clone(), line_of(text, at), call[1].to_owned(), found(r#"\("([a-z]+)","#, &call[2])));
        }
    }
    all
}

/// What is wrong with the languages, and with what the code says in them.
fn faults(languages: &[File], code: &[File]) -> Vec<Fault> {
    let books: Vec<(&File, BTreeMap<String, Message>)> = languages.iter().map(|file| (file, messages(file))).collect();
    let Some((_, english)) = books.iter().find(|(file, _)| file.path == ENGLISH) else {
        return vec![Fault::new(ENGLISH, 1, "the language of the house is missing")];
    };
    let mut faults = Vec::new();
    for (file, book) in &books {
        let lacks = english.keys().filter(|name| !book.contains_key(*name));
        faults.extend(lacks.map(|name| Fault::new(&file.path, 1, format!("lacks `{name}`: a letter that says it would not be sent"))));
        for (name, message) in book {
            let mut wrong = |what: String| faults.push(Fault::new(&file.path, message.line, what));
            match english.get(name) {
                None => wrong(format!("`{name}` is not in {ENGLISH}")),
                Some(other) if other.names != message.names && name != BY_KIND => {
                    wrong(format!("`{name}` names {:?}, in English {:?}", message.names, other.names));
                }
                Some(other) if file.path != ENGLISH && other.text == message.text && !SAME.contains(&name.as_str()) => {
                    wrong(format!("`{name}` is not translated"));
                }
                Some(_) => {}
            }
            if let Some(word) = unkind(&message.text) {
                wrong(format!("say it without “{word}” (docs/words.md)"));
            }
            if message.text.contains(['\'', '"']) {
                wrong(format!("write curly marks in `{name}`"));
            }
            let spoken = book.values().any(|other| says(&other.text).contains(name));
            if !spoken && !code.iter().any(|code| code.text.contains(&format!("\"{name}\""))) {
                wrong(format!("no letter says `{name}`"));
            }
        }
    }
    for (path, line, name, given) in said(code) {
        let named: BTreeSet<String> = books.iter().filter_map(|(_, book)| book.get(&name)).flat_map(|one| one.names.clone()).collect();
        if !english.contains_key(&name) {
            faults.push(Fault::new(&path, line, format!("`{name}` is in no language: write it in each file of src/mail/words")));
        } else if named != given {
            faults.push(Fault::new(&path, line, format!("`{name}` is given {given:?}, and names {named:?}")));
        }
    }
    faults.extend(kinds(&books, code));
    faults
}

/// The kinds of notices that there are.
fn noted(code: &[File]) -> BTreeSet<String> {
    code.iter().flat_map(|file| found(r#"(?s)Notice \{[^}]*?\bkind: "([a-z_]+)""#, &file.text)).collect()
}

/// Every kind of notice is said by those languages that go by its kind, and no kind that there is not.
fn kinds(books: &[(&File, BTreeMap<String, Message>)], code: &[File]) -> Vec<Fault> {
    let known = noted(code);
    let mut faults = Vec::new();
    for (file, book) in books {
        let Some(message) = book.get(BY_KIND).filter(|message| message.names.contains("kind")) else { continue };
        let spoken: BTreeSet<String> = found(r"\[([a-z_]+)\]", &message.text).into_iter().filter(|kind| kind != "other").collect();
        for kind in known.symmetric_difference(&spoken) {
            let what = if known.contains(kind) { "lacks the kind" } else { "says a kind that no notice has:" };
            faults.push(Fault::new(&file.path, message.line, format!("`{BY_KIND}` {what} `{kind}`")));
        }
    }
    faults
}

#[test]
fn every_language_says_all_that_letters_say_and_nothing_else() {
    let (languages, code) = (below("src/mail/words", &[".ftl"]), program());
    assert!(languages.len() >= 2, "English and Spanish");
    assert!(said(&code).len() > 30 && noted(&code).len() > 5, "what the code says is found");
    none("languages", faults(&languages, &code));
}

#[test]
fn planted_faults_of_a_language_are_seen() {
    let english = "hello = Hello { $name }\nbye = Bye\nnotice-what = { $said }.\n";
    let code = "language.say(\"hello\", &[(\"name\", &x)])?; (\"bye\", say(\"notice-what\", &[(\"said\", s), (\"kind\", k)])); Notice { kind: \"duty\", said }";
    let seen = |spanish: &str, code: &str| {
        let files = [File::planted(ENGLISH, english), File::planted("src/mail/words/es.ftl", spanish)];
        faults(&files, &[File::planted("src/a.rs", code)]).into_iter().map(|fault| fault.what).collect::<Vec<_>>()
    };
    let kinds = "notice-what =\n    { $kind ->\n        [duty] Una tarea\n       *[other] Algo\n    }\n";
    let good = ["hello = Hola, { $name }\nbye = Adiós\n", kinds].concat();
    assert_eq!(seen(&good, code), [""; 0]);
    for (spanish, code, fault) in [
        (good.replace("bye = Adiós\n", ""), code.to_owned(), "lacks `bye`"),
        (good.replace("Adiós", "Bye"), code.to_owned(), "`bye` is not translated"),
        (good.replace("{ $name }", "{ $nombre }"), code.to_owned(), "`hello` names"),
        (format!("{good}more = Más\n"), code.to_owned(), "`more` is not in"),
        (good.replace("[duty] Una tarea", ""), code.to_owned(), "lacks the kind `duty`"),
        (good.replace("[duty]", "[gone] Nada\n        [duty]"), code.to_owned(), "no notice has: `gone`"),
        (good.replace("Adiós", "Adiós 'Ana'"), code.to_owned(), "write curly marks in `bye`"),
        (good.replace("Adiós", "Oops"), code.to_owned(), "say it without “oops”"),
        (good.clone(), code.replace("\"bye\"", "\"other\""), "no letter says `bye`"),
        (good.clone(), code.replace("say(\"hello\"", "say(\"hullo\""), "`hullo` is in no language"),
        (good.clone(), code.replace("(\"name\", &x)", ""), "`hello` is given {}"),
    ] {
        let seen = seen(&spanish, &code);
        assert!(seen.iter().any(|what| what.contains(fault)), "{fault}: {seen:?}");
    }
}
