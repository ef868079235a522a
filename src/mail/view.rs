//! How a letter looks: as text for everybody, and as a page for those whose programs show one.

use super::model::Words;
use crate::platform::error::Error;
use askama::Template;

#[derive(Template)]
#[template(path = "mail/letters/letter.html")]
struct Html<'a> {
    words: &'a Words,
    /// The way its language is written.
    direction: String,
}

#[derive(Template)]
#[template(path = "mail/letters/letter.txt")]
struct Text<'a> {
    words: &'a Words,
}

/// The letter as text and as a page.
pub(super) fn both(words: &Words) -> Result<(String, String), Error> {
    let text = Text { words }.render().map_err(Error::internal)?;
    let html = Html { words, direction: words.language.say("direction", &[])? }.render().map_err(Error::internal)?;
    Ok((text, html))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Language;

    #[test]
    fn what_is_written_is_text_in_both() {
        let words = Words {
            language: Language::known(Some("es")),
            subject: "An invitation".to_owned(),
            paragraphs: vec!["<b>Wren</b> & “Ashby” invite you.".to_owned()],
            link: ("Read the invitation".to_owned(), "https://table.example/invitations/abc".to_owned()),
            below: vec!["It works once.".to_owned()],
            ..Words::default()
        };
        let (text, html) = both(&words).unwrap();
        assert!(text.contains("<b>Wren</b> & “Ashby” invite you.") && text.contains("\nhttps://table.example/invitations/abc\n"), "{text}");
        assert!(html.contains("<html lang=\"es\" dir=\"ltr\">"), "{html}");
        assert!(!html.contains("<b>Wren") && html.contains("href=\"https://table.example/invitations/abc\""), "{html}");
    }
}
