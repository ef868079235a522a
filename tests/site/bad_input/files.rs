//! Files that are not what they say, at the one place that takes lists. Each is refused with its reason, and nothing is kept.

use super::site;
use crate::support::{Answer, Site, sending::ours};
use http::StatusCode;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const IMPORT: &str = "/cedar-river/partners/import";

async fn sent(site: &Site, name: &str, bytes: &[u8]) -> Answer {
    site.visitor("staff").await.upload(IMPORT, &[], ("file", name, bytes)).await
}

/// A small file that would unpack to 300 MB.
fn bomb() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, megabytes) in [("[Content_Types].xml", 0), ("xl/workbook.xml", 0), ("xl/worksheets/sheet1.xml", 300)] {
        zip.start_file(name, deflated).unwrap();
        zip.write_all(b"<a/>").unwrap();
        for _ in 0..megabytes {
            zip.write_all(&[b' '; 1024 * 1024]).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_with_the_reason() {
    let site = site().await;
    let lists = site.count("import").await;
    for (name, bytes, reason) in [
        ("empty.csv", Vec::new(), "The file is empty"),
        ("list.csv", b"%PDF-1.7\n1 0 obj".to_vec(), "This is a PDF"),
        ("list.xlsx", b"name,city\nA,B\n".to_vec(), "The file’s name says Excel"),
        ("list.csv", ours("partners.xlsx"), "The file’s name says CSV"),
        ("list.csv", b"<!doctype html><table><tr><td>A</td></tr></table>".to_vec(), "This is a web page"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "This is a picture"),
        ("list.exe", b"name\nA\n".to_vec(), "The file’s name must end in"),
        ("list.xlsx", bomb(), "The workbook unpacks to far more"),
        ("headings.csv", b"name,city\n".to_vec(), "The file has headings but no rows"),
    ] {
        sent(&site, name, &bytes).await.assert_problem("file", reason);
    }
    site.visitor("staff").await.upload(IMPORT, &[], ("file", "", b"")).await.assert_problem("file", "Choose a file");
    assert_eq!(site.count("import").await, lists);
}

#[tokio::test]
async fn a_file_past_the_limit_is_answered_with_a_page_that_says_it() {
    let site = site().await;
    let answer = sent(&site, "long.csv", &vec![b'a'; 26 * 1024 * 1024]).await;
    answer.assert_status(StatusCode::PAYLOAD_TOO_LARGE).assert_sees("a file up to 25 MB");
}

#[tokio::test]
async fn old_encodings_are_recognised() {
    let site = site().await;
    for name in [
        "partners_tabs_utf16le.txt",
        "partners_tabs_utf16be_without_mark.txt",
        "partners_semicolons_windows_1252.csv",
        "partners_ragged.csv",
    ] {
        let name_as_sent = if name.ends_with(".txt") { "list.txt" } else { "list.csv" };
        sent(&site, name_as_sent, &ours(name)).await.made();
    }
}

#[tokio::test]
async fn a_files_name_plays_no_tricks() {
    let site = site().await;
    let made = sent(&site, "../../..\\\u{202e}<b>list.csv", b"Name\nValley Reading Room\n").await;
    made.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(site.count("import where file_name like '%/%' or file_name like '%..%'").await, 0);
}
