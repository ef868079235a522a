//! Somebody without an account asks: the door that the director opened, three people whom nobody knows, and their codes.

use super::{DemoError, Life};
use crate::platform::session::Token;

const LOOPS: &str = "/cedar-river/loops";
const WORD: &str = "/cedar-river/ask/question/word";

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(196, 9);
    life.post("director", "/cedar-river/settings/asking", &[("open", "yes"), ("version", "0")]).await?;
    life.note("asking_version", "1");
    one_is_closed(life).await?;
    one_is_answered(life).await?;
    one_is_open(life).await
}

/// Asks at a day of the year; the question and the token of its code are known by this name from then on.
async fn ask(
    life: &mut Life,
    (name, day): (&str, i64),
    language: &str,
    (kind, audience, about): (&str, &str, &str),
    words: &str,
) -> Result<(), DemoError> {
    life.day(day, 20);
    let seed = Token::fresh();
    let fields =
        [("language", language), ("kind", kind), ("audience", audience), ("about", about), ("words", words), ("seed", seed.reveal())];
    let (code, id) = life.asks(&fields).await?;
    let token = life.enters(&code).await?;
    for (what, value) in [("", &id), ("_code", &code), ("_token", &token)] {
        life.note(&format!("{name}{what}"), value);
    }
    Ok(())
}

async fn answer(life: &mut Life, name: &str, (who, day): (&str, i64), fields: &[(&str, &str)]) -> Result<(), DemoError> {
    let at = format!("{LOOPS}/{}", life.id(name)?);
    life.day(day - 2, 10);
    life.post(who, &format!("{at}/acknowledgement"), &[("version", "1")]).await?;
    life.day(day, 11);
    let version = [("version", "2")];
    life.post(who, &format!("{at}/answer"), &[fields, &version].concat()).await.map(drop)
}

async fn one_is_closed(life: &mut Life) -> Result<(), DemoError> {
    let words = "Me citaron a una reunión y nadie hablaba español. Mi hija de nueve años tuvo que traducir. ¿Pueden mandar a una persona que interprete?";
    ask(life, ("asked_closed", 203), "es", ("concern", "agency", "las familias de las huertas"), words).await?;
    let done = "Sí. Desde hoy cada citación dice cómo pedir intérprete, sin costo, y la oficina lo confirma dos días antes. Ningún niño vuelve a traducir en una reunión nuestra.";
    answer(life, "asked_closed", ("staff", 214), &[("answer", "done"), ("answer_words", done)]).await?;
    life.day(219, 19);
    let token = life.id("asked_closed_token")?;
    life.bear(&token, WORD, &[("language", "es"), ("word", "closes")]).await.map(drop)
}

async fn one_is_answered(life: &mut Life) -> Result<(), DemoError> {
    let words = "I look after two children of my cousin. I am afraid to ask for help, because the last time somebody asked, there was a visit the next day. What happens when I ask?";
    ask(life, ("asked_answered", 339), "en", ("question", "leadership", ""), words).await?;
    let done = "Asking for help is not a report, and nobody is sent because of it. The kinship desk at the library is run by the Kinship Circle, not by us, and you need not give a name there. We wrote this on the page about help for relatives.";
    answer(life, "asked_answered", ("director", 350), &[("answer", "done"), ("answer_words", done)]).await
}

async fn one_is_open(life: &mut Life) -> Result<(), DemoError> {
    let words =
        "At the visiting rooms there is one chair for grown-ups. My mother is old and sits on the floor. She will not come any more.";
    ask(life, ("asked", 359), "en", ("concern", "agency", "grandparents who come to visits"), words).await?;
    life.day(361, 9);
    let at = format!("{LOOPS}/{}", life.id("asked")?);
    life.post("staff", &format!("{at}/acknowledgement"), &[("version", "1")]).await?;
    life.day(362, 20);
    let token = life.id("asked_token")?;
    let more = "It is the room at the end of the hall, with the green door.";
    life.bear(&token, "/cedar-river/ask/question/words", &[("language", "en"), ("more", more)]).await.map(drop)
}
