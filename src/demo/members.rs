//! Who joins through the year: on the agency's side by invitation, in a body by its own steward, and one duty that is lent.

use super::{DemoError, Life, stewards};

/// The token in the link that a page shows.
fn token_in(page: &str) -> Result<String, DemoError> {
    let after = page.split("/invitations/").nth(1).ok_or_else(|| DemoError::Stopped("the page shows no link".to_owned()))?;
    Ok(after.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')).collect())
}

pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    the_county_sets_its_own(life).await?;
    parent_keeps_her_own_page(life).await?;
    tall_pine_admits_its_people(life).await?;
    stone_bend_names_its_steward(life).await?;
    stewards::named(life).await?;
    the_agency_changes(life).await?;
    what_waits(life).await
}

/// A membership by the address that a form led to: the part before its last one.
fn member_of(life: &mut Life, name: &str, location: &str) -> String {
    life.name(name, location.trim_end_matches("/invitation"))
}

/// The code that a page shows.
fn code_in(page: &str) -> Result<String, DemoError> {
    let shown = page.split("<p class=\"letter\">").nth(1).and_then(|rest| rest.split('<').next());
    shown.map(str::to_owned).ok_or_else(|| DemoError::Stopped("the page shows no code".to_owned()))
}

/// Somebody invited by a page of ours takes the link up.
pub(super) async fn comes_in(life: &mut Life, inviter: &str, page: &str, name: &str) -> Result<(), DemoError> {
    comes_in_with(life, inviter, page, &[("name", name), ("password", "common-table-demo")]).await
}

async fn comes_in_with(life: &mut Life, inviter: &str, page: &str, fields: &[(&str, &str)]) -> Result<(), DemoError> {
    let shown = life.get(inviter, page).await?;
    life.come_in(&token_in(&shown)?, fields).await
}

async fn the_county_sets_its_own(life: &mut Life) -> Result<(), DemoError> {
    life.day(1, 16);
    let fields = [
        ("name", "Cedar River County"),
        ("zone", "America/Chicago"),
        ("language", "en"),
        ("contact", "the partnership coordinator, 555 0142"),
        ("hotline", "555 0100"),
        ("public_records", "What you write here may become a public record."),
        (
            "reporting_notice",
            "Agency staff and some partners must by law report suspected abuse or neglect of a child. If you start to tell us of such a thing, we will stop and get help; nothing of it is written down here.",
        ),
        (
            "minors_rule",
            "Young people of 14 and older may speak with their own written consent and a support person of their choice. For younger children the consent of a parent or guardian is needed as well.",
        ),
        ("scale", "need, developing, strength"),
        ("assess_at", "1"),
        ("acknowledge_days", "5"),
        ("answer_days", "30"),
        ("escalate_days", "5"),
        ("director_reviews", "yes"),
        ("without_name", "kept"),
        ("without_name", "quoted"),
        ("with_name", "kept"),
        ("with_name", "quoted"),
        ("with_name", "named"),
        ("version", "1"),
    ];
    life.post("admin", "/cedar-river/settings", &fields).await?;
    life.upload("admin", "/cedar-river/settings/logo", ("file", "cedar.png"), include_bytes!("logo.png")).await?;
    life.note("settings_version", "3");
    let page = life.get("admin", "/cedar-river/settings").await?;
    let logo: String = page.split("/logo/").nth(1).unwrap_or_default().chars().take(36).collect();
    life.note("file", &logo);
    life.note("sheet", "1f5c46.css");
    the_county_says_how_long_consent_holds(life).await?;
    the_county_prepares_its_sign_in(life).await
}

/// What is shown to every speaker before they choose, in two languages.
const WORDINGS: [(&str, &str); 2] = [
    (
        "en",
        "These are your words, and they stay yours. You choose who reads them and what else may be done with them. Whatever you leave empty is no. You can change it or take the words back on any day, and nobody will ask you why.",
    ),
    (
        "es",
        "Estas palabras son suyas y siguen siendo suyas. Usted elige quién las lee y qué más se puede hacer con ellas. Lo que deje en blanco es no. Puede cambiarlo o retirar sus palabras cualquier día, y nadie le preguntará por qué.",
    ),
];

/// Quoting and exporting hold for a year; then each speaker is asked.
async fn the_county_says_how_long_consent_holds(life: &mut Life) -> Result<(), DemoError> {
    let terms = [("quoted", "12"), ("exported", "12"), ("version", "0")];
    life.post("admin", "/cedar-river/settings/consent", &terms).await?;
    // Twelve months for the first use, and twelve for the second.
    life.note("consent_terms_version", "1464");
    for (language, words) in WORDINGS {
        life.post("admin", "/cedar-river/settings/consent/wordings", &[("language", language), ("words", words)]).await?;
    }
    let page = life.get("admin", "/cedar-river/settings/consent").await?;
    let ids: Vec<String> = page.split("id=\"wording-").skip(1).filter_map(|rest| rest.get(..36)).map(str::to_owned).collect();
    for ((language, _), id) in WORDINGS.iter().zip(&ids) {
        life.note(&format!("wording_{language}"), id);
    }
    Ok(())
}

