//! A data package for programs: the table as CSV, its data dictionary as CSV, and `datapackage.json` (Frictionless Data), in
//! one zip file.

use crate::platform::sheet::{self, ColumnKind, Sheet, SheetError};
use serde_json::{Value, json};
use std::io::{Seek, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The name of the table inside.
const TABLE: &str = "table.csv";
const DICTIONARY: &str = "data-dictionary.csv";
const DESCRIPTION: &str = "datapackage.json";

/// Begins the package with its table.
pub(super) fn begin<W: Write + Seek>(out: W) -> Result<ZipWriter<W>, SheetError> {
    let mut zip = ZipWriter::new(out);
    zip.start_file(TABLE, options()).map_err(fault)?;
    Ok(zip)
}

/// Adds what explains the table, and completes the package.
pub(super) fn finish<W: Write + Seek>(sheet: &Sheet, mut zip: ZipWriter<W>) -> Result<W, SheetError> {
    zip.start_file(DICTIONARY, options()).map_err(fault)?;
    let mut zip = sheet::dictionary_csv(sheet, zip)?;
    zip.start_file(DESCRIPTION, options()).map_err(fault)?;
    zip.write_all(description(sheet).to_string().as_bytes())?;
    zip.finish().map_err(fault)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true)
}

fn fault(error: zip::result::ZipError) -> SheetError {
    SheetError::Io(std::io::Error::other(error))
}

/// The description for programs.
fn description(sheet: &Sheet) -> Value {
    let fields: Vec<Value> = sheet
        .columns
        .iter()
        .map(|column| {
            let mut field =
                json!({ "name": column.key, "title": column.title, "description": column.explained(), "type": kind(column.kind) });
            if column.kind == ColumnKind::Flag {
                field["trueValues"] = json!(["yes"]);
                field["falseValues"] = json!(["no"]);
            }
            field
        })
        .collect();
    let about: Vec<String> = sheet.about.iter().map(|(label, text)| format!("{label}: {text}")).collect();
    let table = json!({
        "name": "table", "path": TABLE, "title": sheet.name, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": { "fields": fields, "missingValues": [""] },
    });
    let dictionary = json!({
        "name": "data-dictionary", "path": DICTIONARY, "profile": "data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
    });
    json!({
        "profile": "data-package", "name": sheet.name.to_lowercase().replace(' ', "-"), "title": sheet.name,
        "description": about.join("\n"), "resources": [table, dictionary],
    })
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
