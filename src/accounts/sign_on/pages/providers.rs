//! The administrator's pages: the agency's providers, and who of its own side comes in through them.

use super::super::{
    forms::{ProviderForm, RuleForm},
    model::{Entered, Kept, Person, Required},
    protocol::{self, Fault},
    store,
};
use crate::{
    accounts::paths,
    platform::{ids::ProviderId, policy::ManageSettings, prelude::*},
};
use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

const EXAMPLE: &str = "issuer=https://login.example.org&application=common-table&application_password=another+secret&label=County+account\
    &levels=https://refeds.org/profile/mfa&counts_methods=yes&needs_second=yes";
const CHANGE: &str = "issuer=https://login.example.org/new&application=common-table&label=County+sign-in&version=@version";

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "admin", path, form };
    Routes::new()
        .get(paths::Providers::PATH, index)
        .post(paths::Providers::PATH, add, example("", EXAMPLE))
        .get(paths::ProviderPage::PATH, show)
        .post(paths::ProviderPage::PATH, keep, example("provider=@provider", CHANGE))
        .get(paths::NoProvider::PATH, ask_remove)
        .post(paths::NoProvider::PATH, remove, example("provider=@provider", ""))
        .post(paths::SignOnRule::PATH, require, example("", "required=no"))
        .get(paths::SignOnPeople::PATH, people)
        .post(paths::NoSignOnPerson::PATH, take_off, example("identity=@identity", ""))
}

#[derive(Template)]
#[template(path = "accounts/providers.html")]
struct ProvidersPage {
    here: Here,
    providers: Vec<Kept>,
    required: Required,
    back: String,
    left: String,
    told: String,
    form: ProviderForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "accounts/provider.html")]
struct ProviderPage {
    here: Here,
    kept: Kept,
    back: String,
    left: String,
    told: String,
    form: ProviderForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "accounts/sign_on_people.html")]
struct PeoplePage {
    here: Here,
    people: Paged<Person>,
}

impl ProvidersPage {
    async fn of(can: &Can<ManageSettings>, app: &App) -> Result<Self, Error> {
        let (providers, required) = can.read(async |tx| Ok((store::list(tx).await?, store::required(tx).await?))).await?;
        let [back, left, told] = addresses(can, app);
        let form = ProviderForm { counts_methods: "yes".to_owned(), ..ProviderForm::default() };
        Ok(Self { here: can.here(), providers, required, back, left, told, form, problems: Problems::default() })
    }
}

/// What is registered at a provider.
fn addresses(can: &Can<ManageSettings>, app: &App) -> [String; 3] {
    [protocol::address_back(app, can.slug()), protocol::address_left(app, can.slug()), protocol::address_told(app, can.slug())]
}

async fn index(can: Can<ManageSettings>, _: paths::Providers, State(app): State<App>) -> Result<Page<ProvidersPage>, Error> {
    Ok(Page(ProvidersPage::of(&can, &app).await?))
}

async fn add(
    can: Can<ManageSettings>,
    _: paths::Providers,
    State(app): State<App>,
    Form(form): Form<ProviderForm>,
) -> Result<Response, Error> {
    let now = ProvidersPage::of(&can, &app).await?;
    let written = match usable(&app, form.parse(true)).await {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                store::add(tx, &can, app.settings.keys.as_ref(), &new).await?;
                Ok(Done::at(paths::providers(can.slug()), "Provider added"))
            };
            can.write(add).await
        }
        Err(refused) => Err(refused),
    };
    written.or_again(|problems| ProvidersPage { form, problems, ..now })
}

/// What was entered, once a provider that is to be in use was tried out.
async fn usable(app: &App, entered: Result<Entered, Problems>) -> Result<Entered, Error> {
    let entered = entered.map_err(Error::Refused)?;
    if !entered.active {
        return Ok(entered);
    }
    let told = match protocol::try_out(app, &entered.issuer).await {
        Ok(()) => return Ok(entered),
        Err(Fault::Barred(why)) => format!("Enter another issuer, or ask whoever runs this site to allow this one: {why}"),
        Err(Fault::Away(_)) => {
            "Check the issuer: nothing that can be read comes from there. You may keep it “not in use” meanwhile".to_owned()
        }
        Err(Fault::Unsound(_) | Fault::TooLittle(_)) => {
            "Check the issuer to the letter: the provider calls itself otherwise, or publishes no keys".to_owned()
        }
    };
    Err(Error::refused("issuer", told))
}

