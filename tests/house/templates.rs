//! Templates: escaping stays on, nothing runs inline, forms are complete, pictures are described.

use crate::files::{Fault, File, below, lines, none, program};
use crate::markup::{Tag, expressions, read, without_askama};
use crate::rust_text;

/// What puts the idempotency key into a form: whole forms use the first, a lone button the second.
const KEY_MACROS: &[&str] = &["forms::hidden(", "marks::key("];

/// Letters are read in mail programs, which know no style sheets of ours.
fn is_letter(path: &str) -> bool {
    path.contains("/letters/") || path.starts_with("templates/layouts/email")
}

fn unescaped(templates: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in templates {
        for (line, inner) in expressions(&file.text) {
            let dense: String = inner.chars().filter(|letter| !letter.is_whitespace()).collect();
            if ["|safe", "filtersafe", "|escape(\"none\"", "|e(\"none\""].iter().any(|sign| dense.contains(sign)) {
                faults.push(Fault::new(&file.path, line, "leave escaping on: build safe markup in platform/filters.rs"));
            }
        }
    }
    faults
}

fn unescaped_in_code(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with("src/platform/filters")) {
        let blind = rust_text::read(&file.text).code;
        // The code has its literals blanked, so the attribute's value is asked of the line itself.
        for (number, (line, code)) in file.text.lines().zip(blind.lines()).enumerate() {
            let dense: String = line.chars().filter(|letter| !letter.is_whitespace()).collect();
            let off = code.contains("escape") && dense.contains("escape=\"none\"");
            if off || code.contains("HtmlSafe for") || code.contains("filters::Safe") || code.contains("MaybeSafe") {
                faults.push(Fault::new(&file.path, number + 1, "only platform/filters.rs may say that a text is safe markup"));
            }
        }
    }
    faults
}

fn tag_faults(file: &File, templates: &[File]) -> Vec<Fault> {
    let html = without_askama(&file.text);
    let chars: Vec<char> = file.text.chars().collect();
    let mut faults = Vec::new();
    for tag in read(&html).tags {
        let mut say = |what: String| faults.push(Fault::new(&file.path, tag.line, what));
        for (name, _) in &tag.attributes {
            if name == "style" && !is_letter(&file.path) {
                say("no inline `style`: the security policy drops it. Use a class, or an attribute in SVG".to_owned());
            }
            if name.starts_with("on") || name.starts_with("hx-on") || name.starts_with("data-hx-on") {
                say(format!("no `{name}`: the security policy drops it. Listen from a file in static/js"));
            }
            if name == "href" || name == "src" || name == "action" || name == "formaction" {
                let value = tag.get(name).unwrap_or_default().trim_start().to_lowercase();
                if value.starts_with("javascript:") {
                    say(format!("no script in `{name}`"));
                }
            }
        }
        match tag.name.as_str() {
            "script" if tag.get("src").is_none() && tag.get("nonce").is_none() => {
                say("`<script>` needs a `src` or the page's `nonce`".to_owned());
            }
            "style" if tag.get("nonce").is_none() && !is_letter(&file.path) => {
                say("no `<style>`: add to a file in static/css".to_owned());
            }
            "img" if tag.get("alt").is_none() => {
                say("`<img>` needs `alt` (empty when it only decorates)".to_owned());
            }
            "form" => {
                let inside: String = chars[tag.end.min(chars.len())..].iter().collect();
                let inside = inside.split("</form").next().unwrap_or_default();
                let inside = with_includes(inside, templates);
                form_faults(&tag, &inside, &file.path).into_iter().for_each(say);
            }
            _ => {}
        }
    }
    faults
}

/// The text with what it includes (`_fields.html`) put after it.
fn with_includes(text: &str, templates: &[File]) -> String {
    let mut whole = text.to_owned();
    for (_, inner) in expressions(text) {
        let name = inner.split_once("include \"").and_then(|(_, rest)| rest.split_once('"'));
        let included = name.and_then(|(name, _)| templates.iter().find(|file| file.path == format!("templates/{name}")));
        whole.extend(included.map(|file| file.text.as_str()));
    }
    whole
}

fn form_faults(tag: &Tag, inside: &str, path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if tag.get("action").is_none_or(|action| action.trim().is_empty()) {
        faults.push("a form needs an `action`".to_owned());
    }
    let method = tag.get("method").unwrap_or_default().to_lowercase();
    if method == "get" {
        return faults;
    }
    if method != "post" {
        faults.push("a form says `method=\"get\"` or `method=\"post\"`".to_owned());
        return faults;
    }
    if tag.get("novalidate").is_none() {
        faults.push("a form that writes has `novalidate`: our messages say more than the browser’s".to_owned());
    }
    let within_components = path.starts_with("templates/components/") && inside.contains("hidden(");
    if !KEY_MACROS.iter().any(|key| inside.contains(key)) && !within_components {
        faults.push("a form that writes carries its key: put `forms::hidden(` right after `<form …>`".to_owned());
    }
    faults
}

