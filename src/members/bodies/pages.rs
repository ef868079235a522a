//! Proposing, admitting, mandates, a first steward's recorded act, and the changes that a body's stewards see.

use super::{
    super::{
        handover,
        model::{Member, Who},
        paths,
        store::find,
    },
    forms::{AdmissionForm, FirstStewardForm, MandateForm, ProposalForm},
    model::{Document, ListedAct, OwnAct, RecordedAct},
    store,
};
use crate::{
    accounts::Code,
    audit,
    mail::Language,
    platform::{
        ids::MembershipId,
        policy::{AdmitToBody, ConfirmActs, Hat, ManageMembers, RecordStewards, SeeMemberChanges},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;
use serde::Deserialize;

/// The routes of this slice.
pub(in crate::members) fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let act = "body=@sanmiguel&name=Luz+Aguilar&email=luz@example.org&document=letter&dated=2026-01-15&reference=Letter+of+the+parish+council&received_by=@director";
    Routes::new()
        .get(paths::NewProposal::PATH, new_proposal)
        .post(paths::Proposals::PATH, propose, example("admin", "", "body=@kinship&name=Hollis+Marchetti"))
        .limited(&limits::INVITATIONS)
        .get(paths::NewAdmission::PATH, new_admission)
        .post(paths::Admissions::PATH, invite, example("tribe", "", "name=Ada+Greywater&email=ada@example.org"))
        .limited(&limits::INVITATIONS)
        .get(paths::Admission::PATH, admission)
        .post(
            paths::Admission::PATH,
            admit,
            example("tribe", "member=@proposed", "name=Leona+Birchfield&email=leona@example.org&version=@version"),
        )
        .limited(&limits::INVITATIONS)
        .get(paths::Mandate::PATH, mandate)
        .post(paths::Mandate::PATH, give, example("tribe", "member=@tribe_member", "speaks=yes&version=@version"))
        .get(paths::NewFirstSteward::PATH, new_first_steward)
        .get(paths::FirstStewards::PATH, acts)
        .post(paths::FirstStewards::PATH, record_act, example("staff", "", act))
        .limited(&limits::INVITATIONS)
        .post(paths::ActConfirmation::PATH, confirm_act, example("director", "member=@act_waiting", ""))
        .get(paths::StewardCode::PATH, steward_code)
        .post(paths::StewardCode::PATH, renew_code, example("staff", "member=@act_waiting", ""))
        .get(paths::Changes::PATH, changes)
}

#[derive(Template)]
#[template(path = "members/proposal.html")]
struct ProposalPage {
    here: Here,
    form: ProposalForm,
    problems: Problems,
    bodies: Vec<Choice>,
}

async fn new_proposal(can: Can<ManageMembers>, _: paths::NewProposal) -> Result<Page<ProposalPage>, Error> {
    let bodies = can.read(async |tx| store::bodies(tx, false).await).await?;
    Ok(Page(ProposalPage { here: can.here(), form: ProposalForm::default(), problems: Problems::default(), bodies }))
}

async fn propose(can: Can<ManageMembers>, _: paths::Proposals, Form(form): Form<ProposalForm>) -> Result<Response, Error> {
    let bodies = can.read(async |tx| store::bodies(tx, false).await).await?;
    let written = match form.parse() {
        Ok(proposed) => {
            let propose = async |tx: &mut AgencyTx| {
                let id = store::propose(tx, &can, &proposed).await?;
                Ok(Done::at(paths::member(can.slug(), id), "Proposed. The body’s steward decides"))
            };
            can.write(propose).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| ProposalPage { here: can.here(), form, problems, bodies })
}

#[derive(Template)]
#[template(path = "members/admission.html")]
struct AdmissionPage {
    here: Here,
    /// None: nobody proposed them.
    member: Option<Member>,
    form: AdmissionForm,
    problems: Problems,
}

async fn new_admission(can: Can<AdmitToBody>, _: paths::NewAdmission) -> Page<AdmissionPage> {
    Page(AdmissionPage { here: can.here(), member: None, form: AdmissionForm::default(), problems: Problems::default() })
}

async fn invite(can: Can<AdmitToBody>, _: paths::Admissions, Form(form): Form<AdmissionForm>) -> Result<Response, Error> {
    let mut made = None;
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
    handover::carry(written, made).or_again(|problems| AdmissionPage { here: can.here(), member: None, form, problems })
}

async fn admission(can: Can<AdmitToBody>, at: paths::Admission) -> Result<Page<AdmissionPage>, Error> {
    let who = Who::of(&can);
    let member = can.read(async |tx| find(tx, who, at.member).await).await?;
    if !who.may_admit(&member) {
        return Err(Error::NotFound);
    }
    let form = AdmissionForm { name: member.name.clone(), ..AdmissionForm::default() };
    Ok(Page(AdmissionPage { here: can.here(), member: Some(member), form, problems: Problems::default() }))
}

async fn admit(can: Can<AdmitToBody>, at: paths::Admission, Form(form): Form<AdmissionForm>) -> Result<Response, Error> {
    let member = can.read(async |tx| find(tx, Who::of(&can), at.member).await).await?;
    let mut made = None;
    let written = match form.parse() {
        Ok(new) => {
            let admit = async |tx: &mut AgencyTx| {
                made = Some((at.member, store::admit(tx, &can, at.member, &new).await?));
                let told = if can.here().sends_letters() {
                    "Admitted. A letter is on its way to them"
                } else {
                    "Admitted. Pass the link on to them"
                };
                Ok(Done::at(paths::invitation(can.slug(), at.member), told))
            };
            can.write(admit).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    handover::carry(written, made).or_again(|problems| AdmissionPage { here: can.here(), member: Some(member), form, problems })
}

#[derive(Template)]
#[template(path = "members/mandate.html")]
struct MandatePage {
    here: Here,
    member: Member,
    form: MandateForm,
    problems: Problems,
}

async fn mandate(can: Can<AdmitToBody>, at: paths::Mandate) -> Result<Page<MandatePage>, Error> {
    let who = Who::of(&can);
    let member = can.read(async |tx| find(tx, who, at.member).await).await?;
    if !who.may_give_mandate(&member) {
        return Err(Error::NotFound);
    }
    let form = MandateForm::of(&member);
    Ok(Page(MandatePage { here: can.here(), member, form, problems: Problems::default() }))
}

async fn give(can: Can<AdmitToBody>, at: paths::Mandate, Form(form): Form<MandateForm>) -> Result<Response, Error> {
    let member = can.read(async |tx| find(tx, Who::of(&can), at.member).await).await?;
    let written = match form.parse() {
        Ok(mandate) => {
            let give = async |tx: &mut AgencyTx| {
                store::give(tx, &can, at.member, &mandate).await?;
                Ok(Done::at(paths::member(can.slug(), at.member), "Mandate saved"))
            };
            can.write(give).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), member.version).with_theirs(&MandateForm::of(&member), &form);
        MandatePage { here: can.here(), member, form, problems }
    })
}

#[derive(Template)]
#[template(path = "members/first_steward.html")]
struct FirstStewardPage {
    here: Here,
    form: FirstStewardForm,
    problems: Problems,
    bodies: Vec<Choice>,
    receivers: Vec<Choice>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct For {
    body: String,
}

async fn new_first_steward(
    can: Can<RecordStewards>,
    _: paths::NewFirstSteward,
    Query(of): Query<For>,
) -> Result<Page<FirstStewardPage>, Error> {
    let (bodies, receivers) = can.read(async |tx| Ok((store::bodies(tx, true).await?, store::receivers(tx).await?))).await?;
    let form = FirstStewardForm { body: of.body, ..FirstStewardForm::default() };
    Ok(Page(FirstStewardPage { here: can.here(), form, problems: Problems::default(), bodies, receivers }))
}

async fn record_act(can: Can<RecordStewards>, _: paths::FirstStewards, Form(form): Form<FirstStewardForm>) -> Result<Response, Error> {
    let (bodies, receivers) = can.read(async |tx| Ok((store::bodies(tx, true).await?, store::receivers(tx).await?))).await?;
    let mut made = None;
    let written = match form.parse(can.today()) {
        Ok(act) => {
            let record = async |tx: &mut AgencyTx| {
                let (id, code) = store::record_act(tx, &can, &act).await?;
                made = Some((id, code));
                Ok(Done::at(
                    paths::steward_code(can.slug(), id),
                    "Act recorded. The one who received it confirms it, then the link is made",
                ))
            };
            can.write(record).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    handover::carry_code(written, made).or_again(|problems| FirstStewardPage { here: can.here(), form, problems, bodies, receivers })
}

#[derive(Template)]
#[template(path = "members/code.html")]
struct CodePage {
    here: Here,
    act: OwnAct,
    code: Option<Code>,
}

async fn steward_code(can: Can<RecordStewards>, at: paths::StewardCode, headers: HeaderMap) -> Result<Response, Error> {
    let act = can.read(async |tx| store::own_act(tx, &can, at.member).await).await?;
    let code = handover::carried_code(&headers, at.member);
    Ok(handover::spent(Page(CodePage { here: can.here(), act, code })))
}

async fn renew_code(can: Can<RecordStewards>, at: paths::StewardCode) -> Result<Response, Error> {
    let mut made = None;
    let renew = async |tx: &mut AgencyTx| {
        made = Some((at.member, store::renew_code(tx, &can, at.member).await?));
        Ok(Done::at(paths::steward_code(can.slug(), at.member), "New code made. The one before has ended"))
    };
    handover::carry_code(can.write(renew).await, made)
}

#[derive(Template)]
#[template(path = "members/acts.html")]
struct ActsPage {
    here: Here,
    me: MembershipId,
    acts: Paged<ListedAct>,
    problems: Problems,
}

impl ActsPage {
    /// The reader wrote the act down, or received it: they check the address.
    fn concerns(&self, act: &ListedAct) -> bool {
        act.receiver == self.me || act.recorder == Some(self.me)
    }

    /// The reader makes its code.
    fn wants_code(&self, act: &ListedAct) -> bool {
        act.recorder == Some(self.me) && act.wants_code() && self.here.can("RecordStewards")
    }
}

async fn acts_page(can: &Can<ConfirmActs>, page: &str) -> Result<ActsPage, Error> {
    let paging = Paging::from_text(page);
    let rows = can.read(async |tx| store::all_acts(tx, paging).await).await?;
    let acts = paging.of(rows, &paths::first_stewards(can.slug()));
    Ok(ActsPage { here: can.here(), me: can.me(), acts, problems: Problems::default() })
}

async fn acts(can: Can<ConfirmActs>, _: paths::FirstStewards, Query(from): Query<At>) -> Result<Page<ActsPage>, Error> {
    Ok(Page(acts_page(&can, &from.page).await?))
}

async fn confirm_act(can: Can<ConfirmActs>, at: paths::ActConfirmation) -> Result<Response, Error> {
    let mut made = None;
    let confirm = async |tx: &mut AgencyTx| {
        made = Some((at.member, store::confirm_act(tx, &can, at.member).await?));
        let told = if can.here().sends_letters() {
            "Confirmed. A letter is on its way to the steward"
        } else {
            "Confirmed. Pass the link on to the steward"
        };
        Ok(Done::at(paths::invitation(can.slug(), at.member), told))
    };
    let written = can.write(confirm).await;
    let again = acts_page(&can, "").await?;
    handover::carry(written, made).or_again(|problems| ActsPage { problems, ..again })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    page: String,
}

#[derive(Template)]
#[template(path = "members/changes.html")]
struct ChangesPage {
    here: Here,
    /// Of the agency's side, for a director; of their body, for a steward.
    of_agency: bool,
    entries: Paged<audit::Entry>,
    acts: Vec<RecordedAct>,
}

async fn changes(can: Can<SeeMemberChanges>, at: paths::Changes, Query(from): Query<At>) -> Result<Page<ChangesPage>, Error> {
    let (paging, of_agency) = (Paging::from_text(&from.page), can.hat() == Hat::Director);
    let (rows, acts) = can
        .read(async |tx| {
            if of_agency {
                return Ok((audit::of_members(tx, None, paging).await?, Vec::new()));
            }
            store::changes(tx, can.body().ok_or(Error::NotFound)?, paging).await
        })
        .await?;
    Ok(Page(ChangesPage { here: can.here(), of_agency, entries: paging.of(rows, &at.to_string()), acts }))
}
