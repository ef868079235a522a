//! A copy of all that is a body's as one ZIP file: a plain description, a CSV table of each sort with its data dictionary, and the
//! whole once more as JSON. Every row says who may read it and what may be done with it.

use super::model::Everything;
use crate::platform::{
    error::Error,
    labels::{Coded as _, Label as _},
    sheet::{self, Cell, Column, ColumnKind, Format, Sheet, SheetError, SheetWriter},
    subject::{Audience, Kind},
    words,
};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The copy, in memory: a body's own records are few beside a whole agency's.
pub(super) fn zip(all: &Everything) -> Result<Vec<u8>, Error> {
    let written = written(all).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(written.into_inner())
}

fn written(all: &Everything) -> Result<Cursor<Vec<u8>>, SheetError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    begin(&mut zip, "READ-ME.txt")?;
    zip.write_all(about(all).as_bytes())?;
    zip = table(zip, all, "statements", STATEMENTS, statements(all))?;
    zip = table(zip, all, "questions", QUESTIONS, questions(all))?;
    zip = table(zip, all, "comments", COMMENTS, comments(all))?;
    zip = table(zip, all, "records", RECORDS, records(all))?;
    zip = table(zip, all, "ratings", RATINGS, ratings(all))?;
    zip = table(zip, all, "readings", READINGS, readings(all))?;
    zip = table(zip, all, "protocols", PROTOCOLS, protocols(all))?;
    begin(&mut zip, "everything.json")?;
    serde_json::to_writer_pretty(&mut zip, all).map_err(|error| SheetError::Io(error.into()))?;
    zip.finish().map_err(fault)
}

type Zip = ZipWriter<Cursor<Vec<u8>>>;

fn begin(zip: &mut Zip, name: &str) -> Result<(), SheetError> {
    zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).map_err(fault)
}

fn fault(error: zip::result::ZipError) -> SheetError {
    SheetError::Io(std::io::Error::other(error))
}

/// One table, and beside it what its columns mean.
fn table(mut zip: Zip, all: &Everything, name: &'static str, columns: &'static [Column], rows: Vec<Vec<Cell>>) -> Result<Zip, SheetError> {
    let sheet = Sheet { name, columns, about: vec![("Body".to_owned(), all.body.clone()), ("Agency".to_owned(), all.agency.clone())] };
    begin(&mut zip, &format!("{name}.csv"))?;
    let mut writer = SheetWriter::begin(&sheet, Format::Csv, zip)?;
    for row in &rows {
        writer.row(row)?;
    }
    let mut zip = writer.finish()?;
    begin(&mut zip, &format!("{name}-columns.csv"))?;
    sheet::dictionary_of_csv(&sheet, zip)
}

/// The plain description.
fn about(all: &Everything) -> String {
    let count = |number: usize, one: &str, many: &str| format!("  {}\r\n", words::count(number as i64, one, many));
    let mut text = format!(
        "What {} holds of {}\r\n\r\nTaken on {} by {}, as steward.\r\n\r\nIn this copy:\r\n",
        all.agency,
        all.body,
        words::day(all.taken_on),
        all.taken_by
    );
    text += &count(all.statements.len(), "statement, in statements.csv", "statements, in statements.csv");
    text += &count(all.questions.len(), "question with its answer, in questions.csv", "questions with their answers, in questions.csv");
    text += &count(all.comments.len(), "comment, in comments.csv", "comments, in comments.csv");
    text += &count(all.records.len(), "record about you, in records.csv", "records about you, in records.csv");
    text += &count(all.ratings.len(), "rating of yours, in ratings.csv", "ratings of yours, in ratings.csv");
    text += &count(all.readings.len(), "line of who read what, in readings.csv", "lines of who read what, in readings.csv");
    text += &count(all.protocols.len(), "protocol of yours, in protocols.csv", "protocols of yours, in protocols.csv");
    text += "  The same once more for programs, in everything.json\r\n\r\n\
             Beside each table stands a file that says what its columns mean. The tables are CSV in UTF-8 with its mark, which Excel reads as such.\r\n\r\n\
             What is not in it: words that one of your people kept to themselves, words that wait for their speaker, and the texts that \
             the agency wrote. Words that were taken back are not in it; their line stays without words.\r\n\r\n\
             Who may read a line in Common Table stands in its column “audience”, what its speaker allows in “consent”. They hold for \
             this copy as well. When somebody takes their words back later, whoever took this copy is asked to delete it.\r\n";
    text
}

