//! Where both sides sit together: a board under the open-meeting law, an implementation team, a leadership team and a forum, with a year
//! of meetings, one of them called off, and minutes in every state.

use super::{DemoError, Life};

/// Known as, day, who begins it, kind, name, purpose, how it decides, more on that, to which it reports, under the law.
const GROUPS: &[(&str, i64, &str, &str, &str, &str, &str, &str, &str, bool)] = &[
    (
        "group_leadership",
        30,
        "director",
        "leadership",
        "Partnership leadership team",
        "Decides on money, rules and people where the other groups cannot, and answers them.",
        "consensus",
        "If one side says no, it comes back to the next meeting with what each side would need.",
        "",
        false,
    ),
    (
        "group_board",
        36,
        "staff",
        "board",
        "Shared table of Cedar River",
        "Decides together what the county and its partners change for families, and looks each season at whether it was done.",
        "each_side",
        "Seven of nine seats must be filled and there. Each side agrees for itself, and a Tribe as a government.",
        "group_leadership",
        true,
    ),
    (
        "group_team",
        120,
        "staff",
        "implementation",
        "Kin first: implementation team",
        "Carries out what was agreed on kinship care, and says early what does not work.",
        "consensus",
        "",
        "group_leadership",
        false,
    ),
];

/// Known as, group, constituency, name of the seat, chair, who has it, who names the person and whom, on whose mandate.
type Seat = (&'static str, &'static str, &'static str, &'static str, bool, &'static str, &'static str, &'static str);
const SEATS: &[Seat] = &[
    ("", "group_leadership", "agency", "", true, "director", "", "The county’s commissioners, resolution of the spring"),
    ("", "group_leadership", "tribes", "", true, "tallpine", "tribe", "Tribal council, by vote at its winter session"),
    ("", "group_board", "agency", "", true, "director", "", "The county’s commissioners, resolution of the spring"),
    ("", "group_board", "agency", "Partnership coordinator", false, "staff", "", ""),
    ("seat_tallpine", "group_board", "tribes", "", true, "tallpine", "tribe", "Tribal council, by vote at its winter session"),
    ("seat_kinship", "group_board", "community_partners", "", false, "kinship", "partner", "The Circle’s members, at their yearly meeting"),
    ("", "group_board", "lived_experience", "", false, "parent", "", ""),
    ("", "group_team", "agency", "", true, "staff", "", ""),
    ("seat_team", "group_team", "community_partners", "", true, "kinship", "partner", "The Circle’s members, at their yearly meeting"),
];

/// What the board’s charter says, and how it was agreed: two versions.
const CHARTERS: &[(i64, &str, &str)] = &[
    (
        44,
        "The shared table has nine seats: two of the county, two of Tribes, three of community partners and two of people with lived experience. \
         It meets every second month. It decides only when each side agrees, and writes down who saw it differently and why.",
        "The first meeting, all present",
    ),
    (
        132,
        "The shared table has nine seats: two of the county, two of Tribes, three of community partners and two of people with lived experience. \
         It meets every second month, in the evening, with food and child care, and people who come for themselves are paid. It decides only \
         when each side agrees, and writes down who saw it differently and why. What it cannot decide goes up within a week.",
        "The shared table, after the spring meetings; a Tribe’s seat agreed after its council had met",
    ),
];

/// Through the year.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    for (known, day, who, kind, name, purpose, method, note, reports_to, law) in GROUPS {
        life.day(*day, 11);
        let up = if reports_to.is_empty() { String::new() } else { life.id(reports_to)? };
        let law = if *law { "yes" } else { "" };
        let fields: &[(&str, &str)] = &[
            ("name", name),
            ("kind", kind),
            ("purpose", purpose),
            ("method", method),
            ("method_note", note),
            ("reports_to", &up),
            ("open_law", law),
            ("agenda_days", "5"),
            ("audience", "partnership"),
        ];
        let made = life.post(who, "/cedar-river/groups", fields).await?;
        life.name(known, &made);
        for seat in SEATS.iter().filter(|seat| seat.1 == *known) {
            sit(life, seat).await?;
        }
    }
    vacant(life).await?;
    charters(life).await?;
    board(life).await?;
    team(life).await?;
    leadership(life).await?;
    forums(life).await?;
    ahead(life).await
}

