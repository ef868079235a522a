//! Single values as lists write them: lines, lists, names, ids, addresses.

use crate::platform::fold::fold;

/// On one line, words one space apart; blank for what stands for nothing (“N/A”, “TBD”, “–”).
pub(super) fn squeezed(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(line.to_lowercase().as_str(), "n/a" | "na" | "tbd" | "none" | "null" | "-" | "–" | "—" | "unknown" | "?") {
        String::new()
    } else {
        line
    }
}

/// A list written with commas, semicolons, bars or lines; nothing twice.
pub(super) fn list(text: &str) -> Vec<String> {
    once(text.split([',', ';', '|', '\n']))
}

/// Names parted by bars, else by semicolons and lines outside brackets. Never by commas: they belong to names.
pub(super) fn names(text: &str, bars: bool) -> Vec<String> {
    if bars {
        return once(text.split('|'));
    }
    let mut depth = 0_usize;
    once(text.split(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(letter, ';' | '\n')
    }))
}

fn once<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for part in parts.map(squeezed).filter(|part| !part.is_empty()) {
        if !kept.contains(&part) {
            kept.push(part);
        }
    }
    kept
}

/// The id with the list that gave it. An id that only one list knows is marked `list:` and never makes two partners one.
pub(super) fn official_id(heading: &str, value: &str) -> String {
    let value = squeezed(value);
    if value.is_empty() || value.chars().count() > 100 {
        return String::new();
    }
    let scheme = match fold(heading).replace(' ', "").as_str() {
        "epaid" | "epatribalinternalid" => "epa",
        "objectid" => "bia",
        "biacode" | "biatribalcode" | "currentbiatribalcode" => "bia-code",
        _ if uuid::Uuid::parse_str(&value).is_ok() => "uuid",
        _ => "list",
    };
    format!("{scheme}:{value}")
}

/// An http or https address; one without a scheme gets https.
pub(super) fn link(value: &str) -> Option<String> {
    let lower = value.to_lowercase();
    let with = if lower.starts_with("http://") || lower.starts_with("https://") {
        value.to_owned()
    } else if lower.contains(':') || lower.starts_with('/') {
        return None;
    } else {
        format!("https://{value}")
    };
    let host = with.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let good = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
    let plain = !with.contains([' ', '"', '<', '>', '\\', '`']) && with.chars().count() <= 500;
    (good && plain).then_some(with)
}

/// The first address of one or several.
pub(super) fn email(value: &str) -> Option<String> {
    let first = value.split([';', ',', ' ']).map(|part| part.trim_start_matches("mailto:")).find(|part| part.contains('@'))?;
    let (name, host) = first.split_once('@')?;
    let good = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
    (good && first.chars().count() <= 254 && !first.contains(['<', '>', '"'])).then(|| first.to_owned())
}

/// Anything short with at least three digits.
pub(super) fn phone(value: &str) -> Option<String> {
    (value.chars().filter(char::is_ascii_digit).count() >= 3 && value.chars().count() <= 60).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_http_only() {
        assert_eq!(link("www.kniktribe.org").as_deref(), Some("https://www.kniktribe.org"));
        assert_eq!(link("HTTP://Example.org/a").as_deref(), Some("HTTP://Example.org/a"));
        for bad in [
            "javascript:alert(1)",
            "//example.org",
            "ftp://example.org",
            "data:text/html,x",
            "example",
            "https://a b.org",
            "https://user@host.org",
            "http://.org",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
        assert_eq!(email("a@b.org; c@d.org").as_deref(), Some("a@b.org"));
        assert_eq!(email("a@b"), None);
        assert_eq!(phone("(503) 555-0101 x2").as_deref(), Some("(503) 555-0101 x2"));
        assert_eq!(phone("see web"), None);
    }

    #[test]
    fn names_keep_their_commas_and_brackets() {
        assert_eq!(names("A Tribe, Oregon; B (x; y); C; A Tribe, Oregon", false), ["A Tribe, Oregon", "B (x; y)", "C"]);
        assert_eq!(names("A; still A|B", true), ["A; still A", "B"]);
        assert_eq!(list("English, Spanish; english\nTBD"), ["English", "Spanish", "english"]);
    }

    #[test]
    fn ids_say_which_list_gave_them() {
        assert_eq!(official_id("EPA ID", " 100000001"), "epa:100000001");
        assert_eq!(official_id("object_id", "17611"), "bia:17611");
        assert_eq!(official_id("bia_code", "TBD"), "");
        assert_eq!(official_id("id", "12"), "list:12");
        assert_eq!(official_id("id", "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"), "uuid:d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610");
    }
}
