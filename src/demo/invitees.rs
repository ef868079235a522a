//! Who is invited by name to the evening that lies ahead: answers by a link, by telephone and from a member, what people need to come,
//! and somebody who has not answered yet. Addresses are left out: no letter goes to anybody who is made up. And one private calendar.

use super::{DemoError, Life};
use crate::{calendars, listening::invitees::paths};

const PEOPLE: &str = "Marlee Two Rivers\nJonah Reedwater\nTess Blackwood";

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    let session = life.id("session_8")?;
    let page = format!("/cedar-river/sessions/{session}/invitees");
    life.day(360, 10);
    let parent = life.id("parent")?;
    life.post("facilitator", &page, &[("people", PEOPLE), ("members", &parent), ("language", "en"), ("may_name_agency", "yes")]).await?;

    life.day(361, 11);
    let marlee = named(life, &page, "Marlee Two Rivers").await?;
    let said = [("answer", "coming"), ("needs", "A ride from the clinic, and a chair with arms."), ("about", "0")];
    life.post("facilitator", &format!("{page}/{marlee}/reply"), &said).await?;

    let jonah = named(life, &page, "Jonah Reedwater").await?;
    let token = life.link("facilitator", &format!("{page}/{jonah}/link")).await?;
    life.day(362, 20);
    life.bear(&token, &paths::reply("cedar-river"), &[("answer", "not_coming"), ("about", "0")]).await?;

    life.day(363, 12);
    let tess = named(life, &page, "Tess Blackwood").await?;
    life.note("invitee", &tess);
    let token = life.link("facilitator", &format!("{page}/{tess}/link")).await?;
    life.note("reply_token", &token);

    when_and_where(life).await?;
    life.day(364, 9);
    let token = life.link("staff", &calendars::paths::my_calendar("cedar-river")).await?;
    life.note("my_calendar_token", &token);
    Ok(())
}

/// For the evening that is still being planned, two families are asked which of two days and places would suit them.
async fn when_and_where(life: &mut Life) -> Result<(), DemoError> {
    let page = format!("/cedar-river/sessions/{}", life.id("session_9")?);
    let list = format!("{page}/invitees");
    life.day(361, 15);
    life.post("staff", &list, &[("people", "Agnes Fairbanks\nRuben Castillo"), ("language", "en")]).await?;
    for (known, day, place) in
        [("time_first", 372, "Kinship Circle hall, Elm Street"), ("time_second", 375, "Cedar Valley school, the library")]
    {
        let day = life.date_of(day);
        life.post("staff", &format!("{page}/times"), &[("day", &day), ("time", "18:00"), ("place", place)]).await?;
        let shown = life.get("staff", &format!("{page}/times")).await?;
        let ids =
            shown.split("/times/").skip(1).filter_map(|rest| rest.split_once("/choice").map(|(id, _)| id)).filter(|id| id.len() == 36);
        life.note(known, &ids.last().map(str::to_owned).ok_or_else(|| DemoError::Stopped("no time is put up".to_owned()))?);
    }
    life.post("staff", &format!("{page}/times/asking"), &[]).await?;
    let agnes = named_by(life, "staff", &list, "Agnes Fairbanks").await?;
    let token = life.link("staff", &format!("{list}/{agnes}/link")).await?;
    life.day(362, 18);
    let second = life.id("time_second")?;
    life.bear(&token, &paths::reply_times("cedar-river"), &[("times", &second)]).await?;
    life.day(363, 13);
    let ruben = named_by(life, "staff", &list, "Ruben Castillo").await?;
    let token = life.link("staff", &format!("{list}/{ruben}/link")).await?;
    life.note("times_token", &token);
    Ok(())
}

/// The id of one of those who are invited.
async fn named(life: &mut Life, page: &str, name: &str) -> Result<String, DemoError> {
    named_by(life, "facilitator", page, name).await
}

async fn named_by(life: &mut Life, who: &str, page: &str, name: &str) -> Result<String, DemoError> {
    let shown = life.get(who, page).await?;
    let before = shown.split(&format!("\">{name}</a>")).next().filter(|before| before.len() < shown.len());
    let id = before.and_then(|before| before.get(before.len().checked_sub(36)?..));
    id.map(str::to_owned).ok_or_else(|| DemoError::Stopped(format!("{name} is not among the invited")))
}
