//! The list of members, one membership, inviting, and the link that is shown once.

use super::{
    by_hand::{self, Waits},
    forms::{InviteForm, RoleForm, SuspensionForm},
    handover,
    me::{Channel, Reach},
    model::{AgencyRole, Carries, Member, OpenLink, Role, State, Unused, Who},
    paths,
    store::{self, INVITATION_DAYS, Narrowed},
};
use crate::{
    mail::Language,
    platform::{
        ids::MembershipId,
        paging::with_filters,
        policy::{ChangeRoles, InviteMembers, RenewLinks, StopMembers, ViewMembers},
        prelude::*,
    },
};
use askama::Template;
use axum::extract::State as Of;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;
use serde::Deserialize;

/// The routes of this slice.
pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "admin", path, form };
    Routes::new()
        .get(paths::Members::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Members::PATH, create, example("", "role=staff&name=Wren+Ashby&email=wren@example.org"))
        .limited(&limits::INVITATIONS)
        .get(paths::NewMember::PATH, new)
        .get(paths::MemberPage::PATH, show)
        .post(paths::Role::PATH, change_role, example("member=@analyst", "role=staff&version=@version"))
        .post(paths::Suspension::PATH, suspend, example("member=@facilitator", "why=On+leave+until+the+spring&version=@version"))
        .post(paths::TakingUp::PATH, take_up, example("member=@suspended", "version=@version"))
        .get(paths::Ending::PATH, ending)
        .post(paths::Ending::PATH, end, example("member=@suspended", "version=@version"))
        .get(paths::InvitationLink::PATH, link)
        .post(paths::InvitationLink::PATH, renew, example("member=@invited", ""))
        .limited(&limits::INVITATIONS)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    role: String,
    state: String,
    body: String,
    unused: String,
    single: String,
    page: String,
}

impl Filters {
    /// As they stand in the address.
    fn set(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.q),
            ("role", &self.role),
            ("state", &self.state),
            ("body", &self.body),
            ("unused", &self.unused),
            ("single", &self.single),
        ]
    }
}

#[derive(Template)]
#[template(path = "members/index.html")]
struct Index {
    here: Here,
    address: String,
    members: Paged<Member>,
    bodies: Vec<Choice>,
    /// How many the reader may know of and the filters leave.
    total: i64,
    /// The reader may know when somebody was last here.
    sees_use: bool,
    filters: Filters,
}

impl Index {
    /// The one choice besides all.
    fn singles(&self) -> [Choice; 1] {
        [Choice::new("yes", "Without one when last here")]
    }

    /// The agency's side, people without a body, then each body's people.
    fn groups(&self) -> Vec<(String, Vec<&Member>)> {
        let mut groups: Vec<(String, Vec<&Member>)> = Vec::new();
        for member in &self.members.rows {
            let heading = match (&member.body_name, member.community) {
                (Some(body), _) => body.clone(),
                (None, true) => "Community members".to_owned(),
                (None, false) => "The agency".to_owned(),
            };
            match groups.last_mut().filter(|(last, _)| *last == heading) {
                Some((_, rows)) => rows.push(member),
                None => groups.push((heading, vec![member])),
            }
        }
        groups
    }
}

#[derive(Template)]
#[template(path = "members/new.html")]
struct New {
    here: Here,
    form: InviteForm,
    problems: Problems,
    facilitators: Vec<Choice>,
    /// Roles on the agency's side that the reader gives.
    open: Vec<AgencyRole>,
}

#[derive(Template)]
#[template(path = "members/show.html")]
struct Show {
    here: Here,
    who: Who,
    member: Member,
    open_link: Option<OpenLink>,
    /// How they may be reached, where they let the reader know.
    reach: Option<Reach>,
    /// What the reader is to tell them.
    waits: Option<Waits>,
    form: RoleForm,
    /// Why they are to be suspended, as typed.
    suspension: SuspensionForm,
    problems: Problems,
    has_director: bool,
    carries: Carries,
}

impl Show {
    /// The role they have, and those that the reader may give instead.
    fn roles(&self) -> Vec<Choice> {
        let open = self.who.roles_to_give(Some(self.member.role), self.has_director);
        let present = AgencyRole::ALL.iter().filter(|role| role.as_str() == self.member.role.as_str());
        present
            .chain(open.iter().filter(|role| role.as_str() != self.member.role.as_str()))
            .map(|role| Choice::new(role.as_str(), role.label()))
            .collect()
    }
}

#[derive(Template)]
#[template(path = "members/ending.html")]
struct EndingPage {
    here: Here,
    member: Member,
    carries: Carries,
    problems: Problems,
}

