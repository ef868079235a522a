//! What a file is that somebody keeps beside a record: the ending of its name and what it holds have to say the same.

use crate::platform::tables::has_parts;

/// The media type of a file whose name and content agree on one that is taken; none for every other.
#[must_use]
pub fn kind(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let begins = |with: &[u8]| bytes.starts_with(with);
    let open_document =
        |of: &[u8]| bytes.get(38..).is_some_and(|rest| rest.starts_with(of)) && has_parts(bytes, &["mimetype", "content.xml"]);
    let (kind, agrees) = match ending.as_str() {
        "pdf" => ("application/pdf", begins(b"%PDF-")),
        "png" => ("image/png", begins(b"\x89PNG\r\n\x1a\n")),
        "jpg" | "jpeg" => ("image/jpeg", begins(b"\xff\xd8\xff")),
        "webp" => ("image/webp", begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")),
        "csv" => ("text/csv; charset=utf-8", is_text(bytes)),
        "txt" => ("text/plain; charset=utf-8", is_text(bytes)),
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            has_parts(bytes, &["[Content_Types].xml", "word/document.xml"]),
        ),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            has_parts(bytes, &["[Content_Types].xml", "xl/workbook.xml"]),
        ),
        // The kind of an OpenDocument file stands first in it, as it is, behind a head of 30 bytes and the part's name.
        "odt" => ("application/vnd.oasis.opendocument.text", open_document(b"application/vnd.oasis.opendocument.text")),
        "ods" => ("application/vnd.oasis.opendocument.spreadsheet", open_document(b"application/vnd.oasis.opendocument.spreadsheet")),
        _ => return None,
    };
    agrees.then_some(kind)
}

/// Text in UTF-8, as it is handed out.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn the_name_and_the_content_agree_or_it_is_not_taken() {
        for (name, bytes, fits) in [
            ("Handbook.PDF", b"%PDF-1.7 ...".as_slice(), "application/pdf"),
            ("paid.csv", "Ten\u{e9},5\n".as_bytes(), "text/csv; charset=utf-8"),
            ("table.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ] {
            assert_eq!(kind(name, bytes), Some(fits), "{name}");
        }
        for (name, bytes) in [
            ("page.html", b"<p>".as_slice()),
            ("picture.svg", b"<svg/>"),
            ("program", b"\x7fELF"),
            ("handbook.pdf", b"<script>alert(1)</script>"),
            ("table.png", b"%PDF-1.7"),
            ("paid.csv", b"\x89PNG\r\n\x1a\n\0"),
            ("paid.txt", b"caf\xe9"),
            ("letter.docx", b"PK\x03\x04 is no archive yet"),
            ("letter.odt", b"%PDF-1.7"),
        ] {
            assert_eq!(kind(name, bytes), None, "{name}");
        }
    }
}