const fn column(key: &'static str, title: &'static str, kind: ColumnKind, meaning: &'static str) -> Column {
    Column { key, title, meaning, codes: &[], kind, many: false, refers_to: "" }
}
const fn text(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Text, meaning)
}
const fn day(key: &'static str, title: &'static str, meaning: &'static str) -> Column {
    column(key, title, ColumnKind::Day, meaning)
}
const ID: Column = text("id", "Id", "The record’s own number, the same in every table.");
const AUDIENCE: Column = Column { codes: Audience::CODES, ..text("audience", "Audience", "Who may read it in Common Table.") };
const WORDS: Column = text("words", "Words", "The words; empty where they were taken back.");
const CARRIED: Column = text(
    "protocols",
    "Protocols",
    "Your protocols that it carries, separated by semicolons: who reads it stands in the table of protocols.",
);
const LABELS: Column = text("labels", "Labels", "Your labels, each with the address of its own page, separated by semicolons.");
const BY: Column = text("by", "Who", "Who said it, as they are shown here.");

const STATEMENTS: &[Column] = &[
    ID,
    text("session", "Session", "The listening session in which it was heard."),
    day("heard_on", "Heard on", "The day."),
    WORDS,
    text("language", "Language", "The code of the language spoken."),
    text("shown_as", "Shown as", "Who said it, as the speaker wanted to be shown."),
    text("attribution", "Attribution", "How the speaker wanted to be shown: named, role, community or anonymous."),
    AUDIENCE,
    text("consent", "Consent", "What the speaker allows, separated by semicolons: kept, quoted, named, exported, published, research."),
    text("state", "State", "confirmed or corrected by the speaker, struck, or withdrawn."),
    text("confirmed_how", "Confirmed how", "How the speaker gave their word."),
    day("confirmed_on", "Confirmed on", "When."),
    text("sensitivity", "Before reading", "What a reader should know before reading."),
    CARRIED,
    LABELS,
];
const QUESTIONS: &[Column] = &[
    ID,
    day("raised_on", "Raised on", "The day."),
    BY,
    text("kind", "Kind", "question, concern or idea."),
    WORDS,
    text("state", "State", "How far it is."),
    text("answer", "Answer", "What the agency answered."),
    text("reason", "Reason", "Why it is not possible, where that is the answer."),
    AUDIENCE,
    CARRIED,
    LABELS,
];
const COMMENTS: &[Column] = &[
    ID,
    text("on_record", "On", "The record it stands on, where you can see that."),
    day("written_on", "Written on", "The day."),
    BY,
    column("for_the_body", "For the body", ColumnKind::Flag, "Whether it was said in your name."),
    WORDS,
    AUDIENCE,
    CARRIED,
    LABELS,
];
const RECORDS: &[Column] = &[
    ID,
    Column { codes: Kind::CODES, ..text("kind", "Kind", "What it is.") },
    text("title", "Title", "What it is called."),
    text("page", "Page", "Its address in Common Table."),
    AUDIENCE,
    day("made_on", "Made on", "When it was written."),
    column("marked", "Marked", ColumnKind::Flag, "Whether it was marked as concerning you."),
];
const RATINGS: &[Column] = &[
    day("on", "Day", "When you rated."),
    BY,
    column("value", "Value", ColumnKind::Integer, "The step of the agency’s scale."),
    column("kept", "Kept to yourselves", ColumnKind::Flag, "Whether only you can read it."),
    text("note", "Note", "What you wrote beside it."),
];
const READINGS: &[Column] = &[
    text("id", "Id", "The number of what was read, as in the other tables."),
    day("on", "Day", "When."),
    BY,
    text("how", "How", "viewed, exported, downloaded, by link, or emergency."),
];

