//! In the last weeks of the year Tall Pine's steward keeps who reads what its people contributed and sets the Tribe's label on a
//! question. For two days there was a second steward: what was asked of him waits. The county puts one notice, which stands apart.

use super::{DemoError, Life, members, stewards};

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    tall_pine_makes_its_protocols(life).await?;
    one_comment_carries_one(life).await?;
    a_question_has_the_tribes_label(life).await?;
    a_second_steward_is_asked(life).await
}

/// The id that stands in a page between a part of an address and the name of what it leads to.
fn id_before(page: &str, start: &str, name: &str) -> Result<String, DemoError> {
    let before = page.split(&format!(">{name}<")).next().filter(|before| before.len() < page.len());
    let id = before.and_then(|before| before.rsplit(start).next()).map(|rest| rest.chars().take(36).collect::<String>());
    id.ok_or_else(|| DemoError::Stopped(format!("no page shows {name}")))
}

/// The first id after a part of an address.
fn id_after(page: &str, start: &str) -> Result<String, DemoError> {
    let ids = page.split(start).skip(1).map(|rest| rest.chars().take(36).collect::<String>());
    ids.into_iter().find(|id| id.parse::<uuid::Uuid>().is_ok()).ok_or_else(|| DemoError::Stopped(format!("nothing stands after {start}")))
}

async fn tall_pine_makes_its_protocols(life: &mut Life) -> Result<(), DemoError> {
    life.day(349, 16);
    let (director, until) = (life.id("director")?, life.date_of(410));
    let fields = [
        ("name", "Kept by the council of elders"),
        ("words", "The elders say who hears this. Whoever reads it does not pass it on, and asks before they speak of it."),
        ("reasons", "It was given to us so."),
        ("own_people", "named"),
        ("guest", director.as_str()),
        ("until", &until),
    ];
    life.post("tribe", "/cedar-river/protocols", &fields).await?;
    let fields = [("name", "For our own office first"), ("words", "Read by our own people before anybody else."), ("own_people", "all")];
    life.post("tribe", "/cedar-river/protocols", &fields).await?;
    let page = life.get("tribe", "/cedar-river/protocols").await?;
    for (name, called) in [("protocol", "Kept by the council of elders"), ("protocol_second", "For our own office first")] {
        let id = id_before(&page, "/protocols/", called)?;
        life.note(name, &id);
    }
    // The people of another body are let in until a day, while one steward decides.
    let (readers, guests, until) =
        (format!("/cedar-river/protocols/{}/readers", life.id("protocol_second")?), life.id("casa")?, life.date_of(405));
    life.post("tribe", &readers, &[("guest_body", &guests), ("until", &until)]).await?;
    let page = life.get("tribe", &format!("/cedar-river/protocols/{}", life.id("protocol")?)).await?;
    let reader = id_after(&page, "/readers/")?;
    life.note("protocol_reader", &reader);
    Ok(())
}

async fn one_comment_carries_one(life: &mut Life) -> Result<(), DemoError> {
    life.day(350, 16);
    let about = life.id("tallpine")?;
    let words = "When one of our children is to be moved, call the council’s house and not the office. The names of those who decide are known to the elders.";
    let fields = [("comment", words), ("comment_audience", "agency")];
    let made = life.post("tribe", &format!("/cedar-river/comments/{about}"), &fields).await?;
    let comment = made.rsplit("#comment-").next().unwrap_or_default().to_owned();
    life.note("protected", &comment);
    let protocol = life.id("protocol")?;
    life.post("tribe", &format!("/cedar-river/protected/{comment}"), &[("deed", "put"), ("protocol", &protocol)]).await?;
    Ok(())
}

async fn a_question_has_the_tribes_label(life: &mut Life) -> Result<(), DemoError> {
    life.day(351, 16);
    let (question, entry) = (life.id("loop_2")?, life.id("tallpine")?);
    let fields = [
        ("item", question.as_str()),
        ("name", "TK Attribution (TK A)"),
        ("words", "This comes from the Tall Pine people. Name us when you use it, and tell us where."),
        ("link", "https://localcontexts.org/label/tk-attribution/"),
    ];
    life.post("tribe", "/cedar-river/labels", &fields).await?;
    let page = life.get("tribe", "/cedar-river/protocols").await?;
    let label = id_after(&page, "/labels/")?;
    life.note("label", &label);
    let fields =
        [("item", entry.as_str()), ("kind", "open_to_collaborate"), ("words", "We ask the Tribe before we use what its people told us.")];
    life.post("staff", "/cedar-river/label-notices", &fields).await?;
    life.note("item_notice", &entry);
    let page = life.get("staff", &format!("/cedar-river/protected/{entry}/notice")).await?;
    let notice = id_after(&page, "/label-notices/")?;
    life.note("label_notice", &notice);
    Ok(())
}

async fn a_second_steward_is_asked(life: &mut Life) -> Result<(), DemoError> {
    life.day(352, 16);
    let fields = [("name", "Joseph Alder"), ("email", "joseph@demo.example")];
    let made = life.post("tribe", "/cedar-river/members/admissions", &fields).await?;
    members::comes_in(life, "tribe", &made, "Joseph Alder").await?;
    let member = made.trim_end_matches("/invitation").to_owned();
    let fields = [("steward", "yes"), ("mandate", "Named by the council beside Thomas Greywater"), ("version", "2")];
    life.post("tribe", &format!("{member}/mandate"), &fields).await?;
    life.day(353, 16);
    let readers = format!("/cedar-river/protocols/{}/readers", life.id("protocol")?);
    let until = life.date_of(400);
    life.post("tribe", &readers, &[("roles", "staff"), ("until", &until)]).await?;
    let page = life.get("tribe", "/cedar-river/protocols").await?;
    let request = id_after(&page, "/protocols/requests/")?;
    life.note("protocol_request", &request);
    life.day(354, 16);
    stewards::sign_in(life, "joseph").await?;
    life.post("joseph", "/cedar-river/me/leaving", &[]).await?;
    Ok(())
}