/// The ids that stand between two parts of the addresses on a page.
fn ids(page: &str, before: &str, after: &str) -> Vec<String> {
    let all = page.split(before).skip(1).filter_map(|rest| rest.split_once('/').filter(|(_, rest)| rest.starts_with(after)));
    all.map(|(id, _)| id.to_owned()).filter(|id| id.len() == 36).collect()
}

fn missing(what: &str) -> DemoError {
    DemoError::Stopped(format!("{what} is not on its page"))
}

/// A seat is made; answers its id, which is the newest of those that are vacant.
async fn seat(life: &mut Life, group: &str, constituency: &str, title: &str, chair: bool) -> Result<String, DemoError> {
    let page = format!("/cedar-river/groups/{}", life.id(group)?);
    let chair = if chair { "yes" } else { "" };
    life.post("staff", &format!("{page}/seats"), &[("constituency", constituency), ("title", title), ("chair", chair)]).await?;
    let shown = life.get("staff", &page).await?;
    ids(&shown, "/seats/", "term").into_iter().next().ok_or_else(|| missing("a vacant seat"))
}

/// A seat is made and given, and a body says who sits for it.
async fn sit(life: &mut Life, (known, group, constituency, title, chair, holder, names, mandate): &Seat) -> Result<(), DemoError> {
    let id = seat(life, group, constituency, title, *chair).await?;
    if !known.is_empty() {
        life.note(known, &id);
    }
    let page = format!("/cedar-river/groups/{}/seats/{id}", life.id(group)?);
    let (holder, from, until) = (life.id(holder)?, life.date(0), life.date(730));
    let own = if names.is_empty() { *mandate } else { "" };
    life.post("staff", &format!("{page}/term"), &[("who", &holder), ("from_on", &from), ("until_on", &until), ("mandate", own)]).await?;
    if !names.is_empty() {
        let member = life.id(names)?;
        life.post(names, &format!("{page}/sitter"), &[("member", &member), ("mandate", mandate)]).await?;
    }
    Ok(())
}

/// One seat of the board waits for somebody.
async fn vacant(life: &mut Life) -> Result<(), DemoError> {
    life.day(121, 10);
    let id = seat(life, "group_board", "lived_experience", "", false).await?;
    life.note("seat_vacant", &id);
    Ok(())
}

async fn charters(life: &mut Life) -> Result<(), DemoError> {
    for (number, (day, text, agreed)) in CHARTERS.iter().enumerate() {
        life.day(*day, 16);
        let (path, version) = (format!("/cedar-river/groups/{}/charter", life.id("group_board")?), number.to_string());
        life.post("staff", &path, &[("text", text), ("agreed", agreed), ("version", &version)]).await?;
    }
    life.note("group_board_charter", &CHARTERS.len().to_string());
    Ok(())
}

/// A meeting is planned on one day for another; answers its page.
async fn plan(life: &mut Life, (day, on): (i64, i64), group: &str, title: &str, more: &[(&str, &str)]) -> Result<String, DemoError> {
    life.day(day, 9);
    let (group, on) = (if group.is_empty() { String::new() } else { life.id(group)? }, life.date_of(on));
    let fields: &[(&str, &str)] =
        &[("group", &group), ("title", title), ("day", &on), ("time", "17:30"), ("minutes", "120"), ("audience", "partnership")];
    life.post("staff", "/cedar-river/meetings", &[fields, more].concat()).await
}

async fn add(life: &mut Life, page: &str, items: &[(&str, &str)]) -> Result<(), DemoError> {
    for (who, text) in items {
        life.post(who, &format!("{page}/agenda"), &[("text", text)]).await?;
    }
    Ok(())
}

