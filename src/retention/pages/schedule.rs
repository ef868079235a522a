//! The schedule, one rule, and what is due of a kind.

use super::super::{
    forms::{InvitedForm, RuleForm},
    model::{Decision, Destruction, Due, InvitedKept, Kept, Rule},
    paths,
    store::{destructions, schedule as store},
};
use crate::platform::{
    policy::{KeepRetention, SeeRetention},
    prelude::*,
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Number {
    page: String,
}

#[derive(Template)]
#[template(path = "retention/index.html")]
pub(super) struct Index {
    here: Here,
    rules: Vec<Rule>,
    invited: InvitedKept,
    proposals: Paged<Destruction>,
}

pub(super) async fn index(can: Can<SeeRetention>, at: paths::Retention, Query(query): Query<Number>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&query.page);
    let ((rules, invited), rows) = can.read(async |tx| Ok((store::rules(tx).await?, destructions::list(tx, paging).await?))).await?;
    Ok(Page(Index { here: can.here(), rules, invited, proposals: paging.of(rows, &at.to_string()) }))
}

fn kept(text: &str) -> Result<Kept, Error> {
    Kept::parse(text).ok_or(Error::NotFound)
}

#[derive(Template)]
#[template(path = "retention/rule.html")]
pub(super) struct Edit {
    here: Here,
    rule: Rule,
    form: RuleForm,
    problems: Problems,
}

pub(super) async fn edit(can: Can<KeepRetention>, at: paths::RulePage) -> Result<Page<Edit>, Error> {
    let kind = kept(&at.kept)?;
    let rule = can.read(async |tx| store::rule(tx, kind).await).await?;
    Ok(Page(Edit { here: can.here(), form: RuleForm::of(&rule), rule, problems: Problems::default() }))
}

pub(super) async fn set(can: Can<KeepRetention>, at: paths::RulePage, Form(form): Form<RuleForm>) -> Result<Response, Error> {
    let kind = kept(&at.kept)?;
    let rule = can.read(async |tx| store::rule(tx, kind).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let set = async |tx: &mut AgencyTx| {
                store::set(tx, &can, kind, &new).await?;
                Ok(Done::at(paths::retention(can.slug()), "Schedule changed. Nothing is destroyed by it alone"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), rule.version).with_theirs(&RuleForm::of(&rule), &form);
        Edit { here: can.here(), rule, form, problems }
    })
}

#[derive(Template)]
#[template(path = "retention/invited.html")]
pub(super) struct EditInvited {
    here: Here,
    kept: InvitedKept,
    form: InvitedForm,
    problems: Problems,
}

pub(super) async fn edit_invited(can: Can<KeepRetention>, _: paths::InvitedPage) -> Result<Page<EditInvited>, Error> {
    let (_, kept) = can.read(async |tx| store::rules(tx).await).await?;
    Ok(Page(EditInvited { here: can.here(), form: InvitedForm::of(kept), kept, problems: Problems::default() }))
}

pub(super) async fn set_invited(can: Can<KeepRetention>, _: paths::InvitedPage, Form(form): Form<InvitedForm>) -> Result<Response, Error> {
    let (_, kept) = can.read(async |tx| store::rules(tx).await).await?;
    let written = match form.parse() {
        Ok(days) => {
            let set = async |tx: &mut AgencyTx| {
                store::set_invited(tx, &can, days).await?;
                Ok(Done::at(paths::retention(can.slug()), "Schedule changed. Nobody who was invited before is kept for longer by it"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), kept.version).with_theirs(&InvitedForm::of(kept), &form);
        EditInvited { here: can.here(), kept, form, problems }
    })
}

#[derive(Template)]
#[template(path = "retention/due.html")]
pub(super) struct DueList {
    here: Here,
    rule: Rule,
    records: Paged<Due>,
    problems: Problems,
}

async fn listed(asker: &Asker, kind: Kept, page: &str) -> Result<DueList, Error> {
    let paging = Paging::from_text(page);
    let (rule, rows) = asker
        .read(async |tx| {
            let rule = store::rule(tx, kind).await?;
            let rows = store::due(tx, &rule, paging).await?;
            Ok((rule, rows))
        })
        .await?;
    let records = paging.of(rows, &paths::due(asker.slug(), kind.as_str()));
    Ok(DueList { here: asker.here(), rule, records, problems: Problems::default() })
}

pub(super) async fn due(can: Can<SeeRetention>, at: paths::DuePage, Query(query): Query<Number>) -> Result<Page<DueList>, Error> {
    Ok(Page(listed(&can, kept(&at.kept)?, &query.page).await?))
}

pub(super) async fn propose(can: Can<KeepRetention>, at: paths::DuePage) -> Result<Response, Error> {
    let kind = kept(&at.kept)?;
    let again = listed(&can, kind, "").await?;
    let propose = async |tx: &mut AgencyTx| {
        let id = destructions::propose(tx, &can, kind).await?;
        Ok(Done::at(paths::destruction(can.slug(), id), "Proposed. A director decides, and stewards are asked about words of their bodies"))
    };
    can.write(propose).await.or_again(|problems| DueList { problems, ..again })
}
