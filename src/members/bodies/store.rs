//! A body's own people in and out. Row security holds the same rules once more (0070_members.sql).

use super::{
    super::{
        model::{Member, Role, State, Who},
        paths,
        store::{find, fresh, insert, is_of_body, make_link, of_member},
    },
    model::{Act, Admitted, Document, ListedAct, Mandate, OwnAct, RecordedAct},
};
use crate::{
    accounts::Code,
    audit::{self, Change},
    mail::Language,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::{AdmitToBody, ConfirmActs, ManageMembers, RecordStewards},
        session::Token,
    },
};
use sqlx::types::Json;

/// All bodies, as choices of a form; only those that have no steward in any of their entries, if so wished.
pub(super) async fn bodies(tx: &mut AgencyTx, without_steward: bool) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select p.id, p.name from partner p
         where p.agency_id = $1 and p.merged_into is null
           and not ($2 and exists (select 1 from membership m join partner e on e.agency_id = m.agency_id and e.id = m.partner_id
                                   where m.agency_id = p.agency_id and coalesce(e.merged_into, e.id) = p.id and m.steward
                                   and m.state in ('accepted', 'active', 'suspended')))
         order by p.is_tribe desc, p.sort_name, p.id",
        agency.0,
        without_steward,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// Who may have received a body's document: another person of the agency than the asker, whatever hat either wears; where the
/// agency has a director, one whom the asker did not invite.
pub(super) async fn receivers(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select id, name, role from membership
         where agency_id = $1 and role in ('director', 'staff', 'administrator') and state = 'active' and receives_for_another(id)
         order by name, id",
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.name, row.role))).collect())
}

async fn is_body(tx: &mut AgencyTx, body: PartnerId) -> Result<bool, Error> {
    let agency = tx.agency();
    let found = sqlx::query_scalar!(
        r#"select exists (select 1 from partner where agency_id = $1 and id = $2 and merged_into is null) as "found!""#,
        agency.0,
        body.0,
    );
    Ok(found.fetch_one(tx.conn()).await?)
}

/// An administrator proposes; nothing opens until the body's steward admits.
pub(super) async fn propose(
    tx: &mut AgencyTx,
    can: &Can<ManageMembers>,
    (body, name, again): &(PartnerId, String, bool),
) -> Result<MembershipId, Error> {
    let body = *body;
    if !is_body(tx, body).await? {
        return Err(Error::refused("body", "Choose the body they come for"));
    }
    if bodies(tx, true).await?.iter().any(|choice| choice.value == body.to_string()) {
        return Err(Error::refused("body", "No steward serves there: record the body’s act first"));
    }
    if !*again && is_of_body(tx, body, name).await? {
        let told = "Tick this if it is somebody else: a person of this name is with the body already, or proposed to it";
        return Err(Error::refused("again", told));
    }
    let id = insert(tx, name, Role::Partner, Some(body), State::Proposed).await?;
    audit::record(tx, Change::of_member("proposed", id, Some(SubjectId(body.0)))).await?;
    let by = can.member().map_or_else(String::new, |member| member.name.clone());
    let said = format!("{by} proposes {name} as one of your body’s people. You admit them, or decline");
    notices::tell_stewards(tx, body, &Notice { kind: "membership", said, path: paths::changes(can.slug()) }).await?;
    Ok(id)
}

/// A steward invites one of the body's people.
pub(super) async fn invite(tx: &mut AgencyTx, can: &Can<AdmitToBody>, new: &Admitted) -> Result<(MembershipId, Option<Token>), Error> {
    let body = can.body().ok_or(Error::NotAllowed)?;
    let id = insert(tx, &new.name, Role::Partner, Some(body), State::Invited).await?;
    let link = make_link(tx, can, id, &new.email, new.language).await?;
    audit::record(tx, Change::of_member("invited", id, Some(SubjectId(body.0)))).await?;
    Ok((id, link))
}

