//! Files that people really have, and files that somebody made to hurt.

use super::{MOST_ROWS, Note, Refusal, RowFault, Table, read};
use std::io::{Cursor, Write as _};
use std::time::Instant;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn ours(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/data/{name}")).unwrap()
}

fn text(content: &str) -> Result<Table, Refusal> {
    read(content.as_bytes(), "list.csv", None)
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Workbook)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    fill(&mut book);
    book.save_to_buffer().unwrap()
}

/// A zip file with these parts, each a name and so many kilobytes of zeros after a text.
fn zipped(parts: &[(&str, &str, usize)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text, kilobytes) in parts {
        zip.start_file(*name, deflated).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        for _ in 0..*kilobytes {
            zip.write_all(&[b' '; 1024]).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn an_ordinary_list_is_read_as_it_stands() {
    let table = read(&ours("partners.csv"), "Partners 2027.CSV", None).unwrap();
    assert_eq!(table.headings[0], "Organization");
    assert_eq!((table.headings.len(), table.rows.len()), (13, 8));
    assert_eq!(table.notes, []);
    assert_eq!((table.rows[0].number, table.rows[7].number), (2, 9));
    let same = read(&ours("partners.xlsx"), "partners.xlsx", None).unwrap();
    assert_eq!((same.headings, same.rows), (table.headings, table.rows));
}

#[test]
fn semicolons_and_windows_1252_are_recognised_and_said() {
    let table = read(&ours("partners_semicolons_windows_1252.csv"), "a.csv", None).unwrap();
    assert_eq!(cells(&table)[0], ["Café Familia", "Community", "Peñasco"]);
    assert_eq!(cells(&table)[2][0], "O’Brien Family Center");
    assert_eq!(table.notes, [Note::Windows1252, Note::Semicolons]);
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    let marked = read(&ours("partners_tabs_utf16le.txt"), "a.txt", None).unwrap();
    let plain = read(&ours("partners_tabs_utf16be_without_mark.txt"), "a.tsv", None).unwrap();
    assert_eq!(cells(&marked)[3], ["Lək̓ʷəŋən Families", "Community", "Stó:lō"]);
    assert_eq!(marked.rows, plain.rows);
    assert_eq!(marked.notes, [Note::Utf16, Note::Tabs]);
    assert_eq!(plain.notes, [Note::Utf16]);
}

#[test]
fn a_few_broken_letters_do_not_spoil_the_others() {
    let table = read(b"Name\nSt\xc3\xb3:l\xc5\x8d\nPe\xf1a\n", "a.csv", None).unwrap();
    assert_eq!(cells(&table), [["Stó:lō"], ["Pe\u{fffd}a"]]);
    assert_eq!(table.notes, [Note::LostLetters(1)]);
}

#[test]
fn ragged_rows_and_poor_headings_are_mended_and_said() {
    let table = read(&ours("partners_ragged.csv"), "a.csv", None).unwrap();
    assert_eq!(table.headings, ["Name", "Column 2", "Name (2)", "Column 4"]);
    assert_eq!(cells(&table), [["Alder House", "Community", "", ""], ["Two\nlines", "x", "y", "beyond"], ["=Formula", "bell", "-5", ""]]);
    assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 5, 7]);
    assert_eq!(
        table.notes,
        [
            Note::HeadingsInRow(3),
            Note::BlankHeadings(vec!["Column 2".into()]),
            Note::DoubleHeadings(vec!["Name (2)".into()]),
            Note::ShortRows { rows: 1, first: 4 },
            Note::LongRows { rows: 1, first: 5 },
            Note::ControlCharacters(1),
        ]
    );
    assert!(table.notes.iter().all(|note| note.to_string().ends_with('.')));
}

#[test]
fn what_our_exports_guarded_comes_back_as_it_was() {
    assert_eq!(cells(&text("name,phone\nA,'+1 555 0101\n'Aha,'=x\n").unwrap()), [["A", "+1 555 0101"], ["'Aha", "=x"]]);
}

#[test]
fn separators_are_told_by_what_holds_the_columns_together() {
    for content in [
        "Name;Place\nA;\"Portland, OR\"\nB;Salem, OR\n",
        "sep=;\r\nName;Place\r\nA;\"Portland, OR\"\r\nB;Salem, OR",
        "Name\tPlace\rA\tPortland, OR\rB\tSalem, OR",
    ] {
        let table = text(content).unwrap();
        assert_eq!(cells(&table), [["A", "Portland, OR"], ["B", "Salem, OR"]], "{content:?}");
    }
    assert_eq!(cells(&text("Name\nA\nB").unwrap()), [["A"], ["B"]]);
}

#[test]
fn a_missing_quotation_mark_is_pointed_out() {
    let table = text("Name,Note\nA,\"open\nB,x\nC,y\n").unwrap();
    assert!(table.notes.contains(&Note::OpenQuote(2)), "{:?}", table.notes);
}

#[test]
fn a_cell_that_is_too_long_costs_its_row_only() {
    let table = text(&format!("Name,Note\nA,{}\nB,{}\n", "ł".repeat(10_001), "ł".repeat(10_000))).unwrap();
    assert_eq!(table.rows[0].fault, Some(RowFault::LongCell("Note".into())));
    assert_eq!(table.rows[1].fault, None);
}

#[test]
fn limits_are_kept() {
    let rows = |count: usize| format!("Name\n{}", "a\n".repeat(count));
    assert_eq!(text(&rows(MOST_ROWS)).unwrap().rows.len(), MOST_ROWS);
    assert_eq!(text(&rows(MOST_ROWS + 1)), Err(Refusal::TooManyRows));
    assert_eq!(text(&rows(2_000_000)), Err(Refusal::TooManyRows));
    assert_eq!(text(&format!("Name\n{}b", "a,".repeat(200))), Err(Refusal::TooManyColumns));
    assert_eq!(read(&vec![b'a'; 26 * 1024 * 1024], "a.csv", None), Err(Refusal::TooLarge));
    assert_eq!(text(&format!("Name{}\na", ",".repeat(300))).unwrap().headings.len(), 1);
}

#[test]
fn what_is_not_a_list_is_refused_with_what_to_do() {
    let book = workbook(|book| {
        book.add_worksheet().write_string(0, 0, "Name").unwrap();
    });
    let docx = zipped(&[("[Content_Types].xml", "<a/>", 0), ("word/document.xml", "<a/>", 0)]);
    let macros = zipped(&[("[Content_Types].xml", "<a/>", 0), ("xl/workbook.xml", "<a/>", 0), ("xl/vbaProject.bin", "x", 0)]);
    let other = zipped(&[("list.csv", "Name\nA\n", 0)]);
    let noise: Vec<u8> = (0..4_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let files: [(&[u8], &str, Refusal); 25] = [
        (b"", "a.csv", Refusal::Empty),
        (b" \r\n,,\n", "a.csv", Refusal::Blank),
        (b"\xef\xbb\xbf", "a.csv", Refusal::Blank),
        (b"Name,Type\n\n", "a.csv", Refusal::OnlyHeadings),
        (b"%PDF-1.7 ...", "a.csv", Refusal::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "a.xlsx", Refusal::OldOrLocked),
        (b"\x89PNG\r\n\x1a\n", "a.csv", Refusal::Picture),
        (b"<!DOCTYPE html><table>", "a.csv", Refusal::Markup),
        (b"\xef\xbb\xbf <HTML><body>", "a.csv", Refusal::Markup),
        (b"[ {\"name\": 1}]", "a.csv", Refusal::Unknown),
        (b"\x1f\x8b\x08\0\0\0", "a.csv", Refusal::Archive),
        (b"Name\nA\n", "a.exe", Refusal::Extension),
        (b"Name\nA\n", "csv", Refusal::Extension),
        (b"Name\nA\n", "a.xlsx", Refusal::TextNamedWorkbook),
        (&book, "a.csv", Refusal::WorkbookNamedText),
        (&book, "a.xlsx", Refusal::OnlyHeadings),
        (&book[..book.len() / 2], "a.xlsx", Refusal::Damaged),
        (&book, "a.xlsm", Refusal::Macros),
        (&docx, "a.docx", Refusal::Word),
        (&docx, "a.xlsx", Refusal::Word),
        (&macros, "a.xlsx", Refusal::Macros),
        (&other, "a.csv", Refusal::Archive),
        (&other, "a.zip", Refusal::Archive),
        (&noise, "a.csv", Refusal::Unknown),
        (b"\xff\xfe\0\0N\0\0\0", "a.csv", Refusal::Unknown),
    ];
    for (at, (bytes, name, refusal)) in files.into_iter().enumerate() {
        assert_eq!(read(bytes, name, None), Err(refusal), "file {at}: {name}");
    }
}

#[test]
fn formulas_give_their_last_result_and_dates_are_days() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("Cover").unwrap();
        let sheet = book.add_worksheet().set_name("List").unwrap();
        let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        for (at, heading) in (0..).zip(["Name", "Since", "Phone", "Contract"]) {
            sheet.write_string(2, at, heading).unwrap();
        }
        sheet.write_string(0, 0, "Our partners").unwrap();
        sheet.write_formula(3, 0, rust_xlsxwriter::Formula::new("=A1&\"x\"").set_result("Alder House")).unwrap();
        sheet.write_number_with_format(3, 1, 46_477.0, &day).unwrap();
        sheet.write_number(3, 2, 5_035_550_101.0).unwrap();
        sheet.write_boolean(3, 3, true).unwrap();
        book.add_worksheet().set_name("Secret").unwrap().set_hidden(true).write_string(0, 0, "x").unwrap();
    });
    let table = read(&bytes, "a.xlsx", None).unwrap();
    assert_eq!(cells(&table), [["Alder House", "2027-03-31", "5035550101", "yes"]]);
    assert_eq!(table.rows[0].number, 4);
    assert_eq!((table.sheet.as_deref(), table.sheets.len()), (Some("List"), 2));
    assert_eq!(table.notes, [Note::OneSheetOf { sheet: "List".into(), sheets: 2 }, Note::Formulas(1), Note::HeadingsInRow(3)]);
    assert_eq!(read(&bytes, "a.xlsx", Some("Cover")), Err(Refusal::Blank));
    assert_eq!(read(&bytes, "a.xlsx", Some("Secret")), Err(Refusal::NoSuchSheet("Secret".into())));
}