/// Entered and not yet in use: a provider in use is asked when it is saved, and the demonstration asks nobody.
async fn the_county_prepares_its_sign_in(life: &mut Life) -> Result<(), DemoError> {
    let page = "/cedar-river/settings/sign-on";
    let fields = [
        ("issuer", "https://sign-in.cedar-river.example"),
        ("application", "common-table"),
        ("application_password", "made up for the demonstration"),
        ("label", "Cedar River account"),
        ("counts_methods", "yes"),
    ];
    life.post("admin", page, &fields).await?;
    let shown = life.get("admin", page).await?;
    let provider: String = shown.split(&format!("{page}/")).nth(1).unwrap_or_default().chars().take(36).collect();
    life.note("provider", &provider);
    Ok(())
}

async fn parent_keeps_her_own_page(life: &mut Life) -> Result<(), DemoError> {
    life.day(6, 23);
    let fields = [("channel", "text"), ("hours", "Weekdays after 6 pm, not on Sundays"), ("version", "1")];
    life.post("parent", "/cedar-river/me/reach", &fields).await?;
    life.note("reach_version", "2");
    let (facilitator, staff) = (life.id("facilitator")?, life.id("staff")?);
    life.post("parent", "/cedar-river/me/readers", &[("reader", &facilitator), ("reader", &staff)]).await?;
    letters_as_they_want_them(life).await
}

/// Who wants which letters about their news: some once a week together, some not in the evening.
async fn letters_as_they_want_them(life: &mut Life) -> Result<(), DemoError> {
    let topics = ["answers", "promises", "words", "people", "meetings", "keeping", "other"];
    for (who, usual, keeping, from, until) in [("analyst", "weekly", "weekly", "", ""), ("facilitator", "at_once", "never", "20", "7")] {
        let paces = topics.map(|topic| (topic, if topic == "keeping" { keeping } else { usual }));
        let hours = [("zone", "America/Chicago"), ("quiet_from", from), ("quiet_until", until)];
        life.post(who, "/cedar-river/notices/letters", &[&paces[..], &hours[..]].concat()).await?;
    }
    Ok(())
}

async fn tall_pine_admits_its_people(life: &mut Life) -> Result<(), DemoError> {
    life.day(30, 17);
    let made = life.post("tribe", "/cedar-river/members/admissions", &[("name", "Ruth Greywater"), ("email", "ruth@demo.example")]).await?;
    let member = member_of(life, "tribe_member", &made);
    comes_in(life, "tribe", &made, "Ruth Greywater").await?;
    life.day(31, 17);
    let (from, until) = (life.date(0), life.date(700));
    let fields = [
        ("speaks", "yes"),
        ("mandate", "Named by the council for matters of children and families"),
        ("from", &from),
        ("until", &until),
        ("version", "2"),
    ];
    life.post("tribe", &format!("/cedar-river/members/{member}/mandate"), &fields).await?;
    life.post("tribe", "/cedar-river/wanted/letter", &[("pace", "month")]).await?;
    Ok(())
}

async fn stone_bend_names_its_steward(life: &mut Life) -> Result<(), DemoError> {
    life.day(58, 16);
    let (body, receiver, dated) = (life.id("stonebend")?, life.id("director")?, life.date(-9));
    let fields = [
        ("body", body.as_str()),
        ("document", "resolution"),
        ("dated", &dated),
        ("reference", "Band Council Resolution 14, on children and families"),
        ("received_by", &receiver),
        ("name", "Marian Stonebend"),
        ("email", "marian@demo.example"),
    ];
    first_steward(life, "stonebend_steward", "Marian Stonebend", &fields).await
}

/// A body's act is recorded by the coordinator, who has the code, let stand by the director who received it, who has the link,
/// and its steward comes in with both.
pub(super) async fn first_steward(life: &mut Life, known: &str, name: &str, act: &[(&str, &str)]) -> Result<(), DemoError> {
    let recorded = life.post("staff", "/cedar-river/members/first-stewards", act).await?;
    let code = code_in(&life.get("staff", &recorded).await?)?;
    let steward = act_of(life, known).await?;
    let made = life.post("director", &format!("/cedar-river/members/{steward}/first-steward"), &[]).await?;
    comes_in_with(life, "director", &made, &[("name", name), ("password", "common-table-demo"), ("code", &code)]).await
}

/// The steward of the act that waits for the director's word.
pub(super) async fn act_of(life: &mut Life, name: &str) -> Result<String, DemoError> {
    let page = life.get("director", "/cedar-river/members/first-stewards").await?;
    let form = page.split("/first-steward\"").next().unwrap_or_default();
    let id = form.rsplit('/').next().unwrap_or_default().to_owned();
    life.note(name, &id);
    Ok(id)
}

