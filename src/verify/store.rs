//! The rules, as questions that find no row when all is well. They run as the keeper, in one snapshot, and answer numbers and
//! ids, never words.

use crate::platform::{
    db::AgencyTx,
    errand::Errand,
    error::Error,
    files::{self, StoredFile},
    ids::{FileId, MembershipId},
};
use sqlx::AssertSqlSafe;

/// A rule in words, and the question for the ids of what breaks it (`$1` is the agency).
type Rule = (&'static str, &'static str);

const RULES: &[Rule] = &[
    ("a form was taken but its answer was not kept", "select key from idempotency where agency_id = $1 and redirect = ''"),
    (
        "a record was made without an entry in the audit trail",
        "select s.id::text from subject s join agency g on g.id = s.agency_id
         left join partner p on p.agency_id = s.agency_id and p.id = s.id
         where s.agency_id = $1 and p.import_id is null and not (g.is_demo and s.created_at <= g.created_at)
           and not exists (select 1 from audit a where a.agency_id = s.agency_id and a.subject_id = s.id)",
    ),
    (
        "a record has no row of its own, or of another kind",
        "select s.id::text from subject s where s.agency_id = $1 and not case s.kind
             when 'partner' then exists (select 1 from partner r where r.agency_id = s.agency_id and r.id = s.id)
             when 'outreach' then exists (select 1 from outreach r where r.agency_id = s.agency_id and r.id = s.id)
             when 'session' then exists (select 1 from listening_session r where r.agency_id = s.agency_id and r.id = s.id)
             when 'statement' then exists (select 1 from statement r where r.agency_id = s.agency_id and r.id = s.id)
             when 'theme' then exists (select 1 from theme r where r.agency_id = s.agency_id and r.id = s.id)
             when 'group' then exists (select 1 from joint_group r where r.agency_id = s.agency_id and r.id = s.id)
             when 'meeting' then exists (select 1 from meeting r where r.agency_id = s.agency_id and r.id = s.id)
             when 'barrier' then exists (select 1 from barrier r where r.agency_id = s.agency_id and r.id = s.id)
             when 'goal' then exists (select 1 from goal r where r.agency_id = s.agency_id and r.id = s.id)
             when 'plan' then exists (select 1 from plan r where r.agency_id = s.agency_id and r.id = s.id)
             when 'commitment' then exists (select 1 from commitment r where r.agency_id = s.agency_id and r.id = s.id)
             when 'loop' then exists (select 1 from loop r where r.agency_id = s.agency_id and r.id = s.id)
             when 'obstacle' then exists (select 1 from obstacle r where r.agency_id = s.agency_id and r.id = s.id)
             else true end",
    ),
    (
        "words that were taken back are still in their row",
        "select id::text from statement where agency_id = $1 and (withdrawn_at is not null or state in ('struck', 'withdrawn'))
             and (words is not null or folded is not null)
         union all select id::text from comment where agency_id = $1 and withdrawn_at is not null and words is not null
         union all select id::text from loop where agency_id = $1 and state = 'withdrawn' and words is not null
         union all select id::text from obstacle where agency_id = $1 and state = 'withdrawn'
             and (name is not null or description || agency_can || agency_cannot || partner_can || partner_cannot || next_step <> '')",
    ),
    (
        "words that were taken back may still be used",
        "select id::text from statement where agency_id = $1 and state = 'withdrawn'
             and (may_keep or may_quote or may_name or may_export or may_publish or may_research)",
    ),
    (
        "words that were taken back live on in a former version",
        "select r.comment_id::text from comment_revision r join comment c on c.agency_id = r.agency_id and c.id = r.comment_id
         where r.agency_id = $1 and c.withdrawn_at is not null and r.words is not null
         union all select r.subject_id::text from revision r join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
         where r.agency_id = $1 and s.withdrawn_at is not null and r.fields <> '{}'::jsonb",
    ),
    (
        "something still rests on words that were taken back",
        "select e.from_id::text from edge e join statement t on t.agency_id = e.agency_id and t.id = e.to_id
         where e.agency_id = $1 and t.state = 'withdrawn' and e.kind in ('source', 'evidence')
         union all select t.id::text from spoken_run r join statement t on t.agency_id = r.agency_id and t.id = r.statement_id
         where r.agency_id = $1 and t.state = 'withdrawn'",
    ),
    (
        "a statement can be read by more than its words allow",
        "select t.id::text from statement t join subject s on s.agency_id = t.agency_id and s.id = t.id
         where t.agency_id = $1 and t.state in ('draft', 'with_speaker') and s.audience <> 'author'",
    ),
    (
        "an export is ready although a consent in it changed",
        "select distinct e.id::text from export e join export_row r on r.agency_id = e.agency_id and r.export_id = e.id
         join statement t on t.agency_id = r.agency_id and t.id = r.subject_id
         where e.agency_id = $1 and e.state = 'ready'
           and not (t.may_export and t.consent_version = r.consent_version and t.withdrawn_at is null)",
    ),
    (
        "an export and its file do not agree",
        "select id::text from export where agency_id = $1 and (state = 'ready') <> (file_id is not null)
         union all select e.id::text from export e where e.agency_id = $1 and e.state = 'ready' and e.what in ('statements', 'loops')
           and e.row_count <> (select count(*) from export_row r where r.agency_id = e.agency_id and r.export_id = e.id and r.words)",
    ),
    (
        "words that were taken back left without a task to call them back",
        "select distinct t.id::text from statement t
         join export_row r on r.agency_id = t.agency_id and r.subject_id = t.id
         join export_taken k on k.agency_id = r.agency_id and k.export_id = r.export_id
         where t.agency_id = $1 and t.state = 'withdrawn' and not exists (
             select 1 from recall c where c.agency_id = t.agency_id and c.subject_id = t.id and c.export_id = k.export_id and c.taken_by = k.taken_by)",
    ),
    (
        "a version stands before one of its former versions",
        "select distinct c.id::text from comment c join comment_revision r on r.agency_id = c.agency_id and r.comment_id = c.id
         where c.agency_id = $1 and r.version >= c.version
         union all select distinct g.id::text from goal g join agreement a on a.agency_id = g.agency_id and a.subject_id = g.id
         where g.agency_id = $1 and a.version > g.version",
    ),
    (
        "a record or comment says otherwise of its protocols and labels than they do",
        "select s.id::text from subject s where s.agency_id = $1 and (s.protocols is not null or s.marked)
             and (s.protocols is distinct from protocols_wanted(s.id) or s.marked <> is_marked(s.id))
         union all select c.id::text from comment c where c.agency_id = $1 and (c.protocols is not null or c.marked)
             and (c.protocols is distinct from protocols_wanted(c.id) or c.marked <> is_marked(c.id))
         union all select r.id::text from comment r join comment c on c.agency_id = r.agency_id and c.id = r.parent_id
             where r.agency_id = $1 and r.thread_protocols is distinct from c.protocols
         union all select p.item_id::text from protected_item p
             left join subject s on s.agency_id = p.agency_id and s.id = p.item_id left join comment c on c.agency_id = p.agency_id and c.id = p.item_id
             where p.agency_id = $1 and coalesce(s.protocols, c.protocols) is distinct from protocols_wanted(p.item_id)",
    ),
    (
        "a hold was confirmed or ended by one person alone",
        "select h.id::text from legal_hold h
         join membership s on s.agency_id = h.agency_id and s.id = h.set_by
         left join membership c on c.agency_id = h.agency_id and c.id = h.confirmed_by
         left join membership e on e.agency_id = h.agency_id and e.id = h.end_by
         left join membership l on l.agency_id = h.agency_id and l.id = h.lifted_by
         where h.agency_id = $1 and (c.id = s.id or c.account_id = s.account_id or l.id = e.id or l.account_id = e.account_id)",
    ),
    (
        "somebody’s name is left of what was destroyed",
        "select p.id::text from speaker p join destroyed d on d.agency_id = p.agency_id and d.subject_id = p.session_id
         where p.agency_id = $1 and (p.membership_id is not null or p.name <> '')
         union all select o.id::text from outreach o join destroyed d on d.agency_id = o.agency_id and d.subject_id = o.id
         join subject s on s.agency_id = o.agency_id and s.id = o.id
         where o.agency_id = $1 and o.between_governments and (o.spoke_for_agency <> s.title or o.spoke_for_tribe <> s.title)",
    ),
    (
        "a steward belongs to no body",
        "select m.id::text from membership m where m.agency_id = $1 and m.steward and (m.partner_id is null or m.role <> 'partner')",
    ),
    (
        "the audit trail does not fit its seals",
        "select 'seal ' || s.number from audit_seal s
         left join lateral (
             select count(a.id) as entries, count(*) as covered, string_agg(audit_mark(a), ''::bytea order by a.at, a.id) as marks
             from audit_sealed d left join audit a on a.agency_id = d.agency_id and a.id = d.audit_id
             where d.agency_id = s.agency_id and d.number = s.number) e on true
         left join audit_seal b on b.agency_id = s.agency_id and b.number = s.number - 1
         where s.agency_id = $1 and ((s.number > 1 and b.number is null) or s.entries <> e.entries or s.entries <> e.covered
             or s.hash is distinct from seal_hash(b.hash, s.number, e.marks))
         union all select d.audit_id::text from audit_sealed d where d.agency_id = $1
             and not exists (select 1 from audit_seal s where s.agency_id = d.agency_id and s.number = d.number)
         union all select a.id::text from audit a where a.agency_id = $1
             and a.at < (select s.sealed_at - interval '2 days' from audit_seal s where s.agency_id = $1 order by s.number desc limit 1)
             and not exists (select 1 from audit_sealed d where d.agency_id = a.agency_id and d.audit_id = a.id)",
    ),
    (
        "a table of the agency stands outside forced row security",
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id' and not a.attisdropped
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and $1::uuid is not null
           and not (c.relrowsecurity and c.relforcerowsecurity)",
    ),
];

