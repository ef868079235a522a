//! Single sign-on, against a real provider: who comes in through it, and everything that lets nobody in.

mod authorities;
mod checks;
mod coming_in;
mod joining;
mod leaving;
mod nearby;
mod providers;
mod several;
mod signed_out;
mod strength;
mod ways;

use crate::support::{
    Answer, Site, Visitor,
    oidc::{Oidc, SECRET},
};
use common_table::platform::{clock::Clock, session::SESSION_COOKIE};

const PROVIDERS: &str = "/cedar-river/settings/sign-on";
const BEGIN: &str = "/cedar-river/sign-on";

/// A site whose administrator entered a provider.
struct Ground {
    site: Site,
    oidc: Oidc,
}

impl Ground {
    async fn open() -> Self {
        let oidc = Oidc::start().await;
        let site = Site::with_providers(&[&oidc]).await;
        add(&site, &oidc, "County account").await;
        Self { site, oidc }
    }

    /// The same, where staff have joined it as `marcus`.
    async fn joined() -> Self {
        let ground = Self::open().await;
        let staff = ground.site.visitor("staff").await;
        let back = ground.through(&staff, "/account", "/account/sign-ons", "marcus").await;
        back.assert_goes_to("/account").assert_flash("Joined. From now on it opens your role there");
        ground.oidc.asked().await;
        ground
    }

    /// The provider that is in use.
    async fn provider(&self) -> String {
        self.site.peek("select id::text from sign_on_provider where active").await
    }

    /// Presses a page's button of single sign-on; answers the provider's address to which the browser goes on.
    async fn set_out(&self, visitor: &Visitor, page: &str, action: &str) -> String {
        // The provider goes by the machine's clock, and a busy machine takes its time.
        self.site.clock.put(self.site.clock.now().max(Clock::default().now()));
        let form = visitor.get(page).await.form(action);
        let onward = visitor.follow(&visitor.send_form(&form).await).await;
        onward.assert_page("On to County account");
        let there = onward.attributes("main .actions a", "href").remove(0);
        assert_eq!(onward.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url={there}")]);
        there
    }

    /// The same, and there and back, signed in at the provider as `who`.
    async fn through(&self, visitor: &Visitor, page: &str, action: &str, who: &str) -> Answer {
        let there = self.set_out(visitor, page, action).await;
        visitor.get(&self.oidc.log_in(&there, who).await).await
    }

    /// A stranger goes to the agency's sign-in and comes back as `who`.
    async fn come_in(&self, visitor: &Visitor, who: &str) -> Answer {
        self.through(visitor, "/sign-in?next=/cedar-river/partners", BEGIN, who).await
    }
}

/// Enters a provider, in use, as Cedar River's administrator.
async fn add(site: &Site, oidc: &Oidc, label: &str) {
    let (admin, issuer) = (site.visitor("admin").await, oidc.issuer());
    let entered = [
        ("issuer", issuer.as_str()),
        ("application", "common-table"),
        ("application_password", SECRET),
        ("label", label),
        ("active", "yes"),
    ];
    admin.fill(PROVIDERS, PROVIDERS, &entered).await.assert_goes_to(PROVIDERS).assert_flash("Provider added");
}

/// Presses a page's button of the provider with this label, signs in there as `who`, and comes back.
async fn through_one(site: &Site, visitor: &Visitor, (page, action): (&str, &str), (oidc, label): (&Oidc, &str), who: &str) -> Answer {
    site.clock.put(site.clock.now().max(Clock::default().now()));
    let id: String = site.peek(&format!("select id::text from sign_on_provider where label = '{label}'")).await;
    let form = visitor.get(page).await.filled(action, &[("provider", &id)]);
    let onward = visitor.follow(&visitor.send_form(&form).await).await;
    onward.assert_page(&format!("On to {label}"));
    let there = onward.attributes("main .actions a", "href").remove(0);
    visitor.get(&oidc.log_in(&there, who).await).await
}

/// Nobody was signed in, and the page says so.
#[track_caller]
fn nobody(visitor: &Visitor, answer: &Answer, heading: &str) {
    assert_eq!(answer.heading(), heading, "{}", answer.words());
    assert_eq!(visitor.cookie(SESSION_COOKIE), None, "nobody is signed in");
}

/// How many there are of what a sign-in could make.
async fn made(site: &Site) -> [i64; 4] {
    [
        site.count("account").await,
        site.count("membership").await,
        site.count("session").await,
        site.count("sign_on_identity where ended_at is null").await,
    ]
}