async fn page_of(can: &Can<ManageSettings>, app: &App, id: ProviderId) -> Result<ProviderPage, Error> {
    let kept = can.read(async |tx| store::find(tx, id).await).await?;
    let tick = |on: bool| if on { "yes" } else { "" }.to_owned();
    let (issuer, application, label, levels) = (kept.issuer.clone(), kept.application.clone(), kept.label.clone(), kept.levels.clone());
    let (active, counts_methods, needs_second) = (tick(kept.active), tick(kept.counts_methods), tick(kept.needs_second));
    let form = ProviderForm { issuer, application, label, active, levels, counts_methods, needs_second, ..ProviderForm::default() };
    let [back, left, told] = addresses(can, app);
    Ok(ProviderPage { here: can.here(), kept, back, left, told, form, problems: Problems::default() })
}

async fn show(can: Can<ManageSettings>, at: paths::ProviderPage, State(app): State<App>) -> Result<Page<ProviderPage>, Error> {
    Ok(Page(page_of(&can, &app, at.provider).await?))
}

async fn keep(
    can: Can<ManageSettings>,
    at: paths::ProviderPage,
    State(app): State<App>,
    Form(form): Form<ProviderForm>,
) -> Result<Response, Error> {
    let now = page_of(&can, &app, at.provider).await?;
    let written = match usable(&app, form.parse(!now.kept.has_secret)).await {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, app.settings.keys.as_ref(), (&now.kept, &new)).await?;
                Ok(Done::at(paths::providers(can.slug()), "Provider saved"))
            };
            can.write(keep).await
        }
        Err(refused) => Err(refused),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.kept.version).with_theirs(&now.form, &form);
        ProviderPage { form, problems, ..now }
    })
}

async fn ask_remove(can: Can<ManageSettings>, at: paths::NoProvider) -> Result<Page<Question>, Error> {
    let kept = can.read(async |tx| store::find(tx, at.provider).await).await?;
    Ok(Page(Question {
        here: can.here(),
        heading: "Take this provider away?",
        about: format!("Nobody comes in through {} then. Whoever has another way in uses that.", kept.label),
        note: "Its secret is destroyed. If you enter the same provider again, the people who joined it come in as before.",
        action: at.to_string(),
        button: "Take the provider away",
        back: paths::providers(can.slug()),
    }))
}

async fn remove(can: Can<ManageSettings>, at: paths::NoProvider, State(app): State<App>) -> Result<Response, Error> {
    let remove = async |tx: &mut AgencyTx| {
        store::remove(tx, &can, at.provider).await?;
        Ok(Done::at(paths::providers(can.slug()), "Provider taken away"))
    };
    match can.write(remove).await {
        // The only one, and needed: its own page says so.
        Err(Error::Refused(problems)) => Ok(Again(ProviderPage { problems, ..page_of(&can, &app, at.provider).await? }).into_response()),
        written => written,
    }
}

async fn require(
    can: Can<ManageSettings>,
    _: paths::SignOnRule,
    State(app): State<App>,
    Form(form): Form<RuleForm>,
) -> Result<Response, Error> {
    let now = ProvidersPage::of(&can, &app).await?;
    let yes = form.required == "yes";
    let require = async |tx: &mut AgencyTx| {
        store::require(tx, &can, yes).await?;
        let said = if yes { "Required from now on, of the agency’s own side" } else { "Not required any more" };
        Ok(Done::at(paths::providers(can.slug()), said))
    };
    can.write(require).await.or_again(|problems| ProvidersPage { problems, ..now })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    page: String,
}

async fn people(can: Can<ManageSettings>, _: paths::SignOnPeople, Query(at): Query<At>) -> Result<Page<PeoplePage>, Error> {
    let paging = Paging::from_text(&at.page);
    let rows = can.read(async |tx| store::people(tx, paging).await).await?;
    Ok(Page(PeoplePage { here: can.here(), people: paging.of(rows, &paths::sign_on_people(can.slug())) }))
}

async fn take_off(can: Can<ManageSettings>, at: paths::NoSignOnPerson) -> Result<Response, Error> {
    let take = async |tx: &mut AgencyTx| {
        store::take_off(tx, &can, at.identity).await?;
        Ok(Done::at(paths::sign_on_people(can.slug()), "Taken off. It opens nothing here from now on"))
    };
    can.write(take).await
}