/// Every rule that does not hold in the agency, in words, with how often and an example.
///
/// # Errors
/// When the database is away.
pub async fn broken(errand: &Errand) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    errand
        .snapshot(async |tx| {
            tx.as_keeper("ask whether every rule holds", async |tx| {
                for (words, question) in RULES {
                    let ids = ask(tx, question).await?;
                    found.extend(said(words, &ids));
                }
                for (words, question) in keys(tx).await? {
                    let ids = ask(tx, &question).await?;
                    found.extend(said(&words, &ids));
                }
                let ids = torn_files(tx).await?;
                found.extend(said("a stored file is not whole", &ids));
                Ok(())
            })
            .await
        })
        .await?;
    Ok(found)
}

fn said(words: &str, ids: &[String]) -> Option<String> {
    let first = ids.first()?;
    Some(format!("{words}: {} times, for example {first}", ids.len()))
}

/// The questions are this file's own, or made of the catalogue's quoted names.
async fn ask(tx: &mut AgencyTx, question: &str) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar::<_, String>(AssertSqlSafe(question.to_owned())).bind(agency.0).fetch_all(tx.conn()).await?)
}

/// For each composite key from one table of the agency to another: rows whose other end is not in the same agency.
async fn keys(tx: &mut AgencyTx) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query!(
        r#"select format('%s points at nothing in its agency', k.conname) as "words!",
                  format('select to_jsonb(c)::text from (select %s from %s) c where c.agency_id = $1 and %s and not exists (select 1 from %s p where %s)',
                      string_agg(quote_ident(a.attname), ', ' order by o.n), k.conrelid::regclass,
                      string_agg(format('c.%I is not null', a.attname), ' and ' order by o.n), k.confrelid::regclass,
                      string_agg(format('p.%I = c.%I', b.attname, a.attname), ' and ' order by o.n)) as "question!"
           from pg_constraint k
           cross join lateral unnest(k.conkey, k.confkey) with ordinality o (own, other, n)
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.own
           join pg_attribute b on b.attrelid = k.confrelid and b.attnum = o.other
           where k.contype = 'f' and cardinality(k.conkey) > 1 and k.connamespace = 'public'::regnamespace
             and has_table_privilege(k.conrelid, 'select') and has_table_privilege(k.confrelid, 'select')
           group by k.oid, k.conname, k.conrelid, k.confrelid
           order by k.conname"#,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.words, row.question)).collect())
}

async fn torn_files(tx: &mut AgencyTx) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    let files = sqlx::query_as!(
        StoredFile,
        r#"select id as "id: FileId", name, mime, size, sha256, owner_id as "owner: MembershipId", shared, expires_at, made_here,
                  scanned_at, quarantined_at
           from file where agency_id = $1 order by id"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut torn = Vec::new();
    for file in files {
        if !files::is_whole(tx, &file).await? {
            torn.push(file.id.to_string());
        }
    }
    Ok(torn)
}
