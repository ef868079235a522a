//! Whoever took words back hears when the last copy of them is settled: on their first page, and by the letter that they chose. Who spoke
//! without a sign-in reads it behind their link: no letter goes to an address that only a card holds.

use crate::{
    notices::{self, Notice},
    platform::{db::AgencyTx, error::Error, ids::MembershipId},
};

/// These tasks were done just now; where nothing is left to be done about the same words, their withdrawer is told. As keeper: who that is, is
/// nothing for whoever did the task.
pub(super) async fn tell_settled(tx: &mut AgencyTx, tasks: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("tell that every copy of words taken back is settled", async |tx| {
        let told = sqlx::query!(
            r#"select w.path as "path!", array_agg(distinct w.member) as "members!: Vec<MembershipId>"
               from (select case when r.of_comment is null and s.kind = 'statement' then s.path || '/withdrawal' else s.path end as path,
                            unnest(array[coalesce(c.author_id, s.author_id), case when r.of_comment is null then (
                                select case when d.how = 'member' then d.by_id end from consent_change d
                                where d.agency_id = $1 and d.statement_id = s.id order by d.version desc, d.created_at desc, d.id desc limit 1) end]) as member
                     from recall r
                     join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
                     left join comment c on c.agency_id = r.agency_id and c.id = r.of_comment
                     where r.agency_id = $1 and r.id = any($2)
                       and case when r.of_comment is null then s.withdrawn_at else c.withdrawn_at end is not null
                       and not exists (select 1 from recall o where o.agency_id = $1 and o.subject_id = r.subject_id
                           and o.of_comment is not distinct from r.of_comment and o.state in ('open', 'notice_sent'))) w
               where w.member is not null
               group by w.path"#,
            agency.0,
            tasks,
        )
        .fetch_all(tx.conn())
        .await?;
        for words in told {
            let said = "Every copy of the words that you took back is settled: see what became of each".to_owned();
            notices::tell(tx, &words.members, &Notice { kind: "words_settled", said, path: words.path }).await?;
        }
        Ok(())
    })
    .await
}
