//! One answer to several: the same words under each question. Nobody is shown by it what somebody else raised.

use super::{
    super::model::{Answered, Kind, Loop, State, clock_words, due},
    agency_side::answer,
    read::find,
};
use crate::platform::{
    access::Can,
    db::AgencyTx,
    error::Error,
    form::Choice,
    ids::{MembershipId, SubjectId},
    paging::Paging,
    policy::AnswerLoops,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What came of one answer to several.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Outcome {
    /// Questions to which it went out.
    pub(in super::super) sent: usize,
    /// Questions whose answer waits for the director.
    pub(in super::super) waiting: usize,
}

/// Questions without an answer to choose from: those that are chosen already, then those with these words and of this kind, the first due
/// first.
pub(in super::super) async fn open(
    tx: &mut AgencyTx,
    (seek, kind): (&str, &str),
    chosen: &[SubjectId],
    today: NaiveDate,
    paging: Paging,
) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select l.id as "id: SubjectId", l.kind as "kind: Kind", l.words as "words!", l.state as "state: State", l.acknowledge_by, l.answer_by,
                  coalesce(p.name, case when m.lived_experience then 'community member' else m.name end, 'somebody without an account')
                  || case when l.acting_id is not null and l.confirmed_at is null then ', entered for them and not confirmed' else '' end as "by!"
           from loop l
           left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
           where l.agency_id = $1 and l.state in ('raised', 'acknowledged') and l.words is not null
             and (l.id = any($6) or ($2 = '' or strpos(lower(l.words), lower($2)) > 0) and ($3 = '' or l.kind = $3))
           order by l.id = any($6) desc, l.answer_by, l.id
           limit $4 offset $5"#,
        agency.0,
        seek.trim(),
        kind,
        paging.limit(),
        paging.offset(),
        &chosen.iter().map(|id| id.0).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| {
            let clock = clock_words(row.state, due(row.state, row.acknowledge_by, row.answer_by), today);
            Choice::new(row.id.to_string(), row.words).hint(format!("{} from {}; {clock}", row.kind, row.by))
        })
        .collect())
}

/// Gives the same answer to each of these. How many people raised them is kept with each as it is now.
pub(in super::super) async fn answer_together(
    tx: &mut AgencyTx,
    can: &Can<AnswerLoops>,
    these: &[SubjectId],
    new: &Answered,
) -> Result<Outcome, Error> {
    let mut found: Vec<Loop> = Vec::new();
    for id in these {
        let one = find(tx, *id).await?.filter(Loop::is_open);
        found.push(one.ok_or_else(|| {
            Error::refused("of", "Somebody answered one of these meanwhile: it is off the list. Look at the rest and send it again")
        })?);
    }
    // Of those without an account each counts: whether two of them are one person nobody knows.
    let people: BTreeSet<MembershipId> = found.iter().filter_map(|one| one.word_of).collect();
    let together = i16::try_from(people.len() + found.iter().filter(|one| one.is_by_code()).count()).ok();
    let mut outcome = Outcome::default();
    for one in &found {
        if answer(tx, can, (one, one.version), new, together).await? {
            outcome.sent += 1;
        } else {
            outcome.waiting += 1;
        }
    }
    Ok(outcome)
}