/// Who came, and what was talked about, the evening it was held. `version`: of the meeting by then.
async fn hold(life: &mut Life, page: &str, version: &str, bodies: &[&str], came: (&str, &str), notes: &str) -> Result<(), DemoError> {
    let bodies = bodies.iter().map(|body| life.id(body)).collect::<Result<Vec<_>, _>>()?;
    let mut fields = vec![("agency", came.0), ("lived", came.1), ("notes", notes), ("version", version)];
    fields.extend(bodies.iter().map(|id| ("bodies", id.as_str())));
    life.post("staff", &format!("{page}/minutes"), &fields).await.map(drop)
}

/// A decision; by a vote, everybody of the group says yes.
async fn decide(life: &mut Life, page: &str, how: &str, what: &str, reasons: &str, dissent: &str) -> Result<(), DemoError> {
    let path = format!("{page}/decisions");
    let shown = if how == "vote" { life.get("staff", &path).await? } else { String::new() };
    let votes = shown.split("value=\"").filter_map(|rest| rest.split_once(":yes\"")).map(|(term, _)| term).filter(|term| term.len() == 36);
    let votes: Vec<String> = votes.map(|term| format!("{term}:yes")).collect();
    let mut fields = vec![("how", how), ("what", what), ("reasons", reasons), ("dissent", dissent)];
    fields.extend(votes.iter().map(|vote| ("votes", vote.as_str())));
    life.post("staff", &path, &fields).await.map(drop)
}

async fn up(life: &mut Life, page: &str, what: &str) -> Result<(), DemoError> {
    let to = life.id("group_leadership")?;
    life.post("staff", &format!("{page}/sent-up"), &[("to", &to), ("what", what)]).await.map(drop)
}

async fn back(life: &mut Life, page: &str, said: &str) -> Result<(), DemoError> {
    let shown = life.get("director", page).await?;
    let sent = ids_at_end(&shown, "/sent-up/").ok_or_else(|| missing("what went up"))?;
    life.post("director", &format!("{page}/sent-up/{sent}"), &[("back", said)]).await.map(drop)
}

/// The first id that ends an address.
fn ids_at_end(page: &str, before: &str) -> Option<String> {
    page.split(before).skip(1).filter_map(|rest| rest.split(['"', '?']).next()).find(|id| id.len() == 36).map(str::to_owned)
}

async fn send(life: &mut Life, page: &str) -> Result<(), DemoError> {
    life.post("staff", &format!("{page}/minutes/sending"), &[]).await.map(drop)
}

async fn word(life: &mut Life, who: &str, page: &str, word: &str, note: &str) -> Result<(), DemoError> {
    let at = format!("{page}/minutes/word");
    let form = life.get(who, &at).await?;
    let version = form.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    life.post(who, &at, &[("word", word), ("note", note), ("version", version)]).await.map(drop)
}