impl EndingPage {
    fn question(&self) -> String {
        let name = &self.member.name;
        match (self.member.is_proposal(), self.here.is_agency_side()) {
            (true, true) => format!("Take back the proposal of {name}?"),
            (true, false) => format!("Decline {name}, whom the agency proposes?"),
            _ => format!("End the membership of {name}?"),
        }
    }

    fn button(&self) -> &'static str {
        match (self.member.is_proposal(), self.here.is_agency_side()) {
            (true, true) => "Take the proposal back",
            (true, false) => "Decline the proposal",
            _ => "End the membership",
        }
    }
}

#[derive(Template)]
#[template(path = "members/invitation.html")]
struct LinkPage {
    here: Here,
    who: Who,
    member: Member,
    link: Option<String>,
    open_link: Option<OpenLink>,
}

impl LinkPage {
    /// The open link that a letter brings.
    fn by_letter(&self) -> Option<&OpenLink> {
        self.open_link.as_ref().filter(|open| open.by_letter)
    }
}

async fn index(can: Can<ViewMembers>, at: paths::Members, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let body = filters.body.parse().ok();
    let (who, unused) = (Who::of(&can), Unused::parse(&filters.unused));
    let narrowed = Narrowed {
        words: filters.q.trim(),
        role: &filters.role,
        state: &filters.state,
        body,
        unused,
        single: filters.single == "yes",
        member: None,
    };
    let listed = can.read(async |tx| store::list(tx, who, &narrowed, paging).await).await?;
    let members = paging.of(listed.members, &with_filters(&at.to_string(), &filters.set()));
    let (bodies, total, sees_use) = (listed.bodies, listed.total, who.sees_use());
    Ok(Page(Index { here: can.here(), address: at.to_string(), members, bodies, total, sees_use, filters }))
}

async fn new(can: Can<InviteMembers>, _: paths::NewMember) -> Result<Page<New>, Error> {
    let (facilitators, open) = offered(&can).await?;
    Ok(Page(New { here: can.here(), form: InviteForm::default(), problems: Problems::default(), facilitators, open }))
}

/// The facilitators whom an invitation may name, and the roles that this person gives.
async fn offered(can: &Can<InviteMembers>) -> Result<(Vec<Choice>, Vec<AgencyRole>), Error> {
    let (facilitators, has_director) = can.read(async |tx| Ok((store::facilitators(tx).await?, store::has_director(tx).await?))).await?;
    Ok((facilitators, Who::of(can).roles_to_give(None, has_director)))
}

