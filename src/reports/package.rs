//! A data package for programs: the table as CSV, its data dictionary as CSV, and `datapackage.json` (Frictionless Data) with
//! its key, the tables that its numbers lead to and its closed lists, in one zip file.

use super::model::What;
use crate::platform::{
    labels::Label as _,
    sheet::{self, Column, ColumnKind, Sheet, SheetError},
};
use serde_json::{Value, json};
use std::io::{Seek, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The description has this name in every data package.
const DESCRIPTION: &str = "datapackage.json";

fn table(what: What) -> String {
    format!("{}.csv", what.as_str())
}

fn dictionary(what: What) -> String {
    format!("{}-data-dictionary.csv", what.as_str())
}

/// Begins the package with its table.
pub(super) fn begin<W: Write + Seek>(what: What, out: W) -> Result<ZipWriter<W>, SheetError> {
    let mut zip = ZipWriter::new(out);
    zip.start_file(table(what), options()).map_err(fault)?;
    Ok(zip)
}

/// Adds what explains the table, and completes the package.
pub(super) fn finish<W: Write + Seek>(what: What, sheet: &Sheet, mut zip: ZipWriter<W>) -> Result<W, SheetError> {
    zip.start_file(dictionary(what), options()).map_err(fault)?;
    let mut zip = sheet::dictionary_csv(sheet, zip)?;
    zip.start_file(DESCRIPTION, options()).map_err(fault)?;
    zip.write_all(description(what, sheet).to_string().as_bytes())?;
    zip.finish().map_err(fault)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true)
}

fn fault(error: zip::result::ZipError) -> SheetError {
    SheetError::Io(std::io::Error::other(error))
}

/// What a package of this kind is called, also where another one leads to it.
fn package_of(what: &str) -> String {
    format!("common-table-{what}")
}

/// The description for programs.
fn description(what: What, sheet: &Sheet) -> Value {
    let about: Vec<String> = sheet.about.iter().map(|(label, text)| format!("{label}: {text}")).collect();
    let dialect = json!({ "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true });
    // A table that a number leads to is in a package of its own.
    let keys: Vec<Value> = sheet
        .columns
        .iter()
        .filter(|column| !column.refers_to.is_empty())
        .map(|column| {
            let to = column.refers_to;
            json!({ "fields": column.key, "reference": { "package": package_of(to), "resource": to, "fields": "id" } })
        })
        .collect();
    let fields: Vec<Value> = sheet.columns.iter().map(field).collect();
    let schema = json!({ "fields": fields, "missingValues": [""], "primaryKey": "id", "foreignKeys": keys });
    let table = json!({
        "name": what.as_str(), "path": table(what), "title": sheet.name, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": dialect, "schema": schema,
    });
    let dictionary = json!({
        "name": format!("{}-data-dictionary", what.as_str()), "path": dictionary(what), "profile": "data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8",
    });
    json!({
        "profile": "data-package", "name": package_of(what.as_str()), "title": sheet.name,
        "description": about.join("\n"), "resources": [table, dictionary],
    })
}

fn field(column: &Column) -> Value {
    let mut field = json!({ "name": column.key, "title": column.title, "description": column.explained(), "type": kind(column.kind) });
    if column.kind == ColumnKind::Flag {
        field["trueValues"] = json!(["yes"]);
        field["falseValues"] = json!(["no"]);
    }
    let codes: Vec<&str> = column.codes.iter().map(|(code, _)| *code).collect();
    if column.key == "id" {
        field["constraints"] = json!({ "required": true, "unique": true });
    } else if column.many {
        // Codes are letters and underscores: none means anything in a pattern.
        let one = codes.join("|");
        field["constraints"] = json!({ "pattern": format!("({one})(; ({one}))*") });
    } else if !codes.is_empty() {
        field["constraints"] = json!({ "enum": codes });
    }
    field
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "string",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Day => "date",
        ColumnKind::Time => "datetime",
        ColumnKind::Flag => "boolean",
    }
}
