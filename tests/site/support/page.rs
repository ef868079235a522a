//! What every page must be, whoever opens it and for whatever test: found out on each answer, without a test asking for it.

use super::{Answer, answer::text_of};
use http::header;
use scraper::{ElementRef, Html, Selector};
use std::collections::HashSet;

/// All that is wrong with an answer. `quotes`: somebody typed straight quotes, which may be shown.
pub(super) fn wrong_with(answer: &Answer, quotes: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    headers(answer, &mut wrong);
    if answer.status.as_u16() == 500 {
        wrong.push(format!("a fault of ours: {}", answer.words()));
    } else if answer.is_page() {
        wrong.extend(faults(&answer.text, answer.page(), quotes));
    }
    wrong
}

const HEADERS: &[(&str, &[&str])] = &[
    (
        "content-security-policy",
        &["default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
    ),
    ("x-content-type-options", &["nosniff"]),
    ("referrer-policy", &["same-origin"]),
    ("x-frame-options", &["DENY"]),
    ("strict-transport-security", &["max-age=31536000", "includeSubDomains"]),
    ("cache-control", &[""]),
];

fn headers(answer: &Answer, wrong: &mut Vec<String>) {
    for (name, parts) in HEADERS {
        let sent = answer.header(name);
        // A file is shown by itself: its policy is the narrowest there is.
        let alone = !answer.is_page() && sent == "default-src 'none'; sandbox";
        if !alone && (sent.is_empty() || !parts.iter().all(|part| sent.contains(part))) {
            wrong.push(format!("the header {name} is {sent:?}"));
        }
    }
    if answer.header("content-security-policy").contains("unsafe") {
        wrong.push("the content security policy allows something unsafe".to_owned());
    }
    if answer.is_page() && !answer.header("cache-control").contains("no-store") {
        wrong.push("a page may be kept by the browser".to_owned());
    }
    if answer.headers.contains_key("access-control-allow-origin") {
        wrong.push("another site may read it".to_owned());
    }
    for cookie in answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap_or_default()) {
        if !cookie.starts_with("__Host-")
            || !["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"].iter().all(|part| cookie.contains(part))
        {
            wrong.push(format!("a cookie without its fences: {}", cookie.split('=').next().unwrap_or_default()));
        }
    }
}

/// What is wrong with a page.
fn faults(html: &str, tree: &Html, quotes: bool) -> Vec<String> {
    let page = Page(tree);
    let mut wrong = Vec::new();
    if !html.trim_start().to_ascii_lowercase().starts_with("<!doctype html>") {
        wrong.push("it does not begin with <!doctype html>".to_owned());
    }
    if page.all("html[lang]").is_empty() || page.all("main#main").len() != 1 {
        wrong.push("it has no language or not exactly one <main id=\"main\">".to_owned());
    }
    page.title(&mut wrong);
    page.references(&mut wrong);
    if page.all("footer .contact").into_iter().map(text_of).collect::<String>().trim_start_matches("Talk to a person:").trim().is_empty() {
        wrong.push("it names no person to talk to".to_owned());
    }
    page.forms(&mut wrong);
    page.readers(&mut wrong);
    page.controls(&mut wrong);
    page.scripts(&mut wrong);
    page.links_and_pictures(&mut wrong);
    page.tables(&mut wrong);
    if !quotes {
        page.quotes(&mut wrong);
    }
    wrong
}

struct Page<'a>(&'a Html);

/// Where an element stands, short.
fn short(element: &ElementRef<'_>) -> String {
    element.html().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}