async fn create(can: Can<InviteMembers>, _: paths::Members, Form(form): Form<InviteForm>) -> Result<Response, Error> {
    let (facilitators, open) = offered(&can).await?;
    let (here, mut made) = (can.here(), None);
    let written = match form.parse() {
        Ok(new) => {
            let invite = async |tx: &mut AgencyTx| {
                let (id, link) = store::invite(tx, &can, &new).await?;
                made = Some((id, link));
                Ok(Done::at(paths::invitation(can.slug(), id), "Invitation made"))
            };
            can.write(invite).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    handover::carry(written, made).or_again(|problems| New { here, form, problems, facilitators, open })
}

type Found = (Member, Option<OpenLink>, Option<Reach>, Option<Waits>, (bool, Carries));

/// A membership with what its reader may know besides: the open link, how to reach the person and what
/// to tell them, whether a director serves, and what goes with them.
async fn found(asker: &Asker, id: MembershipId) -> Result<Found, Error> {
    let find = async |tx: &mut AgencyTx| {
        let member = store::find(tx, Who::of(asker), id).await?;
        let (reach, waits) = (store::reach_of(tx, id).await?, by_hand::waits_for(tx, id).await?);
        Ok((member, store::open_link(tx, id).await?, reach, waits, (store::has_director(tx).await?, store::carries(tx, id).await?)))
    };
    asker.read(find).await
}

fn show_page(can: &Asker, (member, open_link, reach, waits, (has_director, carries)): Found, form: RoleForm, problems: Problems) -> Show {
    let suspension = SuspensionForm::default();
    Show { here: can.here(), who: Who::of(can), member, open_link, reach, waits, form, suspension, problems, has_director, carries }
}

async fn show(can: Can<ViewMembers>, at: paths::MemberPage) -> Result<Page<Show>, Error> {
    let found = found(&can, at.member).await?;
    let form = RoleForm { role: found.0.role.as_str().to_owned() };
    Ok(Page(show_page(&can, found, form, Problems::default())))
}

async fn change_role(can: Can<ChangeRoles>, at: paths::Role, Form(form): Form<RoleForm>) -> Result<Response, Error> {
    let found = found(&can, at.member).await?;
    let written = match form.parse() {
        Ok(role) => {
            let change = async |tx: &mut AgencyTx| {
                store::change_role(tx, &can, at.member, role).await?;
                Ok(Done::at(paths::member(can.slug(), at.member), role_changed(&found.0)))
            };
            can.write(change).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems =
            problems.since(can.version(), found.0.version).with_theirs(&RoleForm { role: found.0.role.as_str().to_owned() }, &form);
        show_page(&can, found, form, problems)
    })
}

/// What is said once a role is changed, and what went with the one before.
fn role_changed(before: &Member) -> &'static str {
    if before.sees_landscape {
        "Role changed, from their next page on. The landscape of ratings is closed to them; a director opens it again to staff, on this page"
    } else {
        "Role changed. It holds from their next page on"
    }
}

async fn suspend(can: Can<StopMembers>, at: paths::Suspension, Form(form): Form<SuspensionForm>) -> Result<Response, Error> {
    let found = found(&can, at.member).await?;
    if !Who::of(&can).may_suspend(&found.0) && found.0.state != State::Ended {
        return Err(Error::NotAllowed);
    }
    let written = match form.parse() {
        Ok((why, sure)) => {
            let suspend = async |tx: &mut AgencyTx| {
                store::suspend(tx, &can, at.member, (&why, sure)).await?;
                Ok(Done::at(paths::member(can.slug(), at.member), "Suspended. They are out from their next page on"))
            };
            can.write(suspend).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let role = RoleForm { role: found.0.role.as_str().to_owned() };
        let problems = problems.since(can.version(), found.0.version);
        Show { suspension: form, ..show_page(&can, found, role, problems) }
    })
}

async fn take_up(can: Can<StopMembers>, at: paths::TakingUp) -> Result<Response, Error> {
    let take_up = async |tx: &mut AgencyTx| {
        store::take_up(tx, &can, at.member).await?;
        Ok(Done::at(paths::member(can.slug(), at.member), "Taken up again"))
    };
    can.write(take_up).await
}

/// Whoever comes back to it once it is done is told so.
async fn ending(can: Can<StopMembers>, at: paths::Ending) -> Result<Response, Error> {
    let (member, carries) = to_end(&can, at.member).await?;
    if member.state == State::Ended {
        return Ok(Done::at(paths::member(can.slug(), at.member), "This membership has ended").into_response());
    }
    if !Who::of(&can).may_end(&member) {
        return Err(Error::NotAllowed);
    }
    Ok(Page(EndingPage { here: can.here(), member, carries, problems: Problems::default() }).into_response())
}

async fn to_end(can: &Can<StopMembers>, id: MembershipId) -> Result<(Member, Carries), Error> {
    can.read(async |tx| Ok((store::find(tx, Who::of(can), id).await?, store::carries(tx, id).await?))).await
}

async fn end(can: Can<StopMembers>, at: paths::Ending) -> Result<Response, Error> {
    let (member, carries) = to_end(&can, at.member).await?;
    let end = async |tx: &mut AgencyTx| {
        store::end(tx, &can, at.member).await?;
        let told = match (member.is_proposal(), can.hat().is_agency_side()) {
            (true, true) => "Proposal taken back",
            (true, false) => "Proposal declined. They were never let in",
            _ => "Membership ended",
        };
        Ok(Done::at(paths::members(can.slug()), told))
    };
    can.write(end).await.or_again(|problems| EndingPage { here: can.here(), member, carries, problems })
}

async fn link(can: Can<RenewLinks>, at: paths::InvitationLink, headers: HeaderMap, Of(app): Of<App>) -> Result<Response, Error> {
    let who = Who::of(&can);
    let (member, open_link) =
        can.read(async |tx| Ok((store::find(tx, who, at.member).await?, store::open_link(tx, at.member).await?))).await?;
    let link = handover::carried(&headers, at.member).map(|token| format!("{}/invitations/{}", app.settings.public_url, token.reveal()));
    Ok(handover::spent(Page(LinkPage { here: can.here(), who, member, link, open_link })))
}

async fn renew(can: Can<RenewLinks>, at: paths::InvitationLink) -> Result<Response, Error> {
    let mut made = None;
    let renew = async |tx: &mut AgencyTx| {
        made = Some((at.member, store::renew_link(tx, &can, at.member).await?));
        let told = if made.as_ref().is_some_and(|(_, link)| link.is_none()) {
            "A new letter is on its way. The link before has ended"
        } else {
            "New link made. The one before has ended"
        };
        Ok(Done::at(paths::invitation(can.slug(), at.member), told))
    };
    handover::carry(can.write(renew).await, made)
}
