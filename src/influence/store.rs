//! Promises of influence in and out of the database. What a person who speaks for themselves said is read by nobody but them; it counts
//! once enough of them have said it (`add_up_influence`).

use super::{
    model::{Asked, FEWEST, InfluenceId, NewPromise, Promise, Said, Sums, Word},
    paths,
};
use crate::{
    audit::{self, Change, Readers},
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{MembershipId, SubjectId},
        paging::Paging,
        policy::{KeepInfluence, SayInfluence},
        subject::{Audience, Kind},
        words,
    },
};
use sqlx::types::Json;

/// How the log calls it.
const PROMISE: &str = "promise of influence";

/// Writes down what answers can change, and tells those who are asked: the bodies that were chosen, and after a session each who spoke
/// there for themselves.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<KeepInfluence>, new: &NewPromise) -> Result<InfluenceId, Error> {
    consent::no_copied_words(tx, "question", &new.question).await?;
    consent::no_copied_words(tx, "may_change", &new.may_change).await?;
    consent::no_copied_words(tx, "cannot_change", &new.cannot_change).await?;
    let offered = about(tx, Some(new.about)).await?.iter().any(|one| one.value == new.about.to_string());
    if !offered {
        return Err(Error::refused("about", "Choose a record that every partner may read"));
    }
    let (agency, now, id) = (tx.agency(), tx.now(), InfluenceId::fresh());
    sqlx::query!(
        "insert into influence_promise (agency_id, id, subject_id, question, may_change, cannot_change, decided_by, decide_on, made_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        id.0,
        new.about.0,
        new.question,
        new.may_change,
        new.cannot_change,
        new.decided_by,
        new.decide_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let asked = sqlx::query!(
        "insert into influence_word (agency_id, id, promise_id, partner_id)
         select $1, gen_random_uuid(), $2, p.id from partner p where p.agency_id = $1 and p.id = any($3) and p.merged_into is null",
        agency.0,
        id.0,
        &new.bodies.iter().map(|body| body.0).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    if asked.rows_affected() < new.bodies.len() as u64 {
        return Err(Error::refused("bodies", "Choose bodies of the list"));
    }
    let notice = |said: &str| Notice { kind: "question_change", said: said.to_owned(), path: paths::promise(can.slug(), id) };
    let told = notice("You are asked something, and the agency says what your answer can change");
    tx.as_keeper("those who are asked what can change", async |tx| {
        sqlx::query!(
            "insert into influence_word (agency_id, id, promise_id, membership_id)
             select distinct on (m.id) $1, gen_random_uuid(), $2, m.id
             from speaker k join membership m on m.agency_id = $1 and m.id = k.membership_id and m.partner_id is null and m.state = 'active'
             where k.agency_id = $1 and k.session_id = $3 and m.role = 'partner'",
            agency.0,
            id.0,
            new.about.0,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!("select add_up_influence($1, $2)", id.0, FEWEST).execute(tx.conn()).await?;
        tell_asked(tx, id, &told).await
    })
    .await?;
    audit::record(tx, Change { subject: Some(new.about), ..Change::about("made", PROMISE) }.field("question", &new.question)).await?;
    Ok(id)
}

/// Tells those who were asked: each person, and of a body whoever speaks for it. For the keeper.
async fn tell_asked(tx: &mut AgencyTx, id: InfluenceId, notice: &Notice) -> Result<(), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let people = sqlx::query_scalar!(
        r#"select m.id as "id!: MembershipId" from influence_word w
           join membership m on m.agency_id = $1 and m.state = 'active' and (m.id = w.membership_id or m.partner_id = w.partner_id and speaks_on(m, $3))
           where w.agency_id = $1 and w.promise_id = $2"#,
        agency.0,
        id.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    notices::tell(tx, &people, notice).await
}

/// Says what was decided, or adds to what was said; the first words stay. Those who were asked hear of it.
pub(super) async fn decide(tx: &mut AgencyTx, can: &Can<KeepInfluence>, found: &Promise, outcome: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "outcome", outcome).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let day = words::day(tx.today());
    let kept = sqlx::query!(
        "update influence_promise p set outcome_by = coalesce(p.outcome_by, $5), outcome_at = coalesce(p.outcome_at, $6), version = p.version + 1,
             outcome = case when p.outcome_at is null then $4
                 else concat(p.outcome, E'\n\nAdded on ', $7::text, ' by ',
                     (select m.name from membership m where m.agency_id = $1 and m.id = $5), E':\n', $4::text) end
         where p.agency_id = $1 and p.id = $2 and p.version = $3",
        agency.0,
        found.id.0,
        can.version(),
        outcome,
        can.me().0,
        now,
        day,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let (said, action) = if found.outcome_at.is_none() {
        ("It was decided. Say whether what the agency promised about your answer was kept", "said what was decided of")
    } else {
        ("The agency added to what was decided after you were asked", "added to what was decided of")
    };
    let notice = Notice { kind: "question_change", said: said.to_owned(), path: paths::promise(can.slug(), found.id) };
    tx.as_keeper("those who were asked what changed", async |tx| tell_asked(tx, found.id, &notice).await).await?;
    audit::record(tx, Change { subject: Some(found.about), ..Change::about(action, PROMISE) }.field("outcome", outcome)).await
}

/// One’s word, or that of the body one speaks for: the last one counts.
pub(super) async fn say(
    tx: &mut AgencyTx,
    can: &Can<SayInfluence>,
    (asked, found): (Asked, &Promise),
    word: Word,
    note: &str,
) -> Result<(), Error> {
    consent::no_copied_words(tx, "note", note).await?;
    let (agency, now, body) = (tx.agency(), tx.now(), can.body());
    let said = sqlx::query!(
        "update influence_word set word = $4, note = $5, by_id = $3, said_at = $6
         where agency_id = $1 and promise_id = $2 and (partner_id = $7 or membership_id = $3)",
        agency.0,
        asked.0.0,
        can.me().0,
        word as Word,
        note,
        now,
        body.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    if said.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    tx.as_keeper("adding up what was said", async |tx| {
        sqlx::query!("select add_up_influence($1, $2)", asked.0.0, FEWEST).execute(tx.conn()).await?;
        Ok(())
    })
    .await?;
    notices::done(tx, &paths::promise(can.slug(), found.id)).await?;
    let change = Change { subject: Some(found.about), body, ..Change::about("said whether it was kept, of", PROMISE) }.field("note", note);
    let readers = if body.is_some() { Readers::Of(Audience::Body) } else { Readers::Of(Audience::Author) };
    audit::record(tx, change.for_readers(readers)).await
}

/// Promises as far as the reader may read what they are about: those whose word is the reader's first, then the next to be decided; with the
/// sums of all that could be judged, whatever the list is narrowed to: the difference of two sums would tell what one body said.
pub(super) async fn list(tx: &mut AgencyTx, about: Option<SubjectId>, paging: Paging) -> Result<(Vec<Promise>, Sums), Error> {
    let rows = rows(tx, None, about, paging).await?;
    let sums = rows.first().map(|row| row.1).unwrap_or_default();
    Ok((rows.into_iter().filter_map(|row| row.0).collect(), sums))
}

/// The agency's headline: the share of such promises that was kept, by the word of those who were asked.
///
/// # Errors
/// When the database refuses.
pub async fn headline(tx: &mut AgencyTx) -> Result<String, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let sums = sqlx::query_as!(
        Sums,
        r#"select coalesce(sum(asked), 0) as "asked!", coalesce(sum(kept), 0) as "kept!", coalesce(sum(partly), 0) as "partly!", coalesce(sum(not_kept), 0) as "not_kept!"
           from influence_promise where agency_id = $1 and (outcome_at is not null or decide_on < $2)"#,
        agency.0,
        today,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(sums.headline())
}

/// One promise.
pub(super) async fn find(tx: &mut AgencyTx, id: InfluenceId) -> Result<Option<Promise>, Error> {
    let rows = rows(tx, Some(id), None, Paging::from_text("")).await?;
    Ok(rows.into_iter().find_map(|row| row.0))
}

async fn rows(
    tx: &mut AgencyTx,
    one: Option<InfluenceId>,
    about: Option<SubjectId>,
    paging: Paging,
) -> Result<Vec<(Option<Promise>, Sums)>, Error> {
    let (agency, standing, today) = (tx.agency(), *tx.standing(), tx.today());
    let rows = sqlx::query!(
        r#"select n.asked as "asked!", n.kept as "kept!", n.partly as "partly!", n.not_kept as "not_kept!",
                  f.id as "id?: InfluenceId", f.subject_id as "about?: SubjectId", f.kind as "about_kind?: Kind", f.title as "about_title?",
                  f.path as "about_path?", f.question as "question?", f.may_change as "may_change?", f.cannot_change as "cannot_change?",
                  f.decided_by as "decided_by?", f.decide_on as "decide_on?", f.made_by as "made_by?", f.created_at as "created_at?",
                  f.outcome as "outcome?", f.outcome_by as "outcome_by?", f.outcome_at as "outcome_at?", f.version as "version?",
                  f.asked_me as "asked_me?", f.word as "my_word?: Word", f.note as "my_note?"
           from (select coalesce(sum(p.asked), 0) as asked, coalesce(sum(p.kept), 0) as kept, coalesce(sum(p.partly), 0) as partly,
                        coalesce(sum(p.not_kept), 0) as not_kept
                 from influence_promise p
                 where p.agency_id = $1 and (p.outcome_at is not null or p.decide_on < $6)) n
           left join lateral (
                 select p.id, p.subject_id, s.kind, s.title, s.path, p.question, p.may_change, p.cannot_change, p.decided_by, p.decide_on,
                        m.name as made_by, p.created_at, p.outcome, o.name as outcome_by, p.outcome_at, p.version,
                        w.id is not null and (w.membership_id is not null or speaks_for_body($6)) as asked_me,
                        w.word, coalesce(w.note, '') as note,
                        case when w.word is null and (w.membership_id is not null or w.partner_id is not null and speaks_for_body($6))
                              and (p.outcome_at is not null or p.decide_on < $6) then 0
                             when p.outcome_at is null then 1 else 2 end as place
                 from influence_promise p
                 join subject s on s.agency_id = p.agency_id and s.id = p.subject_id
                 join membership m on m.agency_id = p.agency_id and m.id = p.made_by
                 left join membership o on o.agency_id = p.agency_id and o.id = p.outcome_by
                 left join influence_word w on w.agency_id = p.agency_id and w.promise_id = p.id and (w.membership_id = $4 or w.partner_id = $5)
                 where p.agency_id = $1 and ($2::uuid is null or p.id = $2) and ($3::uuid is null or p.subject_id = $3)
                 order by place, case when p.outcome_at is null then p.decide_on end, p.decide_on desc, p.id
                 limit $7 offset $8) f on true
           order by f.place, case when f.outcome_at is null then f.decide_on end, f.decide_on desc, f.id"#,
        agency.0,
        one.map(|id| id.0),
        about.map(|id| id.0),
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
        today,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let sums = Sums { asked: row.asked, kept: row.kept, partly: row.partly, not_kept: row.not_kept };
            let promise = || {
                Some(Promise {
                    id: row.id?,
                    about: row.about?,
                    about_kind: row.about_kind?,
                    about_title: row.about_title?,
                    about_path: row.about_path?,
                    question: row.question?,
                    may_change: row.may_change?,
                    cannot_change: row.cannot_change?,
                    decided_by: row.decided_by?,
                    decide_on: row.decide_on?,
                    made_by: row.made_by?,
                    created_at: row.created_at?,
                    outcome: row.outcome?,
                    outcome_by: row.outcome_by,
                    outcome_at: row.outcome_at,
                    version: row.version?,
                    asked_me: row.asked_me?,
                    my_word: row.my_word,
                    my_note: row.my_note.unwrap_or_default(),
                })
            };
            (promise(), sums)
        })
        .collect())
}

/// What bodies were asked and said, as far as the reader may read it; Tribal governments first.
pub(super) async fn said(tx: &mut AgencyTx, id: InfluenceId) -> Result<Vec<Said>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Said,
        r#"select p.name as body, w.word as "word: Word", w.note, w.said_at as at
           from influence_word w join partner p on p.agency_id = w.agency_id and p.id = w.partner_id
           where w.agency_id = $1 and w.promise_id = $2
           order by p.is_tribe desc, p.sort_name, p.id
           limit 200"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Records that every partner may read, the latest first, and the one that was named: about these people are asked.
pub(super) async fn about(tx: &mut AgencyTx, named: Option<SubjectId>) -> Result<Vec<Choice>, Error> {
    Ok(offered(tx, named).await?.0)
}

/// The same, and the bodies that have somebody here who can answer.
pub(super) async fn offered(tx: &mut AgencyTx, named: Option<SubjectId>) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select (select json_agg(json_build_object('value', r.id, 'label', r.title || ' (' || r.kind || ')') order by r.named desc, r.created_at desc, r.id)
                   from (select s.id, s.title, s.kind, s.created_at, s.id is not distinct from $2 as named from subject s
                         where s.agency_id = $1 and s.kind in ('session', 'goal', 'barrier', 'plan', 'group', 'meeting', 'obstacle')
                           and s.audience in ('partnership', 'public') and s.protocols is null and s.withdrawn_at is null
                         order by named desc, s.created_at desc, s.id limit 60) r) as "records: Json<Vec<Choice>>",
                  (select json_agg(json_build_object('value', b.id, 'label', b.name) order by b.is_tribe desc, b.sort_name, b.id)
                   from (select p.id, p.name, p.is_tribe, p.sort_name from partner p
                         where p.agency_id = $1 and p.merged_into is null
                           and exists (select 1 from membership m where m.agency_id = $1 and m.partner_id = p.id and m.state = 'active')
                         order by p.is_tribe desc, p.sort_name, p.id limit 300) b) as "bodies: Json<Vec<Choice>>""#,
        agency.0,
        named.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.records.map(|all| all.0).unwrap_or_default(), row.bodies.map(|all| all.0).unwrap_or_default()))
}