/// A steward admits somebody who was proposed.
pub(super) async fn admit(tx: &mut AgencyTx, can: &Can<AdmitToBody>, id: MembershipId, new: &Admitted) -> Result<Option<Token>, Error> {
    let (agency, who) = (tx.agency(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_admit(&member) {
        return Err(Error::NotAllowed);
    }
    let admitted = sqlx::query!(
        "update membership set state = 'invited', name = $4, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'proposed'",
        agency.0,
        id.0,
        can.version(),
        new.name,
    )
    .execute(tx.conn())
    .await?;
    fresh(admitted.rows_affected())?;
    let link = make_link(tx, can, id, &new.email, new.language).await?;
    audit::record(tx, of_member("admitted", &member)).await?;
    Ok(link)
}

/// A steward says what one of the body's people may do in its name.
pub(super) async fn give(tx: &mut AgencyTx, can: &Can<AdmitToBody>, id: MembershipId, mandate: &Mandate) -> Result<(), Error> {
    let (agency, now, who) = (tx.agency(), tx.now(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_give_mandate(&member) {
        return Err(Error::NotAllowed);
    }
    if member.steward && !mandate.steward {
        keep_one_steward(tx, &member).await?;
    }
    let given = sqlx::query!(
        "update membership set steward = $4, speaks = $5, binds = $6, mandate = $7, mandate_from = $8, mandate_until = $9, version = version + 1,
             role_since = case when $4 and not steward then $11::timestamptz else role_since end,
             stopped_as_steward_at = case when steward and not $4 and id <> $10 then $11::timestamptz else stopped_as_steward_at end
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        mandate.steward,
        mandate.speaks,
        mandate.binds,
        mandate.words,
        mandate.from,
        mandate.until,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    fresh(given.rows_affected())?;
    let action = match (member.steward, mandate.steward) {
        (false, true) => "named as steward",
        (true, false) => "ended the stewardship of",
        _ => "changed the mandate of",
    };
    audit::record(tx, of_member(action, &member).field("mandate", &mandate.words)).await?;
    let by = can.member().map_or_else(String::new, |member| member.name.clone());
    let told = Notice { kind: "membership", said: format!("{by} {action} {}", member.name), path: paths::changes(can.slug()) };
    notices::tell_stewards(tx, member.body.ok_or(Error::NotFound)?, &told).await?;
    let own = Notice {
        said: format!("{by} changed what you may do in your body’s name"),
        path: crate::platform::subject::own_page(can.slug()),
        ..told
    };
    notices::tell(tx, &[member.id], &own).await
}

/// A body does not lose its last steward by a tick taken away; the rows are held while they are counted.
async fn keep_one_steward(tx: &mut AgencyTx, member: &Member) -> Result<(), Error> {
    let agency = tx.agency();
    let all = sqlx::query_scalar!(
        r#"select id as "id: MembershipId" from membership
           where agency_id = $1 and partner_id = $2 and steward and state = 'active' order by id for update"#,
        agency.0,
        member.body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    if all.iter().any(|id| *id != member.id) {
        Ok(())
    } else {
        Err(Error::refused("steward", "Name another steward first, and wait until they have come in: a body keeps at least one"))
    }
}

/// Records the act by which a body names its first steward. Nothing opens until the one who received it confirms that it came:
/// they get the link, whoever records it gets the code, and the steward comes in with both.
pub(super) async fn record_act(tx: &mut AgencyTx, can: &Can<RecordStewards>, act: &Act) -> Result<(MembershipId, Code), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let open = bodies(tx, true).await?;
    if !open.iter().any(|choice| choice.value == act.body.to_string()) {
        return Err(Error::refused("body", "Choose a body that has no steward: a serving steward names the others"));
    }
    if !receivers(tx).await?.iter().any(|choice| choice.value == act.received_by.to_string()) {
        return Err(Error::refused("received_by", "Choose who received it: somebody else, who will confirm that it came"));
    }
    let id = insert(tx, &act.name, Role::Partner, Some(act.body), State::Proposed).await?;
    sqlx::query!(
        "insert into steward_act (agency_id, id, partner_id, membership_id, document, dated, reference, received_by, recorded_by, email, created_at, language)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        agency.0,
        crate::platform::ids::fresh(),
        act.body.0,
        id.0,
        act.document as Document,
        act.dated,
        act.reference,
        act.received_by.0,
        can.me().0,
        act.email,
        now,
        act.language.map(Language::code),
    )
    .execute(tx.conn())
    .await?;
    let change = Change::of_member("recorded the body’s act naming its first steward,", id, Some(SubjectId(act.body.0)));
    audit::record(tx, change.field("reference", &act.reference)).await?;
    let code = make_code(tx, can, id).await?;
    Ok((id, code))
}

/// A code for a first steward, in place of the one before.
async fn make_code(tx: &mut AgencyTx, can: &Can<RecordStewards>, id: MembershipId) -> Result<Code, Error> {
    let (agency, now, code) = (tx.agency(), tx.now(), Code::fresh());
    let anew = sqlx::query!(
        "update steward_code set code_hash = $3, tries = 0, made_at = $4 where agency_id = $1 and membership_id = $2",
        agency.0,
        id.0,
        &code.hash(id),
        now,
    )
    .execute(tx.conn())
    .await?;
    if anew.rows_affected() == 0 {
        sqlx::query!(
            "insert into steward_code (agency_id, membership_id, made_by, code_hash, made_at) values ($1, $2, $3, $4, $5)",
            agency.0,
            id.0,
            can.me().0,
            &code.hash(id),
            now,
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(code)
}

/// The act that the asker wrote down.
pub(super) async fn own_act(tx: &mut AgencyTx, can: &Can<RecordStewards>, id: MembershipId) -> Result<OwnAct, Error> {
    let agency = tx.agency();
    sqlx::query_as!(
        OwnAct,
        r#"select a.membership_id as "member: MembershipId", p.id as "body_id: PartnerId", p.name as body, m.name as steward, m.state as "state: State"
           from steward_act a
           join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
           join membership m on m.agency_id = a.agency_id and m.id = a.membership_id
           where a.agency_id = $1 and a.membership_id = $2 and a.recorded_by = $3"#,
        agency.0,
        id.0,
        can.me().0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)
}

/// A new code from the one who wrote the act down; the one before ends.
pub(super) async fn renew_code(tx: &mut AgencyTx, can: &Can<RecordStewards>, id: MembershipId) -> Result<Code, Error> {
    let act = own_act(tx, can, id).await?;
    if !act.waits() {
        return Err(Error::NotFound);
    }
    let code = make_code(tx, can, id).await?;
    audit::record(tx, Change::of_member("made the code anew for", id, Some(SubjectId(act.body_id.0)))).await?;
    Ok(code)
}

/// The one who received a body's act says that it came: now the steward it names is invited.
pub(super) async fn confirm_act(tx: &mut AgencyTx, can: &Can<ConfirmActs>, id: MembershipId) -> Result<Option<Token>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let act = sqlx::query!(
        r#"select partner_id as "body: PartnerId", email, language from steward_act
           where agency_id = $1 and membership_id = $2 and received_by = $3 and confirmed_at is null"#,
        agency.0,
        id.0,
        can.me().0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    if !bodies(tx, true).await?.iter().any(|choice| choice.value == act.body.to_string()) {
        return Err(Error::refused("", "This body has a steward by now: they name the others"));
    }
    replace_unanswered(tx, act.body).await?;
    sqlx::query!(
        "update steward_act set confirmed_at = $4 where agency_id = $1 and membership_id = $2 and received_by = $3 and confirmed_at is null",
        agency.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let invited = sqlx::query!(
        "update membership set state = 'invited', steward = true, role_since = $3, version = version + 1
         where agency_id = $1 and id = $2 and state = 'proposed'",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    fresh(invited.rows_affected())?;
    let link = make_link(tx, can, id, &act.email, act.language.as_deref().and_then(Language::parse)).await?;
    audit::record(tx, Change::of_member("confirmed the body’s act naming its first steward,", id, Some(SubjectId(act.body.0)))).await?;
    Ok(link)
}

/// Every act that was recorded, those that wait first, for the agency's side.
pub(super) async fn all_acts(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<ListedAct>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        ListedAct,
        r#"select a.membership_id as "member: MembershipId", p.name as body, a.email, a.recorded_by as "recorder: MembershipId", p.is_tribe,
                  a.document as "document: Document", a.dated, a.reference, m.name as steward, m.state as "state: State", a.received_by as "receiver: MembershipId", r.name as received_by,
                  c.name as "recorded_by?", a.created_at, a.confirmed_at
           from steward_act a
           join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
           join membership m on m.agency_id = a.agency_id and m.id = a.membership_id
           join membership r on r.agency_id = a.agency_id and r.id = a.received_by
           left join membership c on c.agency_id = a.agency_id and c.id = a.recorded_by
           where a.agency_id = $1
           order by (a.confirmed_at is null and m.state = 'proposed') desc, a.created_at desc, a.id
           limit $2 offset $3"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A first steward who was named before but never came in makes room for the one of the new act.
async fn replace_unanswered(tx: &mut AgencyTx, body: PartnerId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update membership m set state = 'ended', ended_at = $3, version = version + 1
         where m.agency_id = $1 and m.partner_id = $2 and m.steward and m.state = 'invited'
           and exists (select 1 from steward_act a where a.agency_id = m.agency_id and a.membership_id = m.id)",
        agency.0,
        body.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every change in a body's memberships, the newest first, and the acts by which it named its first stewards.
pub(super) async fn changes(tx: &mut AgencyTx, body: PartnerId, paging: Paging) -> Result<(Vec<audit::Entry>, Vec<RecordedAct>), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(l), '[]')
                   from (select a.at, a.actor_name as actor, a.action, a.kind, a.fields,
                                (select m.name from membership m where m.agency_id = a.agency_id and m.id = a.member_id) as member
                         from audit a
                         where a.agency_id = $1 and a.subject_id = $2 and a.kind = 'member'
                         order by a.at desc, a.id desc
                         limit $3 offset $4) l) as "entries!: Json<Vec<audit::Entry>>",
                  (select coalesce(json_agg(l), '[]')
                   from (select a.document, a.dated, a.reference, m.name as steward, r.name as received_by
                         from steward_act a
                         join membership m on m.agency_id = a.agency_id and m.id = a.membership_id
                         join membership r on r.agency_id = a.agency_id and r.id = a.received_by
                         where a.agency_id = $1 and a.partner_id = $2 and a.confirmed_at is not null
                         order by a.created_at desc, a.id) l) as "acts!: Json<Vec<RecordedAct>>""#,
        agency.0,
        body.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.entries.0, row.acts.0))
}
