//! What was entered for people who could not come to the site: by telephone, on paper and face to face; confirmed by them, struck by one,
//! and waiting for a word. One such time runs while the year ends.

use super::{DemoError, Life};
use chrono::{DateTime, Duration, Utc};

/// Somebody begins to enter for a member; answers the address of that time.
async fn begin(life: &mut Life, helper: &str, member: &str, how: &str, minutes: &str) -> Result<String, DemoError> {
    let page = format!("/cedar-river/members/{}/acting", life.id(member)?);
    life.post(helper, &page, &[("how", how), ("minutes", minutes), ("agreed", "yes")]).await
}

/// The first thing that waits for this person because somebody entered it, of that kind of address.
async fn waiting(life: &mut Life, who: &str, kind: &str) -> Result<String, DemoError> {
    let page = life.get(who, "/cedar-river/wanted").await?;
    let before = format!("/cedar-river/{kind}/");
    let found = page.split(before.as_str()).skip(1).find(|rest| rest.get(36..44) == Some("/entered")).and_then(|rest| rest.get(..36));
    found.map(str::to_owned).ok_or_else(|| DemoError::Stopped(format!("nothing of {kind} was entered for {who}")))
}

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    by_telephone(life).await?;
    on_paper(life).await?;
    misunderstood(life).await?;
    not_confirmed_yet(life).await
}

/// Dana’s telephone shows no pages; Elena enters her question, and she confirms it at the library.
async fn by_telephone(life: &mut Life) -> Result<(), DemoError> {
    life.day(318, 11);
    let time = begin(life, "facilitator", "parent", "telephone", "30").await?;
    life.name("acting_first", &time);
    let words = "The visiting room is booked on the only evening I have free. Who can change the hour, and how soon before?";
    let fields = [("kind", "question"), ("audience", "agency"), ("words", words)];
    life.post("facilitator", &format!("{time}/questions"), &fields).await?;
    life.post("facilitator", &format!("{time}/ending"), &[]).await?;
    let id = waiting(life, "parent", "loops").await?;
    life.note("loop_entered_first", &id);
    let asked = format!("/cedar-river/loops/{id}");
    life.day(319, 9);
    life.post("staff", &format!("{asked}/acknowledgement"), &[]).await?;
    life.day(321, 18);
    life.post("parent", &format!("{asked}/entered"), &[("word", "right")]).await?;
    life.day(329, 10);
    let answer = "The room’s hours can be changed until noon of the day before: call the front desk. Two evenings a week are kept free for that now.";
    life.post("staff", &format!("{asked}/answer"), &[("answer", "done"), ("answer_words", answer), ("version", "3")]).await?;
    life.day(333, 19);
    life.post("parent", &format!("{asked}/closure"), &[]).await?;
    Ok(())
}

/// A note that was handed in at the desk.
async fn on_paper(life: &mut Life) -> Result<(), DemoError> {
    life.day(346, 10);
    let (time, about) = (begin(life, "staff", "tribe", "paper", "15").await?, life.id("clinic")?);
    let words = "Our elders can ride with the clinic’s van on Thursdays, if the driver calls the office by noon.";
    let fields = [("entered_comment", words), ("entered_audience", "partnership")];
    life.post("staff", &format!("{time}/comments/{about}"), &fields).await?;
    let id = waiting(life, "tribe", "comments").await?;
    life.note("comment_entered", &id);
    Ok(())
}

/// Not what she had said: struck, and its words are gone.
async fn misunderstood(life: &mut Life) -> Result<(), DemoError> {
    life.day(349, 14);
    let time = begin(life, "staff", "partner", "in_person", "15").await?;
    let words = "The Circle wants the Saturday group to end.";
    life.post("staff", &format!("{time}/questions"), &[("kind", "idea"), ("audience", "agency"), ("words", words)]).await?;
    life.day(350, 9);
    let id = waiting(life, "partner", "loops").await?;
    life.note("loop_struck", &id);
    life.post("partner", &format!("/cedar-river/loops/{id}/entered"), &[("word", "wrong")]).await?;
    Ok(())
}

async fn not_confirmed_yet(life: &mut Life) -> Result<(), DemoError> {
    life.day(361, 16);
    let time = begin(life, "facilitator", "parent", "in_person", "15").await?;
    let words = "Could the letter about the hearing say which bus stops at the court? I was sent to the wrong side of the river.";
    life.post("facilitator", &format!("{time}/questions"), &[("kind", "question"), ("audience", "agency"), ("words", words)]).await?;
    let id = waiting(life, "parent", "loops").await?;
    life.note("loop_entered", &id);
    Ok(())
}

/// Elena has Dana on the telephone while the year ends.
pub(super) async fn at_last(life: &mut Life, ends: DateTime<Utc>) -> Result<(), DemoError> {
    life.clock.put(ends - Duration::minutes(5));
    let time = begin(life, "facilitator", "parent", "telephone", "60").await?;
    life.name("acting", &time);
    Ok(())
}