/// The coordinator is away for a week, somebody stands in, and he is back a day early.
async fn somebody_is_away(life: &mut Life) -> Result<(), DemoError> {
    life.day(310, 9);
    let week = away(life, ("staff", "facilitator"), (4, 11)).await?;
    life.day(311, 8);
    life.post("facilitator", &format!("/cedar-river/absences/{week}/answer"), &[("word", "yes")]).await?;
    life.day(320, 8);
    life.post("staff", &format!("/cedar-river/absences/{week}/ending"), &[]).await.map(drop)
}

/// Says that one is away so many days from now on, and asks a colleague to stand in.
async fn away(life: &mut Life, (who, deputy): (&str, &str), (from, until): (i64, i64)) -> Result<String, DemoError> {
    let (deputy, from, until) = (life.id(deputy)?, life.date(from), life.date(until));
    life.post(who, "/cedar-river/absences", &[("deputy", &deputy), ("from", &from), ("until", &until)]).await?;
    let page = life.get(who, "/cedar-river/absences").await?;
    let id = page.split("/absences/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    Ok(id.to_owned())
}

/// Somebody starts, somebody rests, somebody goes; the director lends a duty while she is away.
async fn the_agency_changes(life: &mut Life) -> Result<(), DemoError> {
    for (day, name, full, role, email) in [
        (64, "suspended", "Owen Castellanos", "analyst", "owen@demo.example"),
        (80, "ended", "Hattie Lindgren", "staff", "hattie@demo.example"),
    ] {
        life.day(day, 15);
        let made = life.post("admin", "/cedar-river/members", &[("role", role), ("name", full), ("email", email)]).await?;
        member_of(life, name, &made);
        comes_in(life, "admin", &made, full).await?;
    }
    life.day(300, 15);
    let ended = life.id("ended")?;
    life.post("admin", &format!("/cedar-river/members/{ended}/ending"), &[("version", "2")]).await?;
    somebody_is_away(life).await?;
    life.day(341, 15);
    let suspended = life.id("suspended")?;
    life.post(
        "admin",
        &format!("/cedar-river/members/{suspended}/suspension"),
        &[("version", "2"), ("why", "On leave until the end of the school year")],
    )
    .await?;
    life.day(346, 15);
    let (to, until) = (life.id("staff")?, life.date(33));
    let fields = [
        ("duty", "answers"),
        ("to", to.as_str()),
        ("until", &until),
        ("reason", "While I am away in the mountains without a telephone. Marcus knows every open question."),
    ];
    life.post("director", "/cedar-river/delegations", &fields).await?;
    let page = life.get("director", "/cedar-river/delegations").await?;
    let id = page.split("/delegations/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_owned();
    life.note("delegation", &id);
    life.day(347, 10);
    let asked = away(life, ("facilitator", "staff"), (58, 68)).await?;
    life.note("absence_asked", &asked);
    Ok(())
}

/// On the last days: two proposals wait for a steward, one invitation for its person, one body's act for the director's word.
async fn what_waits(life: &mut Life) -> Result<(), DemoError> {
    life.day(358, 15);
    let (body, receiver, dated) = (life.id("hmong")?, life.id("director")?, life.date(-4));
    let fields = [
        ("body", body.as_str()),
        ("document", "letter"),
        ("dated", &dated),
        ("reference", "Letter of the elders’ circle"),
        ("received_by", &receiver),
        ("name", "Mai See Vang"),
        ("email", "maisee@demo.example"),
    ];
    life.post("staff", "/cedar-river/members/first-stewards", &fields).await?;
    act_of(life, "act_waiting").await?;
    for (day, name, full, body) in [(359, "proposed", "Leona Birchfield", "tallpine"), (361, "proposed_kin", "Theo Marchetti", "kinship")] {
        life.day(day, 15);
        let body = life.id(body)?;
        let made = life.post("admin", "/cedar-river/members/proposals", &[("body", &body), ("name", full)]).await?;
        life.name(name, &made);
    }
    life.day(363, 15);
    let invited = [("role", "staff"), ("name", "Wren Halloran"), ("email", "wren@demo.example")];
    let made = life.post("admin", "/cedar-river/members", &invited).await?;
    member_of(life, "invited", &made);
    let token = token_in(&life.get("admin", &made).await?)?;
    life.note("invitation", &token);
    let list = "Name,Email,Role,Body\nDaria Lindqvist,daria@demo.example,staff,\nMoses Abara,moses@demo.example,analyst,\n\
                Ida Greywater,,partner,Tall Pine Tribe\nWren Halloran,wren@demo.example,analyst,\nCarla Voss,carla@demo.example,director,\n";
    for (name, file) in [("people_list", "new-colleagues.csv"), ("people_list_dropped", "old-directory.csv")] {
        let made = life.upload("admin", "/cedar-river/members/lists", ("file", file), list).await?;
        life.name(name, &made);
    }
    life.note("in_a_month", &life.date_of(395));
    Ok(())
}