impl Page<'_> {
    fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(css).unwrap()).collect()
    }

    fn title(&self, wrong: &mut Vec<String>) {
        let headings: Vec<String> = self.all("h1").into_iter().map(text_of).collect();
        let title = self.all("head > title").into_iter().map(text_of).collect::<String>();
        let [heading] = headings.as_slice() else {
            wrong.push(format!("it must have one h1: {headings:?}"));
            return;
        };
        let refused = !self.all(".problems").is_empty();
        let rest = ["Error: ", "One question: "].into_iter().find_map(|before| title.strip_prefix(before));
        if heading.is_empty() || !rest.unwrap_or(&title).starts_with(heading.as_str()) {
            wrong.push(format!("its title {title:?} must begin with its heading {heading:?}"));
        }
        if refused && rest.is_none() {
            wrong.push(format!("its title {title:?} must begin with “Error: ”"));
        }
    }

    fn references(&self, wrong: &mut Vec<String>) {
        let mut ids = HashSet::new();
        for id in self.all("[id]").iter().filter_map(|one| one.attr("id")) {
            if id.is_empty() || id.contains(char::is_whitespace) || !ids.insert(id) {
                wrong.push(format!("the id {id:?} stands there twice or is none"));
            }
        }
        for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "list", "headers"] {
            for one in self.all(&format!("[{name}]")) {
                for id in one.attr(name).unwrap_or_default().split_whitespace().filter(|id| !ids.contains(id)) {
                    wrong.push(format!("{name} names {id:?}, which is nowhere: {}", short(&one)));
                }
            }
        }
        for link in self.all("a[href^='#']") {
            let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
            // Only a forged form has a problem with a field that nobody sees.
            let unseen =
                id.chars().all(|c| c.is_alphanumeric() || c == '_') && !self.all(&format!("input[type='hidden'][name='{id}']")).is_empty();
            if !ids.contains(id) && !unseen {
                wrong.push(format!("a link leads to #{id}, which is nowhere"));
            }
        }
    }

    fn forms(&self, wrong: &mut Vec<String>) {
        let control = Selector::parse("[name='key']").unwrap();
        let file = Selector::parse("input[type='file']").unwrap();
        for form in self.all("form") {
            let (action, method) = (form.attr("action").unwrap_or_default(), form.attr("method").unwrap_or_default());
            if !action.starts_with('/') || !matches!(method, "get" | "post") {
                wrong.push(format!("a form must say where it goes and how: {}", short(&form)));
            }
            if method == "post" && (form.attr("novalidate").is_none() || form.select(&control).count() != 1) {
                wrong.push(format!("a form that writes has `novalidate` and one key: {action}"));
            }
            if form.select(&file).next().is_some() && form.attr("enctype") != Some("multipart/form-data") {
                wrong.push(format!("a form with a file has enctype=\"multipart/form-data\": {action}"));
            }
        }
    }

    /// Before whoever writes freely, and in the same form, stands who will read it and where not to report.
    fn readers(&self, wrong: &mut Vec<String>) {
        for form in self.all("form[method='post']") {
            let mut told = false;
            for inner in form.descendants().filter_map(ElementRef::wrap) {
                told |= inner.value().classes().any(|class| class == "who-reads");
                if inner.value().name() == "textarea" && !told {
                    wrong.push(format!("who reads it does not stand before {:?}", inner.attr("name").unwrap_or_default()));
                }
            }
        }
    }

    fn controls(&self, wrong: &mut Vec<String>) {
        let labelled: HashSet<&str> =
            self.all("label[for]").iter().filter(|one| !text_of(**one).is_empty()).filter_map(|one| one.attr("for")).collect();
        for control in self.all("input, select, textarea") {
            let kind = control.attr("type").unwrap_or("text");
            if matches!(kind, "hidden" | "submit" | "button") {
                continue;
            }
            let inside = control.ancestors().filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "label");
            let named = control.attr("aria-label").is_some_and(|label| !label.is_empty()) || control.attr("aria-labelledby").is_some();
            if !inside && !named && !control.attr("id").is_some_and(|id| labelled.contains(id)) {
                wrong.push(format!("a control without a label: {}", short(&control)));
            }
            if control.attr("name").is_none_or(str::is_empty) {
                wrong.push(format!("a control without a name: {}", short(&control)));
            }
        }
        for legend in self.all("fieldset").iter().filter(|one| one.select(&Selector::parse("legend").unwrap()).next().is_none()) {
            wrong.push(format!("a group of controls without a legend: {}", short(legend)));
        }
        for button in self.all("button") {
            if text_of(button).is_empty() && button.attr("aria-label").is_none_or(str::is_empty) {
                wrong.push(format!("a button without words: {}", short(&button)));
            }
        }
    }

    fn scripts(&self, wrong: &mut Vec<String>) {
        for one in self.all(
            "[style], style, script:not([src]):not([nonce]), [src^='http'], link[rel='stylesheet'][href^='http'], base, iframe, object",
        ) {
            wrong.push(format!("style, script or something from elsewhere: {}", short(&one)));
        }
        for one in self.all("*") {
            let event = one.value().attrs().find(|(name, _)| name.starts_with("on") || name.starts_with("hx-on"));
            if let Some((name, _)) = event {
                wrong.push(format!("the attribute {name}: {}", short(&one)));
            }
        }
    }

    fn links_and_pictures(&self, wrong: &mut Vec<String>) {
        for link in self.all("a") {
            let href = link.attr("href").unwrap_or_default();
            let named = !text_of(link).is_empty() || link.attr("aria-label").is_some_and(|label| !label.is_empty());
            let whole = ["/", "#", "?", "https://", "http://", "mailto:", "tel:"].iter().any(|begin| href.starts_with(begin));
            if !named || !whole || href.starts_with("//") {
                wrong.push(format!("a link without words or a way: {}", short(&link)));
            }
        }
        for picture in self.all("img:not([alt])") {
            wrong.push(format!("a picture without words: {}", short(&picture)));
        }
        for drawing in self.all("svg") {
            let hidden = drawing.attr("aria-hidden") == Some("true");
            let named = drawing.attr("aria-label").is_some() || drawing.attr("aria-labelledby").is_some();
            let shown = named && drawing.attr("role") == Some("img");
            if !hidden && !shown {
                wrong.push(format!("a drawing is hidden from those who listen, or has a role and a name: {}", short(&drawing)));
            }
        }
    }

    fn tables(&self, wrong: &mut Vec<String>) {
        let (heads, caption) = (Selector::parse("th").unwrap(), Selector::parse("caption").unwrap());
        for table in self.all("table") {
            let scoped = table.select(&heads).all(|head| head.attr("scope").is_some());
            let named =
                table.select(&caption).next().is_some() || table.attr("aria-labelledby").is_some() || table.attr("aria-label").is_some();
            if table.select(&heads).next().is_none() || !scoped || !named {
                wrong.push(format!("a table has a caption, and headings with a scope: {}", short(&table)));
            }
        }
    }

    /// Straight quotes have no place in what is read; what people typed is theirs.
    fn quotes(&self, wrong: &mut Vec<String>) {
        const THEIRS: &[&str] = &["script", "style", "textarea", "pre", "code"];
        for node in self.0.tree.nodes() {
            let Some(text) = node.value().as_text() else { continue };
            let theirs = node.ancestors().filter_map(ElementRef::wrap).any(|outer| THEIRS.contains(&outer.value().name()));
            if !theirs && text.contains(['"', '\'']) {
                wrong.push(format!("straight quotes: {:?}", text.trim()));
            }
        }
    }
}