/// Two evenings of the board: an agenda published in time, votes by name, something that went up and came back, minutes that were
/// returned once.
async fn board(life: &mut Life) -> Result<(), DemoError> {
    let place = [("place", "Library of Cedar River, upper hall"), ("purpose", "The first evening of the shared table.")];
    let page = plan(life, (60, 84), "group_board", "Shared table, first evening", &place).await?;
    life.name("meeting_board", &page);
    add(life, &page, &[("tribe", "How a Tribe is called on the first day"), ("parent", "Why visits end at five, when people still work")])
        .await?;
    life.day(76, 10);
    life.post("staff", &format!("{page}/publication"), &[]).await?;
    life.day(84, 20);
    let notes = "How Tribes are called, and when. Visits: hours, rooms and who drives. What each side could change by itself.";
    hold(life, &page, "2", &["tallpine", "kinship"], ("3", "2"), notes).await?;
    let what = "A Tribe is called by telephone on the day on which a child is taken in, before any letter is written.";
    decide(life, &page, "vote", what, "A letter takes nine days, and by then a child has a second school.", "").await?;
    let what = "Visits on Saturdays are tried for one season.";
    let dissent = "The Circle would have begun with two evenings in the week as well.";
    decide(life, &page, "each_side", what, "Parents lose a day’s pay for every visit at noon.", dissent).await?;
    up(life, &page, "Money for rooms and drivers on Saturdays: who pays, and from when?").await?;
    life.day(86, 10);
    send(life, &page).await?;
    life.day(91, 15);
    word(life, "tribe", &page, "confirmed", "").await?;
    life.day(110, 11);
    back(life, &page, "The county pays two rooms and four drivers until the end of the school year. Then both sides look at it again.")
        .await?;
    promised(life).await?;
    let page = plan(life, (190, 214), "group_board", "Shared table, summer evening", &place[..1]).await?;
    add(life, &page, &[("partner", "The evening line: what the first calls showed")]).await?;
    life.day(206, 10);
    life.post("staff", &format!("{page}/publication"), &[]).await?;
    life.day(214, 20);
    hold(life, &page, "2", &["tallpine", "kinship"], ("2", "1"), "The evening line, and what relatives ask there most.").await?;
    let what = "The evening line goes on, with two more voices from the Circle.";
    decide(life, &page, "vote", what, "Every second call found a bed with kin.", "").await?;
    send(life, &page).await?;
    life.day(219, 15);
    word(life, "tribe", &page, "returned", "It is missing that our council asked for the night number to be answered by a person.").await?;
    life.day(221, 9);
    let notes = "The evening line, and what relatives ask there most. Tall Pine asked that a person answers the night number, and the county agreed.";
    hold(life, &page, "5", &["tallpine", "kinship"], ("2", "1"), notes).await?;
    send(life, &page).await?;
    life.day(224, 15);
    word(life, "tribe", &page, "confirmed", "").await
}

/// A promise that was made at the table.
async fn promised(life: &mut Life) -> Result<(), DemoError> {
    let (from, to, due, place) = (life.id("director")?, life.id("tallpine")?, life.date(45), life.id("meeting_board")?);
    let what = "A name and a number at the county for every Tribe, answered day and night";
    let fields: &[(&str, &str)] = &[
        ("promised_by", &from),
        ("promised_to", &to),
        ("what", what),
        ("due_on", &due),
        ("promised_in", &place),
        ("audience", "partnership"),
    ];
    life.post("director", "/cedar-river/commitments", fields).await.map(drop)
}

/// Three evenings of the team: one is confirmed, one waits for the chair on the partners’ side, and one is being written.
async fn team(life: &mut Life) -> Result<(), DemoError> {
    let place = [("place", "Kinship Circle, 12 Mill Street")];
    let page = plan(life, (140, 150), "group_team", "Kin first, first evening", &place).await?;
    life.day(150, 20);
    hold(life, &page, "1", &["kinship"], ("2", ""), "Who answers the line on which evening, and what is written down of a call.").await?;
    decide(
        life,
        &page,
        "consensus",
        "The Circle answers on weekdays, the county at weekends.",
        "People call when they get home from work.",
        "",
    )
    .await?;
    send(life, &page).await?;
    life.day(153, 15);
    word(life, "partner", &page, "confirmed", "").await?;
    let page = plan(life, (320, 333), "group_team", "Kin first, winter evening", &place).await?;
    add(life, &page, &[("partner", "Four weeks until the first payment")]).await?;
    life.day(333, 20);
    hold(life, &page, "1", &["kinship"], ("3", ""), "Payments, and the families who waited longest.").await?;
    decide(life, &page, "consensus", "Each family gets a first payment by check within three days.", "", "").await?;
    send(life, &page).await?;
    life.name("meeting_sent", &page);
    let page = plan(life, (340, 352), "group_team", "Kin first, the evening before the new year", &place).await?;
    life.day(352, 20);
    hold(life, &page, "1", &["kinship"], ("2", "1"), "What has to be ready in January.").await?;
    let what = "Two families write the new leaflet, and are paid for it.";
    decide(life, &page, "consensus", what, "They know which sentence made them put the old one away.", "").await?;
    up(life, &page, "A second person for the payments, until nobody waits longer than a week.").await?;
    life.name("meeting_open", &page);
    let shown = life.get("staff", &page).await?;
    let decision = ids(&shown, "/decisions/", "delete").into_iter().next().ok_or_else(|| missing("a decision"))?;
    life.note("meeting_open_decision", &decision);
    let sent = ids_at_end(&shown, "/sent-up/").ok_or_else(|| missing("what went up"))?;
    life.note("meeting_open_sent", &sent);
    Ok(())
}

