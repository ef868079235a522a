//! People of the demonstration set second factors up, as they would on their account page.

use super::{Answer, Site, Visitor, passkey::Passkey};
use chrono::{DateTime, Duration, Utc};
use common_table::platform::session::SESSION_COOKIE;
use totp_rs::{Builder, Secret};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "common-table-demo";
/// The cookie of somebody whose second step is waited for.
pub const HALF: &str = "__Host-half";

/// An app on somebody's phone.
pub struct App(Vec<u8>);

impl App {
    /// From what the page shows to be typed.
    pub fn of(page: &Answer) -> Self {
        let text = page.select(".seed-text code").concat().replace(' ', "");
        Self(Secret::try_from_base32(text).unwrap().as_bytes().to_vec())
    }

    /// The code that it shows at a moment.
    pub fn code(&self, at: DateTime<Utc>) -> String {
        let totp = Builder::new().with_secret(self.0.clone()).build().unwrap();
        totp.generate(u64::try_from(at.timestamp()).unwrap()).to_string()
    }
}

/// Sets codes up with a code of the step before this one, so that the one of now is unused; answers the app and the codes on paper.
pub async fn sets_codes_up(site: &Site, who: &Visitor) -> (App, Vec<String>) {
    who.post("/account/codes/seed", &[]).await.assert_goes_to("/account/codes");
    let app = App::of(&who.get("/account/codes").await);
    let done = who.post("/account/codes", &[("code", &app.code(site.clock.now() - Duration::seconds(30)))]).await;
    // Beside a passkey there are codes on paper already.
    assert!(["/account/recovery-codes", "/account"].contains(&done.location.as_str()), "{} {}", done.status, done.location);
    (app, who.follow(&done).await.select(".paper code"))
}

/// What a page asks a browser, and what the site has to know again.
pub fn asked(page: &Answer) -> (String, String) {
    let options = [page.attributes("form[data-passkey]", "data-passkey"), page.attributes("form[data-new-passkey]", "data-new-passkey")];
    let state = page.attributes("form.passkey input[name=state]", "value");
    (options.concat().remove(0), state.concat())
}

/// Adds a passkey.
pub async fn adds_a_passkey(who: &Visitor, name: &str) -> Passkey {
    let (options, state) = asked(&who.get("/account/passkeys/new").await);
    let (passkey, credential) = Passkey::made(&options);
    let done = who.post("/account/passkeys", &[("name", name), ("state", &state), ("credential", &credential)]).await;
    // The first one brings codes on paper.
    assert!(["/account/recovery-codes", "/account"].contains(&done.location.as_str()), "{} {}", done.status, done.location);
    passkey
}

/// Uses a passkey on a page that asks for one, and sends what the browser says.
pub async fn uses(who: &Visitor, passkey: &Passkey, page: &str, to: &str) -> Answer {
    let (options, state) = asked(&who.get(page).await);
    who.post(to, &[("state", &state), ("credential", &passkey.answer(&options))]).await
}

/// Signs in with the password that everybody has, and goes on to `next`.
pub async fn signs_in(site: &Site, who: &str, next: &str) -> (Visitor, Answer) {
    let visitor = site.stranger();
    let email = format!("{who}@demo.example");
    let answer = visitor.post("/sign-in", &[("email", &email), ("password", PASSWORD), ("next", next)]).await;
    (visitor, answer)
}

/// The sign-in that the browser carries, as a second window has it that was opened before.
pub fn older_window(site: &Site, visitor: &Visitor) -> Visitor {
    site.stranger().with_cookie(SESSION_COOKIE, &visitor.cookie(SESSION_COOKIE).unwrap())
}

/// What the examples of the routes need: codes of the director, a passkey of the analyst and of a member of staff, and what each
/// page asks them.
pub async fn complete(site: &mut Site) {
    if site.names().contains_key("half") {
        return;
    }
    let now = site.clock.now().to_rfc3339();
    site.force(&format!(
        "insert into lost_factors (agency_id, id, membership_id, asked_by, asked_at)
         select agency_id, gen_random_uuid(), id, '@admin', '{now}' from membership where id in ('@facilitator', '@staff')"
    ))
    .await;
    let mut names: Vec<(&str, String)> = Vec::new();
    {
        let (director, facilitator) = (site.visitor("director").await, site.visitor("facilitator").await);
        let (app, _) = sets_codes_up(site, &director).await;
        let now = site.clock.now();
        names.push(("code_second", app.code(now)));
        names.push(("half", signs_in(site, "director", "").await.0.cookie(HALF).unwrap()));
        facilitator.post("/account/codes/seed", &[]).await.assert_goes_to("/account/codes");
        names.push(("code_first", App::of(&facilitator.get("/account/codes").await).code(now)));

        let (analyst, staff) = (site.visitor("analyst").await, site.visitor("staff").await);
        let of_analyst = adds_a_passkey(&analyst, "a key").await;
        names.push(("passkey_of_analyst", site.peek("select id::text from passkey order by made_at desc, id desc limit 1").await));
        let (options, state) = asked(&site.stranger().get("/sign-in").await);
        names.extend([("passkey_signs_in", of_analyst.answer(&options)), ("passkey_state", state)]);
        let (half, _) = signs_in(site, "analyst", "").await;
        let (options, state) = asked(&half.get("/sign-in/second-step").await);
        names.extend([("passkey_second", of_analyst.answer(&options)), ("passkey_second_state", state)]);
        names.push(("half_of_analyst", half.cookie(HALF).unwrap()));

        let of_staff = adds_a_passkey(&staff, "my phone").await;
        let (options, state) = asked(&staff.get("/confirm").await);
        names.extend([("passkey_confirms", of_staff.answer(&options)), ("passkey_confirms_state", state)]);
        let (options, state) = asked(&staff.get("/account/passkeys/new").await);
        names.extend([("passkey_new", Passkey::made(&options).1), ("passkey_new_state", state)]);
    }
    for (name, value) in names {
        site.call(name, &value);
    }
}
