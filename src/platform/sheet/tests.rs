//! What was written, read again by readers that nobody here wrote.

use super::{Cell, Column, ColumnKind, Format, Sheet, SheetError, SheetWriter, dictionary_csv, guarded, unguarded};
use calamine::{Data, Reader as _};
use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use std::io::Cursor;

const fn column(key: &'static str, title: &'static str, kind: ColumnKind) -> Column {
    Column { key, title, meaning: "What a test put there.", codes: &[], kind, many: false, refers_to: "" }
}

static COLUMNS: [Column; 3] =
    [column("name", "Name", ColumnKind::Text), column("note", "Note", ColumnKind::Text), column("count", "Count", ColumnKind::Integer)];

fn sheet() -> Sheet {
    Sheet { name: "Partners", columns: &COLUMNS, about: vec![("Made for".into(), "=a test".into())] }
}

fn written(format: Format, rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writer = SheetWriter::begin(&sheet(), format, Vec::new()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    assert_eq!(writer.rows(), rows.len() as u64);
    writer.finish().unwrap()
}

fn csv_again(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn xlsx_again(bytes: Vec<u8>, name: &str) -> calamine::Range<Data> {
    calamine::Xlsx::new(Cursor::new(bytes)).unwrap().worksheet_range(name).unwrap()
}

fn texts(name: &str, note: &str, count: i64) -> Vec<Cell> {
    vec![name.into(), note.into(), count.into()]
}

#[test]
fn csv_has_a_mark_stable_headings_and_crlf() {
    let bytes = written(Format::Csv, &[texts("A, \"B\"", "=1+1", -4)]);
    assert_eq!(String::from_utf8(bytes).unwrap(), "\u{feff}name,note,count\r\n\"A, \"\"B\"\"\",'=1+1,-4\r\n");
    assert!(written(Format::PlainCsv, &[]).starts_with(b"name,"));
}

#[test]
fn every_kind_of_cell_has_one_plain_form() {
    let time = DateTime::parse_from_rfc3339("2027-03-31T18:05:09.25-07:00").unwrap().to_utc();
    let plain = |cell: Cell| cell.plain().into_owned();
    assert_eq!(plain(Cell::Time(time)), "2027-04-01T01:05:09Z");
    assert_eq!(plain(Cell::Day(NaiveDate::from_ymd_opt(2027, 3, 31).unwrap())), "2027-03-31");
    assert_eq!(plain(Cell::Flag(true)), "yes");
    assert_eq!(plain(Cell::Number(f64::NAN)), "");
    assert_eq!(plain(Cell::Number(0.1)), "0.1");
    assert_eq!(plain(Cell::of(None::<String>)), "");
    assert_eq!(plain(Cell::of(Some("=x"))), "'=x");
}

#[test]
fn a_workbook_holds_text_days_and_times_as_such() {
    let time = DateTime::parse_from_rfc3339("2027-03-31T12:00:00Z").unwrap().to_utc();
    let day = NaiveDate::from_ymd_opt(2027, 3, 31).unwrap();
    let old = NaiveDate::from_ymd_opt(1890, 1, 2).unwrap();
    let rows = [
        vec!["=HYPERLINK(\"http://example.org\")".into(), "https://example.org".into(), Cell::Integer(i64::MAX)],
        vec![Cell::Day(day), Cell::Time(time), Cell::Day(old)],
    ];
    let bytes = written(Format::Xlsx, &rows);
    let table = xlsx_again(bytes.clone(), "Partners");
    assert_eq!(table.get((0, 2)), Some(&Data::String("Count".into())));
    assert_eq!(table.get((1, 0)), Some(&Data::String("'=HYPERLINK(\"http://example.org\")".into())));
    assert_eq!(table.get((1, 2)), Some(&Data::String(i64::MAX.to_string())));
    assert_eq!(table.get((2, 2)), Some(&Data::String("1890-01-02".into())));
    for (at, serial) in [(0, 46_477.0), (1, 46_477.5)] {
        let Some(Data::DateTime(found)) = table.get((2, at)) else { panic!("not a date: {:?}", table.get((2, at))) };
        assert!((found.as_f64() - serial).abs() < 1e-9, "{found:?}");
    }
    let parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = parts.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(!names.iter().any(|name| name.contains("sheet1.xml.rels")), "a link was made: {names:?}");
}

#[test]
fn the_second_sheet_explains_the_first() {
    let page = xlsx_again(written(Format::Xlsx, &[]), "Data dictionary");
    assert_eq!(page.get((0, 1)), Some(&Data::String("'=a test".into())));
    assert_eq!(page.get((3, 0)), Some(&Data::String("name".into())));
    assert_eq!(page.get((5, 2)), Some(&Data::String("whole number".into())));
    let csv = csv_again(&dictionary_csv(&sheet(), Vec::new()).unwrap()[3..]);
    assert_eq!(csv.len(), 5);
    assert_eq!(csv[2], ["note", "Note", "text", "What a test put there."]);
}

#[test]
fn a_text_that_is_too_long_says_so() {
    let long = "ł😀".repeat(20_000);
    let table = xlsx_again(written(Format::Xlsx, &[texts(&long, &"a".repeat(32_767), 0)]), "Partners");
    let Some(Data::String(cut)) = table.get((1, 0)) else { panic!("no text") };
    assert!(cut.encode_utf16().count() <= 32_767 && cut.ends_with("the CSV file has the whole text]"));
    assert_eq!(table.get((1, 1)), Some(&Data::String("a".repeat(32_767))));
}

#[test]
fn too_many_rows_are_said_beforehand() {
    assert!(Format::Xlsx.can_hold(1_048_575).is_ok());
    assert!(Format::Csv.can_hold(5_000_000).is_ok());
    assert!(matches!(Format::Xlsx.can_hold(1_048_576), Err(SheetError::TooManyRows)));
}

#[test]
fn a_row_of_another_width_is_refused() {
    let mut writer = SheetWriter::begin(&sheet(), Format::Csv, Vec::new()).unwrap();
    assert!(matches!(writer.row(&[Cell::Empty]), Err(SheetError::Width { cells: 1, columns: 3 })));
}

/// Texts with everything that trips a writer or a reader.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[=+@'\"\\-,;\t\r\n\0 ＝a-z]{0,12}", "_x00[0-9A-F]{2}_.{0,5}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_comes_back_as_it_went(rows in prop::collection::vec((text(), text(), any::<i64>()), 1..8)) {
        let cells: Vec<_> = rows.iter().map(|(name, note, count)| texts(name, note, *count)).collect();
        let again = csv_again(&written(Format::PlainCsv, &cells));
        prop_assert_eq!(again.len(), rows.len() + 1);
        for (read, (name, note, count)) in again[1..].iter().zip(&rows) {
            let kept = [guarded(name), guarded(note)];
            prop_assert_eq!(&read[0], &kept[0]);
            prop_assert_eq!(&read[1], &kept[1]);
            prop_assert_eq!(&read[2], &count.to_string());
            if !name.starts_with('\'') {
                prop_assert_eq!(unguarded(&read[0]), name);
            }
            prop_assert!(!read[0].starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝']));
        }
    }

    #[test]
    fn a_workbook_comes_back_as_it_went(rows in prop::collection::vec((text(), -1_000_000..1_000_000_i64), 1..8)) {
        let cells: Vec<_> = rows.iter().map(|(name, count)| texts(name, "x", *count)).collect();
        let table = xlsx_again(written(Format::Xlsx, &cells), "Partners");
        for (line, (name, count)) in (1..).zip(&rows) {
            let sayable: String = guarded(name).replace("\r\n", "\n").replace('\r', "\n").chars()
                .map(|letter| if letter != '\n' && letter != '\t' && (letter < ' ' || matches!(letter, '\u{7f}' | '\u{fffe}' | '\u{ffff}')) { '\u{fffd}' } else { letter })
                .collect();
            let found = match table.get((line, 0)) {
                Some(Data::String(text)) => text.clone(),
                Some(Data::Empty) | None => String::new(),
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(found, sayable);
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let number = Data::Float(*count as f64);
            prop_assert_eq!(table.get((line, 2)), Some(&number));
        }
    }
}
