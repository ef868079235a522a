//! A small reader of templates: tags with their attributes, and the text between them, askama's own marks taken out.

/// Stands in the place of every character of `{{ … }}`, so that an attribute filled by the program is not empty.
pub const FILLED: char = '\u{FFFC}';

/// An opening tag.
#[derive(Debug)]
pub struct Tag {
    pub line: usize,
    /// Lower case.
    pub name: String,
    /// Names in lower case.
    pub attributes: Vec<(String, String)>,
    /// Where the tag ends, counted in characters.
    pub end: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// What `read` finds.
pub struct Markup {
    pub tags: Vec<Tag>,
    /// The text that a visitor reads, with its line.
    pub texts: Vec<(usize, String)>,
}

/// Takes askama's marks out, character for character: `{# #}` and `{% %}` become spaces, `{{ }}` becomes `FILLED`.
pub fn without_askama(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let close = match (chars[at], chars.get(at + 1)) {
            ('{', Some('{')) => Some(['}', '}']),
            ('{', Some('%')) => Some(['%', '}']),
            ('{', Some('#')) => Some(['#', '}']),
            _ => None,
        };
        let Some(close) = close else {
            out.push(chars[at]);
            at += 1;
            continue;
        };
        let end = (at + 2..chars.len().saturating_sub(1)).find(|&place| chars[place..place + 2] == close);
        let end = end.map_or(chars.len(), |place| place + 2);
        let filler = if close == ['}', '}'] { FILLED } else { ' ' };
        out.extend(chars[at..end].iter().map(|&letter| if letter == '\n' { '\n' } else { filler }));
        at = end;
    }
    out
}

/// The insides of `{{ … }}` and `{% … %}`, with their line.
pub fn expressions(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for (byte, _) in text.match_indices(open) {
            let inner = text[byte + 2..].split(close).next().unwrap_or_default();
            found.push((text[..byte].matches('\n').count() + 1, inner.to_owned()));
        }
    }
    found.sort();
    found
}

/// Reads HTML from which askama's marks were taken.
pub fn read(html: &str) -> Markup {
    let chars: Vec<char> = html.chars().collect();
    let mut markup = Markup { tags: Vec::new(), texts: Vec::new() };
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let begins_tag =
            chars[at] == '<' && chars.get(at + 1).is_some_and(|letter| letter.is_ascii_alphabetic() || matches!(letter, '/' | '!'));
        let end = if begins_tag {
            let end = if find(&chars, at, "<!--") == Some(at) {
                find(&chars, at, "-->").map_or(chars.len(), |place| place + 3)
            } else {
                tag_end(&chars, at)
            };
            if chars[at + 1].is_ascii_alphabetic() {
                markup.tags.push(tag(&chars[at + 1..end.saturating_sub(1)], line, end));
            }
            end
        } else {
            let end = (at + 1..chars.len()).find(|&place| chars[place] == '<').unwrap_or(chars.len());
            markup.texts.push((line, chars[at..end].iter().collect()));
            end
        };
        // What stands inside script and style is not text.
        let opened = markup.tags.last().filter(|tag| tag.end == end && matches!(tag.name.as_str(), "script" | "style"));
        let next = opened.map_or(end, |tag| find(&chars, end, &format!("</{}", tag.name)).unwrap_or(chars.len()));
        line += chars[at..next].iter().filter(|&&letter| letter == '\n').count();
        at = next;
    }
    markup
}

fn find(chars: &[char], from: usize, text: &str) -> Option<usize> {
    let wanted: Vec<char> = text.chars().collect();
    (from..chars.len()).find(|&place| chars[place..].starts_with(&wanted))
}

fn tag_end(chars: &[char], at: usize) -> usize {
    let mut quote = None;
    for (place, &letter) in chars.iter().enumerate().skip(at) {
        match (quote, letter) {
            (None, '>') => return place + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    chars.len()
}

fn tag(inner: &[char], line: usize, end: usize) -> Tag {
    let ends_name = |letter: char| letter.is_whitespace() || matches!(letter, '/' | '=');
    let name: String = inner.iter().take_while(|&&letter| !ends_name(letter)).collect();
    let mut attributes = Vec::new();
    let mut at = name.chars().count();
    while at < inner.len() {
        if ends_name(inner[at]) {
            at += 1;
            continue;
        }
        let key: String = inner[at..].iter().take_while(|&&letter| !ends_name(letter)).collect();
        at += key.chars().count();
        let mut value = String::new();
        if inner.get(at) == Some(&'=') {
            at += 1;
            if let Some(&quote @ ('"' | '\'')) = inner.get(at) {
                value = inner[at + 1..].iter().take_while(|&&letter| letter != quote).collect();
                at += value.chars().count() + 2;
            } else {
                value = inner[at..].iter().take_while(|letter| !letter.is_whitespace()).collect();
                at += value.chars().count();
            }
        }
        attributes.push((key.to_lowercase(), value));
    }
    Tag { line, name: name.to_lowercase(), attributes, end }
}

#[test]
fn tags_attributes_and_text_are_told_apart() {
    let page = without_askama(
        "<p class=\"a {{ b(\"c\") }}\" {% if x > 1 %}hidden{% endif %}>One {# no #}two</p>\n<script nonce=n>if (a<b) 'x'</script>\n<!-- it's -->\n<img src=x alt=\"\">3",
    );
    let markup = read(&page);
    let tags: Vec<_> = markup.tags.iter().map(|tag| (tag.line, tag.name.as_str(), tag.attributes.len())).collect();
    assert_eq!(tags, [(1, "p", 2), (2, "script", 1), (4, "img", 2)]);
    let text: String = markup.texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["One", "two", "3"]);
    assert_eq!(markup.tags[2].get("alt"), Some(""));
}
