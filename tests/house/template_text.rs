//! The words of templates: what a visitor reads in the text, in attributes that are read aloud, and in what is handed to macros.

use crate::files::{Fault, File, below, lines, none};
use crate::markup::{expressions, read, without_askama};
use crate::rust_text;
use crate::words::unkind;

/// Attributes that a visitor sees or hears.
const READ_ALOUD: &[&str] = &["alt", "title", "placeholder", "aria-label", "aria-description", "label"];

/// Every piece of visible text of a template, with its line.
fn visible(file: &File) -> Vec<(usize, String)> {
    let text = without_askama(&file.text);
    if !file.path.ends_with(".html") {
        return text.lines().enumerate().map(|(number, line)| (number + 1, line.to_owned())).collect();
    }
    let markup = read(&text);
    let mut found = Vec::new();
    for (line, text) in markup.texts {
        found.extend(text.lines().enumerate().map(|(number, part)| (line + number, without_loose_attributes(part))));
    }
    for tag in markup.tags {
        let aloud = tag.attributes.iter().filter(|(name, _)| READ_ALOUD.contains(&name.as_str()));
        found.extend(aloud.map(|(_, value)| (tag.line, value.clone())));
    }
    found
}

/// A macro that writes attributes (`aria-invalid="true"`) has them outside any tag.
fn without_loose_attributes(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("=\"") {
        let name_at = before
            .rfind(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'))
            .map_or(0, |byte| byte + before[byte..].chars().next().map_or(1, char::len_utf8));
        let Some((_, end)) = after.split_once('"').filter(|_| name_at < before.len()) else {
            break;
        };
        kept.push_str(&before[..name_at]);
        rest = end;
    }
    kept + rest
}

/// Literals inside askama's marks that begin like a sentence or a label.
fn handed_over(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, inner) in expressions(&file.text) {
        let literals = rust_text::read(&inner).literals.into_iter();
        found.extend(
            literals.filter(|literal| literal.text.starts_with(char::is_uppercase)).map(|literal| (line + literal.line - 1, literal.text)),
        );
    }
    found
}

fn faults(file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (line, text) in visible(file).into_iter().chain(handed_over(file)) {
        if text.contains(['\'', '"']) || ["&quot;", "&#39;", "&apos;", "&#34;"].iter().any(|sign| text.contains(sign)) {
            faults.push(Fault::new(&file.path, line, format!("write curly quotes (’ “ ”) in “{}”", text.trim())));
        }
        if let Some(word) = unkind(&text) {
            faults.push(Fault::new(&file.path, line, format!("say it without “{word}” (docs/words.md): “{}”", text.trim())));
        }
    }
    faults
}

#[test]
fn templates_use_our_words_and_curly_quotes() {
    none("texts of templates", below("templates", &[".html", ".txt"]).iter().flat_map(faults).collect());
}

#[test]
fn planted_words_and_quotes_are_seen() {
    let planted = |path, text| lines(&faults(&File::planted(path, text)));
    assert_eq!(planted("templates/a/b.html", "<p>The partner's name</p>\n<p>Say \"yes\"</p>\n<p>It&#39;s</p>"), [1, 2, 3]);
    assert_eq!(planted("templates/a/b.html", "<p>Next</p>\n<p>\n Please wait</p>\n<img alt=\"A client\">"), [3, 4]);
    assert_eq!(planted("templates/a/b.html", "{{ forms::text(\n\"name\", \"The partner's name\") }}\n{% call x(\"Sorry\") %}"), [2, 3]);
    assert_eq!(planted("templates/a/b.html", "{% macro x() %} aria-invalid=\"true\"\n id=\"{{ y }}\" \"z\"{% endmacro %}"), [2]);
    assert_eq!(planted("templates/a/b.txt", "Hello\nYour focus group’s notes"), [2]);
    assert_eq!(
        planted(
            "templates/a/b.html",
            "{# please #}<p class='x' data-please=\"y\">The partner’s {{ invalid(\"client\") }}</p><script src=a>'x'</script>"
        ),
        [0_usize; 0]
    );
}
