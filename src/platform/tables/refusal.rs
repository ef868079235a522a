//! Why a file cannot be taken, each in a sentence and what to do about it.

/// Why a file was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No byte at all.
    #[error("The file is empty. Choose a file with headings and at least one row.")]
    Empty,
    /// More bytes than [`super::MOST_BYTES`].
    #[error("The file is larger than 25 MB. Split it into smaller files, or remove columns that are not needed.")]
    TooLarge,
    /// The name does not end in what we take.
    #[error("The file’s name must end in .csv, .tsv, .txt or .xlsx. Save the list as CSV or as an Excel workbook (.xlsx).")]
    Extension,
    /// A workbook named like a text file.
    #[error("The file’s name says CSV, but inside is an Excel workbook. Rename it to end in .xlsx, or save it as CSV.")]
    WorkbookNamedText,
    /// A text named like a workbook.
    #[error("The file’s name says Excel, but inside is plain text. Rename it to end in .csv, or save it as .xlsx.")]
    TextNamedWorkbook,
    /// PDF.
    #[error("This is a PDF. Ask for the list as a spreadsheet, or copy the table into one and save it as .xlsx or CSV.")]
    Pdf,
    /// A Word file.
    #[error("This is a Word file. Copy the table into a spreadsheet and save it as .xlsx or CSV.")]
    Word,
    /// The former Excel format, or a workbook with a password, which looks the same from outside.
    #[error("This is an old Excel file (.xls) or one with a password. Open it, remove the password, and save it as .xlsx.")]
    OldOrLocked,
    /// An OpenDocument file.
    #[error("This is an OpenDocument file. Open it and save it as .xlsx or CSV.")]
    OpenDocument,
    /// Binary or with macros.
    #[error("This workbook is binary or holds macros. Open it and save it as an Excel workbook (.xlsx) without macros.")]
    Macros,
    /// A picture.
    #[error("This is a picture. Ask for the list as a spreadsheet, or type it into one.")]
    Picture,
    /// HTML or XML, often named .xls or .csv by the site that made it.
    #[error("This is a web page, not a list. Open it in a spreadsheet program and save it as .xlsx or CSV.")]
    Markup,
    /// Another archive.
    #[error("This is a zip file. Unpack it and choose the list inside.")]
    Archive,
    /// Anything else that is not text.
    #[error("This is not a list that can be read. Save it as CSV or as an Excel workbook (.xlsx).")]
    Unknown,
    /// Text whose letters cannot be made out.
    #[error("The file’s letters cannot be read. Save it again as “CSV UTF-8” or as .xlsx.")]
    Encoding,
    /// A workbook that does not hold together.
    #[error("The workbook is damaged and cannot be read. Open it in Excel, save it under a new name and choose that file.")]
    Damaged,
    /// A workbook that would unpack to far more than a list takes.
    #[error("The workbook unpacks to far more than a list needs, so it was not opened. Copy the list into a new workbook.")]
    Overblown,
    /// A workbook whose parts ask for something outside or declare entities.
    #[error("The workbook holds instructions that a list does not need, so it was not opened. Copy the list into a new workbook.")]
    Entities,
    /// A sheet that is not in the workbook.
    #[error("The workbook has no sheet named “{0}”. Choose one of its sheets.")]
    NoSuchSheet(String),
    /// Headings without rows, or blank cells only.
    #[error("The file has headings but no rows below them. Add the list and choose the file again.")]
    OnlyHeadings,
    /// Blank cells only.
    #[error("The file has no text in it. Choose a file with headings and at least one row.")]
    Blank,
    /// More rows than [`super::MOST_ROWS`].
    #[error("The list has more than 20,000 rows. Split it into smaller files.")]
    TooManyRows,
    /// More columns than [`super::MOST_COLUMNS`].
    #[error("The list has more than 200 columns. Remove the columns that are not needed.")]
    TooManyColumns,
}
