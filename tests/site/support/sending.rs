//! Sends what a route registered as its example, as the person it names: whole, or with something changed.

use super::{Answer, Site, Visitor, atlas::Way, factors::HALF};

/// The fields of a form, in order.
pub type Fields = Vec<(String, String)>;

/// The name of a field for a file, and of the file in `tests/data`.
pub type File = Option<(String, String)>;

/// Whoever sends this route's example.
pub async fn sender(site: &Site, way: &Way) -> Visitor {
    let who = way.line.example.map_or("", |example| example.who);
    match who.strip_prefix('@') {
        Some(link) => site.bearer(link),
        None if way.path == "/sign-in/second-step" => site.stranger().with_cookie(HALF, &site.id("half")),
        None if way.path.starts_with("/sign-in/second-step") => site.stranger().with_cookie(HALF, &site.id("half_of_analyst")),
        None if who.is_empty() => site.stranger(),
        None => site.visitor(who).await,
    }
}

/// Sends fields and file to an address, with what is wrong with the answer.
pub async fn send(visitor: &Visitor, path: &str, fields: &Fields, file: &File) -> (Answer, Vec<String>) {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let file = file.as_ref().map(|(field, name)| (field.as_str(), name.as_str(), ours(name)));
    let file = file.as_ref().map(|(field, name, bytes)| (*field, *name, bytes.as_slice()));
    visitor.try_form(path, &fields, file).await
}

/// A file of `tests/data`.
#[track_caller]
pub fn ours(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
