//! The list of parts (`bin/sbom`): whatever the lock files name is in it, with its version.

use std::{collections::BTreeSet, path::Path, process::Command};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names and versions of `Cargo.lock`, and of `package-lock.json`.
fn locked() -> BTreeSet<(String, String)> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let value = |part: &str, name: &str| {
        part.lines().find_map(|line| Some(line.strip_prefix(&format!("{name} = \""))?.trim_end_matches('"').to_owned()))
    };
    let crates = lock.split("[[package]]").skip(1).filter_map(|part| Some((value(part, "name")?, value(part, "version")?)));
    let packages: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(root().join("package-lock.json")).unwrap()).unwrap();
    let named = packages["packages"].as_object().unwrap().iter().filter_map(|(path, package)| {
        let name = path.rsplit("node_modules/").next().filter(|name| !name.is_empty())?;
        Some((name.to_owned(), package["version"].as_str()?.to_owned()))
    });
    crates.chain(named).collect()
}

fn missing(list: &serde_json::Value, wanted: &BTreeSet<(String, String)>) -> Vec<String> {
    // The program itself stands under what the list is about.
    let own = list["metadata"]["component"]["components"].as_array();
    let parts = list["components"].as_array().into_iter().flatten().chain(own.into_iter().flatten());
    let there: BTreeSet<(String, String)> = parts
        .map(|part| {
            let text = |name: &str| part[name].as_str().unwrap_or_default().to_owned();
            let name = if text("group").is_empty() { text("name") } else { format!("{}/{}", text("group"), text("name")) };
            (name, text("version"))
        })
        .collect();
    wanted.difference(&there).map(|(name, version)| format!("{name} {version}")).collect()
}

#[test]
fn every_part_of_the_lock_files_is_in_the_list_of_parts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parts.json");
    let made = Command::new(root().join("bin/sbom")).arg(&file).output().unwrap();
    assert!(made.status.success(), "bin/sbom: {}", String::from_utf8_lossy(&made.stderr));
    let list: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(list["bomFormat"], "CycloneDX");
    let wanted = locked();
    assert!(wanted.len() > 400, "{}", wanted.len());
    assert_eq!(missing(&list, &wanted), Vec::<String>::new());
}

#[test]
fn a_part_that_is_missing_is_seen() {
    let wanted = BTreeSet::from([("sqlx".to_owned(), "0.9.0".to_owned()), ("@a/b".to_owned(), "1.0.0".to_owned())]);
    let list =
        serde_json::json!({ "components": [{ "name": "sqlx", "version": "0.8.0" }, { "group": "@a", "name": "b", "version": "1.0.0" }] });
    assert_eq!(missing(&list, &wanted), ["sqlx 0.9.0"]);
}
