//! The addresses that the tools begin with: every route of the site, with an address that leads somewhere in the year and, where it
//! takes a form, one that succeeds. They come from the route table and its examples, as those of the walk do.

use crate::support::{
    Site,
    atlas::{self, Way},
    sending,
};
use serde_json::{Value, json};

/// Writes them into a file. Answers them as a page of links and forms too, for tools that go from page to page.
pub async fn write(site: &Site, ways: &[Way], file: &str) -> String {
    let mut all = Vec::new();
    for way in ways {
        let (fields, upload) = if way.is_get() { (Vec::new(), None) } else { atlas::form(site, way).await };
        let named = |value: &str| value.strip_prefix('@').and_then(|name| site.names().get(name)).cloned();
        let fields: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name, named(&value).unwrap_or(value))).collect();
        let upload =
            upload.map(|(field, name)| json!({ "field": field, "name": name, "text": String::from_utf8_lossy(&sending::ours(&name)) }));
        all.push(json!({ "method": way.line.method, "route": way.line.path, "path": way.path, "fields": fields, "file": upload }));
    }
    std::fs::write(file, serde_json::to_string(&all).expect("plain values")).expect("a file to write");
    all.iter().map(shown).collect()
}

/// One of them on that page.
fn shown(seed: &Value) -> String {
    let text = |name: &str| escaped(seed[name].as_str().unwrap_or_default());
    if text("method") == "GET" {
        return format!("<p><a href=\"{}\">{}</a></p>", text("path"), text("route"));
    }
    let pair = |pair: &Value| {
        let [name, value] = [0_usize, 1].map(|place| escaped(pair[place].as_str().unwrap_or_default()));
        format!("<input name=\"{name}\" value=\"{value}\">")
    };
    let fields: String = seed["fields"].as_array().into_iter().flatten().map(pair).collect();
    let upload = seed["file"]["field"].as_str().map(|field| format!("<input type=\"file\" name=\"{}\">", escaped(field)));
    let kind = if upload.is_some() { " enctype=\"multipart/form-data\"" } else { "" };
    format!("<form method=\"post\" action=\"{}\"{kind}>{fields}{}<button>Send</button></form>", text("path"), upload.unwrap_or_default())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