#[test]
fn escaping_is_never_turned_off() {
    none("templates without escaping", unescaped(&below("templates", &[""])));
    none("code without escaping", unescaped_in_code(&program()));
}

#[test]
fn markup_is_complete_and_runs_nothing_inline() {
    let templates = below("templates", &[".html"]);
    none("markup", templates.iter().flat_map(|file| tag_faults(file, &templates)).collect());
}

#[test]
fn planted_unescaped_text_is_seen() {
    let planted = |text| lines(&unescaped(&[File::planted("templates/a/b.html", text)]));
    assert_eq!(planted("{{ a }}\n{{ b | safe }}\n{{ c|safe }}"), [2, 3]);
    assert_eq!(planted("{{ d | escape(\"none\") }} {% filter safe %}"), [1, 1]);
    assert_eq!(planted("It is safe to {{ safe }}"), [0_usize; 0]);
    let in_code = |path, text| lines(&unescaped_in_code(&[File::planted(path, text)]));
    assert_eq!(in_code("src/a/pages.rs", "#[template(path = \"x\",\n escape = \"none\")]"), [2]);
    assert_eq!(in_code("src/a/view.rs", "impl askama::filters::HtmlSafe for X {}"), [1]);
    assert_eq!(in_code("src/platform/filters.rs", "impl askama::filters::HtmlSafe for X {}"), [0_usize; 0]);
}

#[test]
fn planted_markup_faults_are_seen() {
    let fields = [File::planted("templates/a/_fields.html", "{{ forms::hidden(here) }}")];
    let planted = |text| lines(&tag_faults(&File::planted("templates/a/b.html", text), &fields));
    assert_eq!(planted("<p\n style=\"x\">\n<b onclick=\"y()\"><i hx-on:click=z></i></b>"), [1, 3, 3]);
    assert_eq!(planted("<script>x</script>\n<style>y</style><img src=a><a href=\"javascript:x\">y</a>"), [1, 2, 2, 2]);
    assert_eq!(planted("<script src=a></script><script nonce=\"{{ n }}\">x</script><img src=a alt=\"\">"), [0_usize; 0]);
    assert_eq!(planted("<form method=post>x</form>").len(), 3);
    assert_eq!(planted("<form method=get action=\"\">x</form>\n<form action=x></form>"), [1, 2]);
    assert_eq!(
        planted("<form method=post action=\"{{ at.x() }}\" novalidate></form>{{ forms::hidden(key) }}"),
        [1],
        "the key stands outside"
    );
    assert_eq!(planted("<form method=post action=x novalidate>{% include \"a/_fields.html\" %}</form>"), [0_usize; 0]);
    assert_eq!(
        planted("<form method=\"post\" action=\"{{ at.x(\"y\") }}\" novalidate>\n{% call forms::hidden(key) %}</form>"),
        [0_usize; 0]
    );
}

/// Permissions are named by a text in templates; one that the policy does not have is never allowed, and the button never seen.
fn unknown_permissions(files: &[File], policy: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            for asked in line.split(".can(\"").skip(1) {
                let name = asked.split('"').next().unwrap_or_default();
                if !policy.lines().any(|known| known.trim_start().starts_with(&format!("{name} \""))) {
                    faults.push(Fault::new(&file.path, number + 1, format!("`{name}` is no permission of platform/policy.rs")));
                }
            }
        }
    }
    faults
}

const POLICY: &str = "src/platform/policy.rs";

#[test]
fn templates_and_pages_ask_for_permissions_that_exist() {
    let files: Vec<File> = below("templates", &[".html"]).into_iter().chain(program()).collect();
    let policy = files.iter().find(|file| file.path.ends_with(POLICY)).expect("the policy");
    none("permissions that nobody has", unknown_permissions(&files, &policy.text));
}

#[test]
fn a_planted_unknown_permission_is_seen() {
    let asking = |name: &str| File::planted("templates/x.html", &format!("<p>{{% if here.can(\"{name}\") %}}"));
    let policy = "    EditPartners \"change partners\": Director Staff;";
    assert_eq!(lines(&unknown_permissions(&[asking("EditPartner")], policy)), [1]);
    assert_eq!(lines(&unknown_permissions(&[asking("EditPartners")], policy)), [0_usize; 0]);
}