#[test]
fn a_cover_of_one_line_is_not_taken_for_the_list() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("Cover").unwrap().write_string(0, 0, "Our partners").unwrap();
        let sheet = book.add_worksheet().set_name("List").unwrap();
        sheet.write_string(0, 0, "Name").unwrap();
        sheet.write_string(1, 0, "Alder House").unwrap();
    });
    let table = read(&bytes, "a.xlsx", None).unwrap();
    assert_eq!((table.sheet.as_deref(), cells(&table)), (Some("List"), vec![vec!["Alder House"]]));
}

#[test]
fn a_far_away_cell_takes_no_room() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Name").unwrap();
        sheet.write_string(1_048_575, 0, "Last").unwrap();
    });
    let table = read(&bytes, "a.xlsx", None).unwrap();
    assert_eq!(table.rows[0].number, 1_048_576);
    let wide = workbook(|book| {
        book.add_worksheet().write_string(0, 16_383, "Name").unwrap();
    });
    assert_eq!(read(&wide, "a.xlsx", None), Err(Refusal::TooManyColumns));
}

const PARTS: [(&str, &str, usize); 2] = [("[Content_Types].xml", "<a/>", 0), ("xl/workbook.xml", "<a/>", 0)];

#[test]
fn a_bomb_is_refused_without_unpacking_it() {
    let bomb = zipped(&[PARTS[0], PARTS[1], ("xl/worksheets/sheet1.xml", "<a>", 300 * 1024)]);
    assert!(bomb.len() < 1024 * 1024);
    let begun = Instant::now();
    assert_eq!(read(&bomb, "a.xlsx", None), Err(Refusal::Overblown));
    assert!(begun.elapsed().as_secs_f64() < 1.0, "{:?}", begun.elapsed());
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused_too() {
    let mut bomb = zipped(&[PARTS[0], PARTS[1], ("xl/worksheets/sheet1.xml", "<a>", 300 * 1024)]);
    let told = (300 * 1024 * 1024 + 3_u32).to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|&at| bomb[at..at + 4] == told).collect();
    assert!(!places.is_empty(), "the size was not found");
    for at in places {
        bomb[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    let refusal = read(&bomb, "a.xlsx", None);
    assert!(matches!(refusal, Err(Refusal::Overblown | Refusal::Damaged)), "{refusal:?}");
}

#[test]
fn thousands_of_parts_are_refused() {
    let names: Vec<String> = (0..2_100).map(|at| format!("xl/worksheets/{at}.xml")).collect();
    let parts: Vec<_> = PARTS.into_iter().chain(names.iter().map(|name| (name.as_str(), "", 0))).collect();
    assert_eq!(read(&zipped(&parts), "a.xlsx", None), Err(Refusal::Overblown));
}

#[test]
fn entities_are_refused() {
    let declared = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    let bytes = zipped(&[PARTS[0], ("xl/workbook.xml", declared, 0)]);
    assert_eq!(read(&bytes, "a.xlsx", None), Err(Refusal::Entities));
}

#[test]
fn a_workbook_with_any_part_broken_never_panics() {
    let whole = ours("partners.xlsx");
    for at in (0..whole.len()).step_by(37) {
        let mut broken = whole.clone();
        broken[at] ^= 0x55;
        let _ = read(&broken, "a.xlsx", None);
    }
}

#[test]
fn the_national_lists_are_read_whole() {
    for (name, rows, columns, longest) in
        [("tribes_bia_directory_2025_reduced.csv", 587, 13, 168), ("tribes_epa_bia_2026-02.csv", 592, 7, 263)]
    {
        let bytes = ours(&format!("public/{name}"));
        let table = read(&bytes, name, None).unwrap();
        assert_eq!((table.rows.len(), table.headings.len()), (rows, columns));
        assert_eq!(table.notes, []);
        let content = String::from_utf8(bytes).unwrap();
        let found = table.rows.iter().flat_map(|row| &row.cells[1..3]).map(|cell| cell.chars().count()).max();
        assert_eq!(found, Some(longest));
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            assert!(content.contains(&cell.replace('"', "\"\"")), "changed: {cell}");
        }
    }
}