#[test]
fn a_page_as_it_should_be_has_no_faults() {
    assert_eq!(of(&sound("")), [""; 0]);
}

fn of(html: &str) -> Vec<String> {
    faults(html, &Html::parse_document(html), false)
}

/// A sound page with something planted into it.
fn sound(planted: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Partners - Cedar</title></head><body><a href=\"#main\">Skip</a><main id=\"main\"><h1>Partners</h1>\
         <form method=\"post\" action=\"/x\" novalidate><input type=\"hidden\" name=\"key\" value=\"1\"><label for=\"n\">Name</label>\
         <input id=\"n\" name=\"n\"><button type=\"submit\">Save</button></form>{planted}</main><footer><p class=\"contact\">Talk to a person: Ana</p></footer></body></html>"
    )
}

#[test]
fn a_page_without_a_person_to_talk_to_is_seen() {
    assert_eq!(of(&sound("").replace("Ana", "")), ["it names no person to talk to"]);
}

#[test]
fn every_planted_fault_of_a_page_is_seen() {
    for planted in [
        "<h1>Another</h1>",
        "<p id=\"n\">twice</p>",
        "<a href=\"#nowhere\">On</a>",
        "<a href=\"/x\"></a>",
        "<a href=\"javascript:x\">On</a>",
        "<form method=\"post\" action=\"/x\"><input type=\"hidden\" name=\"key\" value=\"1\"></form>",
        "<form method=\"post\" action=\"/x\" novalidate></form>",
        "<form method=\"post\" novalidate><input type=\"hidden\" name=\"key\" value=\"1\"></form>",
        "<form method=\"post\" action=\"/y\" novalidate><input type=\"hidden\" name=\"key\" value=\"1\"><label>Say<textarea name=\"t\"></textarea></label></form>",
        "<form method=\"get\" action=\"/x\"><input id=\"q\" name=\"q\"></form>",
        "<div class=\"problems\"><a href=\"#n\">Enter a name</a></div>",
        "<p style=\"color:red\">x</p>",
        "<p onclick=\"x()\">x</p>",
        "<script>x()</script>",
        "<img src=\"/x.png\">",
        "<svg></svg>",
        "<button type=\"button\"></button>",
        "<p>The partner's name</p>",
        "<table><tr><td>1</td></tr></table>",
        "<label for=\"nothing\">x</label>",
        "<fieldset><label><input type=\"radio\" name=\"r\">a</label></fieldset>",
    ] {
        assert!(!of(&sound(planted)).is_empty(), "not seen: {planted}");
    }
}