const PROTOCOLS: &[Column] = &[
    text("id", "Id", "The protocol’s own number."),
    text("name", "Name", "What you call it."),
    text("words", "Words", "What it says."),
    text("reasons", "Reasons", "Why, where you gave a reason."),
    text("own_people", "Own people", "Who of your people reads under it."),
    text("readers", "Readers", "Who else is let in, until when, separated by semicolons."),
    day("ended_on", "Ended on", "When you ended it."),
];

fn protocols(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &crate::protocols::CopiedProtocol| {
        let [id, name, words, reasons] = [one.id.to_string(), one.name.clone(), one.words.clone(), one.reasons.clone()];
        vec![
            id.into(),
            name.into(),
            words.into(),
            reasons.into(),
            one.own_people.clone().into(),
            one.readers.clone().into(),
            Cell::of(one.ended_on),
        ]
    };
    all.protocols.iter().map(row).collect()
}

fn statements(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &super::model::StatementRow| {
        vec![
            one.id.to_string().into(),
            Cell::of(one.session.clone()),
            Cell::of(one.heard_on),
            Cell::of(one.words.clone()),
            one.language.clone().into(),
            one.shown_as.clone().into(),
            one.attribution.as_str().to_owned().into(),
            one.audience.as_str().to_owned().into(),
            one.consent.join("; ").into(),
            one.state.clone().into(),
            Cell::of(one.confirmed_how.map(|how| how.as_str().to_owned())),
            Cell::of(one.confirmed_on),
            one.sensitivity.clone().into(),
            one.protocols.clone().into(),
            one.labels.clone().into(),
        ]
    };
    all.statements.iter().map(row).collect()
}

fn questions(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &super::model::QuestionRow| {
        vec![
            one.id.to_string().into(),
            one.raised_on.into(),
            one.by.clone().into(),
            one.kind.clone().into(),
            Cell::of(one.words.clone()),
            one.state.clone().into(),
            one.answer.clone().into(),
            one.reason.clone().into(),
            one.audience.as_str().to_owned().into(),
            one.protocols.clone().into(),
            one.labels.clone().into(),
        ]
    };
    all.questions.iter().map(row).collect()
}

fn comments(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &super::model::CommentRow| {
        vec![
            one.id.to_string().into(),
            Cell::of(one.on_record.clone()),
            one.written_on.into(),
            one.by.clone().into(),
            one.for_the_body.into(),
            Cell::of(one.words.clone()),
            one.audience.as_str().to_owned().into(),
            one.protocols.clone().into(),
            one.labels.clone().into(),
        ]
    };
    all.comments.iter().map(row).collect()
}

fn records(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &super::model::RecordRow| {
        vec![
            one.id.to_string().into(),
            one.kind.as_str().to_owned().into(),
            one.title.clone().into(),
            one.page.clone().into(),
            one.audience.as_str().to_owned().into(),
            one.made_on.into(),
            one.marked.into(),
        ]
    };
    all.records.iter().map(row).collect()
}

fn ratings(all: &Everything) -> Vec<Vec<Cell>> {
    let row = |one: &super::model::RatingRow| {
        vec![one.on.into(), one.by.clone().into(), Cell::of(one.value.map(i64::from)), one.kept.into(), one.note.clone().into()]
    };
    all.ratings.iter().map(row).collect()
}

fn readings(all: &Everything) -> Vec<Vec<Cell>> {
    let row =
        |one: &super::model::ReadingRow| vec![one.word.to_string().into(), one.on.into(), one.by.clone().into(), one.how.clone().into()];
    all.readings.iter().map(row).collect()
}
