//! Rust source as the checkers need it: code without comments and literals, and the literals by themselves.
//! Every line keeps its number.

/// A string literal of the source.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub text: String,
    /// Inside `#[…]`: read by a tool, not by a person.
    pub in_attribute: bool,
}

/// What `read` finds.
pub struct RustText {
    /// The source with comments and the insides of literals turned into spaces.
    pub code: String,
    pub literals: Vec<Literal>,
}

/// Splits a source into code and literals.
pub fn read(source: &str) -> RustText {
    let chars: Vec<char> = source.chars().collect();
    let mut code = String::with_capacity(source.len());
    let mut literals = Vec::new();
    let (mut at, mut line) = (0, 1);
    let mut attribute_depth = 0_usize;
    while at < chars.len() {
        let end = if starts(&chars, at, "//") {
            line_end(&chars, at)
        } else if starts(&chars, at, "/*") {
            comment_end(&chars, at)
        } else if let Some((from, to, end)) = literal(&chars, at) {
            let text: String = chars[from..to].iter().collect();
            literals.push(Literal { line, text, in_attribute: attribute_depth > 0 });
            end
        } else if let Some(end) = character(&chars, at) {
            end
        } else {
            attribute_depth = match chars[at] {
                '[' if attribute_depth > 0 || opens_attribute(&chars, at) => attribute_depth + 1,
                ']' => attribute_depth.saturating_sub(1),
                _ => attribute_depth,
            };
            code.push(chars[at]);
            line += usize::from(chars[at] == '\n');
            at += 1;
            continue;
        };
        let quoted = chars[at] != '/';
        for (place, &letter) in chars[at..end].iter().enumerate() {
            let edge = quoted && (place == 0 || at + place + 1 == end);
            code.push(if letter == '\n' {
                '\n'
            } else if edge {
                '"'
            } else {
                ' '
            });
            line += usize::from(letter == '\n');
        }
        at = end;
    }
    RustText { code, literals }
}

/// The line of the first `#[cfg(test)]` that opens a module, or the number of lines + 1: by custom tests stand last.
pub fn tests_begin(code: &str) -> usize {
    let place = code.find("#[cfg(test)]\nmod ").map(|byte| line_of(code, byte));
    place.unwrap_or(code.lines().count() + 1)
}

/// The line, counted from 1, on which a byte stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

/// Every place where `word` begins, not as the tail of a longer name.
pub fn places<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(byte, _)| byte).filter(|&byte| {
        let before = code[..byte].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

fn starts(chars: &[char], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(place, letter)| chars.get(at + place) == Some(&letter))
}

fn opens_attribute(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1] == '#' || (at > 1 && chars[at - 1] == '!' && chars[at - 2] == '#'))
}

fn line_end(chars: &[char], at: usize) -> usize {
    (at..chars.len()).find(|&place| chars[place] == '\n').unwrap_or(chars.len())
}

fn comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < chars.len() {
        if starts(chars, at, "/*") {
            depth += 1;
            at += 2;
        } else if starts(chars, at, "*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// A string literal that begins at `at`: where its text begins and ends, and where the code goes on.
fn literal(chars: &[char], at: usize) -> Option<(usize, usize, usize)> {
    let in_name = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    let mut from = at;
    if !in_name {
        from += usize::from(matches!(chars[from], 'b' | 'c') && matches!(chars.get(from + 1), Some('"' | 'r')));
    }
    if !in_name && chars.get(from) == Some(&'r') {
        let hashes = chars[from + 1..].iter().take_while(|&&letter| letter == '#').count();
        let open = from + 1 + hashes;
        if chars.get(open) != Some(&'"') {
            return None;
        }
        let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        let to = (open + 1..chars.len()).find(|&place| starts(chars, place, &close))?;
        return Some((open + 1, to, to + close.len()));
    }
    if chars.get(from) != Some(&'"') {
        return None;
    }
    let mut to = from + 1;
    while to < chars.len() && chars[to] != '"' {
        to += if chars[to] == '\\' { 2 } else { 1 };
    }
    Some((from + 1, to.min(chars.len()), (to + 1).min(chars.len())))
}

/// A character literal (not a lifetime) that begins at `at`: where the code goes on.
fn character(chars: &[char], at: usize) -> Option<usize> {
    if chars[at] != '\'' {
        return None;
    }
    if chars.get(at + 1) == Some(&'\\') {
        return (at + 3..chars.len()).find(|&place| chars[place] == '\'').map(|place| place + 1);
    }
    (chars.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

#[test]
fn comments_and_literals_are_told_from_code() {
    let text = read(
        "let a = \"crate::x // no\"; // crate::y\n/* crate::z /* in */ \n */ let b = '\"'; let c: &'static str = r#\"q\"q\"#;\n#[t(p = \"m\")] fn f() {}",
    );
    assert!(!text.code.contains("crate::"));
    assert!(text.code.contains("let b = ") && text.code.contains("&'static str"));
    assert_eq!(text.code.lines().count(), 4);
    let found: Vec<_> = text.literals.iter().map(|l| (l.line, l.text.as_str(), l.in_attribute)).collect();
    assert_eq!(found, [(1, "crate::x // no", false), (3, "q\"q", false), (4, "m", true)]);
}

#[test]
fn an_escaped_quote_does_not_end_a_literal() {
    let text = read(r#"f("a \" b", '\'', '\u{1}', b"x"); g()"#);
    assert_eq!(text.literals.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["a \\\" b", "x"]);
    assert!(text.code.ends_with("; g()"));
}
