//! One letter on its way. A try that failed before the letter was handed over may come again; once it is under way and the line is
//! cut, nobody knows whether it arrived, and it is not sent a second time.

use super::{
    model::{Due, Letter, Outcome},
    view,
};
use crate::platform::{
    error::Error,
    post::{Post, Server, Tls, Way},
};
use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error as SmtpError,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use std::{path::Path, time::Duration};
use tokio::{fs, time::timeout};

/// How long saying goodbye may take: the letter's fate is known by then.
const GOODBYE: Duration = Duration::from_secs(3);

/// Sends a letter, and says what became of it.
pub async fn send(post: &Post, due: &Due, letter: &Letter, now: DateTime<Utc>) -> Outcome {
    let message = match message(post, due, letter, now) {
        Ok(message) => message,
        Err(error) => return Outcome::Never(format!("It could not be written: {error}")),
    };
    match &post.way {
        Way::Folder(folder) => into_folder(folder, due, &message.formatted()).await,
        Way::Server(server) => to_server(server, &message, post.patience).await,
    }
}

/// The letter as it is sent, with the mark that nobody answers it and the id under which each try is the same letter.
fn message(post: &Post, due: &Due, letter: &Letter, now: DateTime<Utc>) -> Result<Message, Error> {
    let (text, html) = view::both(&letter.words)?;
    let from: Mailbox = post.from.parse().map_err(Error::internal)?;
    let domain = from.email.domain().to_owned();
    let to: Address = letter.to.parse().map_err(Error::internal)?;
    Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(&letter.words.subject)
        .date(now.into())
        .message_id(Some(format!("<{}@{domain}>", due.id)))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", letter.words.language.code()))
        .multipart(body(letter, text, html)?)
        .map_err(Error::internal)
}

/// The letter's two faces, and the file that comes with it.
fn body(letter: &Letter, text: String, html: String) -> Result<MultiPart, Error> {
    let faces = MultiPart::alternative_plain_html(text, html);
    let Some(file) = &letter.file else { return Ok(faces) };
    let kind = ContentType::parse(&file.kind).map_err(Error::internal)?;
    let attached = Attachment::new(file.name.to_owned()).body(file.bytes.clone(), kind);
    Ok(MultiPart::mixed().multipart(faces).singlepart(attached))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A file of its own, whole or not at all.
async fn into_folder(folder: &Path, due: &Due, message: &[u8]) -> Outcome {
    let (part, whole) = (folder.join(format!("{}.part", due.id)), folder.join(format!("{}.eml", due.id)));
    let kept = async {
        fs::create_dir_all(folder).await?;
        fs::write(&part, message).await?;
        fs::rename(&part, &whole).await
    };
    match kept.await {
        Ok(()) => Outcome::Sent,
        Err(error) => Outcome::Later(format!("The folder for letters cannot be written: {error}")),
    }
}

async fn to_server(server: &Server, message: &Message, patience: Duration) -> Outcome {
    let asked = async {
        let mut line = opened(server, patience).await?;
        asked_for(&mut line, message).await?;
        Ok(line)
    };
    let mut line = match timeout(patience, asked).await {
        Ok(Ok(line)) => line,
        Ok(Err(outcome)) => return outcome,
        Err(_) => return Outcome::Later("The mail server does not answer in time".to_owned()),
    };
    let outcome = match timeout(patience * 2, line.message(&message.formatted())).await {
        Ok(Ok(_)) => Outcome::Sent,
        Ok(Err(error)) if error.status().is_some() => refused(&error),
        Ok(Err(_)) => Outcome::Never("The line was cut while the letter was handed over: nobody knows whether it arrived".to_owned()),
        Err(_) => Outcome::Never("The mail server took too long: nobody knows whether the letter arrived".to_owned()),
    };
    let _ = timeout(GOODBYE, line.abort()).await;
    outcome
}

/// From whom and to whom, up to the word that the letter may come. Only what is said about the recipient is said about this letter.
async fn asked_for(line: &mut AsyncSmtpConnection, message: &Message) -> Result<(), Outcome> {
    line.command(Mail::new(message.envelope().from().cloned(), vec![])).await.map_err(|error| before(&error))?;
    for to in message.envelope().to() {
        line.command(Rcpt::new(to.clone(), vec![])).await.map_err(|error| refused(&error))?;
    }
    line.command(Data).await.map(|_| ()).map_err(|error| before(&error))
}

/// A line to the server on which letters may be said.
async fn opened(server: &Server, patience: Duration) -> Result<AsyncSmtpConnection, Outcome> {
    let hello = ClientId::default();
    let tls = match server.tls {
        Tls::Never => None,
        Tls::Always | Tls::Starttls => Some(trust(server).await.map_err(|_| untrusted())?),
    };
    let (from_start, later) = if server.tls == Tls::Always { (tls, None) } else { (None, tls) };
    let address = (server.host.as_str(), server.port);
    let line = AsyncSmtpConnection::connect_tokio1(address, Some(patience), &hello, from_start, None).await;
    let mut line = line.map_err(|error| before(&error))?;
    if let Some(tls) = later {
        line.starttls(tls, &hello).await.map_err(|error| if error.status().is_some() { before(&error) } else { untrusted() })?;
    }
    if let Some((name, password)) = &server.credentials {
        let known = line.auth(DEFAULT_MECHANISMS, &Credentials::new(name.clone(), password.clone())).await;
        known.map_err(|_| Outcome::Later("The mail server does not accept this site’s name and password".to_owned()))?;
    }
    Ok(line)
}

/// The system's certificates, and those that the settings name.
async fn trust(server: &Server) -> Result<TlsParameters, SmtpError> {
    let mut tls = TlsParameters::builder(server.host.clone());
    if let Some(file) = &server.trusted
        && let Ok(pem) = fs::read(file).await
    {
        tls = tls.add_root_certificate(Certificate::from_pem(&pem)?);
    }
    tls.build_rustls()
}

/// What is said about the recipient or the letter itself: a refusal for good, or something that may pass. The words are the mail
/// server's, about addresses, and are kept nowhere; the code is.
fn refused(error: &SmtpError) -> Outcome {
    match error.status() {
        Some(code) if error.is_permanent() => Outcome::Never(format!("The mail server refuses it ({code})")),
        _ => before(error),
    }
}

/// What is said before: about this site, or nothing at all. It may pass, or be mended by whoever runs the site.
fn before(error: &SmtpError) -> Outcome {
    match error.status() {
        Some(code) if error.is_permanent() => Outcome::Later(format!("The mail server takes no letters from this site ({code})")),
        Some(code) => Outcome::Later(format!("The mail server asks to come again ({code})")),
        None if error.is_tls() => untrusted(),
        None => Outcome::Later("The mail server does not answer".to_owned()),
    }
}

fn untrusted() -> Outcome {
    Outcome::Later("No encryption can be agreed on with the mail server: it offers none, or its certificate is not trusted".to_owned())
}