async fn leadership(life: &mut Life) -> Result<(), DemoError> {
    let page = plan(life, (95, 106), "group_leadership", "Leadership team, spring", &[("place", "County offices, room 4")]).await?;
    life.day(106, 20);
    hold(life, &page, "1", &["tallpine"], ("4", ""), "What came up from the shared table: rooms and drivers on Saturdays.").await?;
    let what = "The county pays rooms and drivers on Saturdays until the end of the school year.";
    decide(life, &page, "consensus", what, "It costs less than one week in a shelter.", "").await?;
    send(life, &page).await?;
    life.day(109, 15);
    word(life, "tribe", &page, "confirmed", "").await
}

/// An open evening with the Circle, and one that the snow took.
async fn forums(life: &mut Life) -> Result<(), DemoError> {
    let kinship = life.id("kinship")?;
    let more = [("cohost", kinship.as_str()), ("place", "School gymnasium"), ("purpose", "What changed since spring, and what did not.")];
    let page = plan(life, (240, 261), "", "Open evening: what changed since spring", &more).await?;
    life.name("meeting_forum", &page);
    add(life, &page, &[("parent", "When do the new letters come?"), ("staff", "What was done of what was heard in spring")]).await?;
    life.day(261, 21);
    hold(life, &page, "1", &["kinship", "tallpine"], ("5", "14"), "Letters, the evening line, Saturdays. People asked what comes next.")
        .await?;
    send(life, &page).await?;
    life.day(265, 12);
    word(life, "partner", &page, "confirmed", "").await?;
    let page = plan(life, (296, 312), "", "Open evening in the hills", &more[..2]).await?;
    life.day(311, 16);
    life.post("staff", &format!("{page}/cancellation"), &[("because", "Snow: the road to the hills is closed until Monday.")])
        .await
        .map(drop)
}

/// What is coming: the board under its law, and the team every fourth week.
async fn ahead(life: &mut Life) -> Result<(), DemoError> {
    let place = [("place", "Library of Cedar River, upper hall")];
    let page = plan(life, (358, 385), "group_board", "Shared table, new year", &place).await?;
    life.name("meeting_law", &page);
    add(life, &page, &[("partner", "Payments: what a year of the evening line cost and saved")]).await?;
    let until = life.date_of(432);
    let more = [("place", "Kinship Circle, 12 Mill Street"), ("every", "4"), ("until", until.as_str())];
    let page = plan(life, (359, 375), "group_team", "Kin first, every fourth week", &more).await?;
    life.name("meeting_ahead", &page);
    add(life, &page, &[("partner", "The leaflet, as the families wrote it")]).await?;
    let shown = life.get("partner", &page).await?;
    let item = ids(&shown, "/agenda/", "delete").into_iter().next().ok_or_else(|| missing("an item"))?;
    life.note("meeting_ahead_item", &item);
    let about = format!("/cedar-river/comments/{}", life.id("meeting_ahead")?);
    let said = "We can print it in two languages. Which of them first?";
    life.post("staff", &about, &[("comment", said), ("comment_audience", "partnership"), ("comment_part", &item)]).await.map(drop)
}
