//! What must hold in the catalogue: for each rule the question that names the offenders, and a fault to plant.

/// A rule of the schema.
pub struct Rule {
    /// What must hold, said so that the reader knows what to do.
    pub rule: &'static str,
    /// A question whose every row is the name of an offender.
    pub offenders: &'static str,
    /// Statements that break the rule; run by a superuser and undone.
    pub plant: &'static str,
}

/// Small tables shared by all agencies. A table that is not here must have `agency_id`.
pub const SHARED: &[&str] = &[
    "_sqlx_migrations",
    "account",
    "address_change",
    "address_word",
    "agency",
    "code_seed",
    "demonstration",
    "half_sign_in",
    "job",
    "known_device",
    "letter",
    "parked_form",
    "passkey",
    "password_reset",
    "recovery_code",
    "session",
    "sign_in_try",
    "sign_on_attempt",
    "sign_on_logout",
    "spent",
    "tally",
];

/// Functions that run with their owner's rights, each reviewed: they answer only what the asker stands for already.
pub const SECURITY_DEFINER: &[&str] = &["look_up_session", "unseen_holds"];

/// Tables that every member of the agency may read, each with its reason. A table that is not here has an audience.
const FOR_EVERY_MEMBER: &[&str] = &[
    "closed_day",     // when the agency is closed: whoever raised something counts its clocks by it
    "listed_name",    // names of Tribes from a public list
    "membership",     // who else is a member, and who may speak for whom: names are asked in every list
    "partner",        // who the partners are
    "partner_name",   // what they were called
    "subject_reader", // ids only; the policy of `subject` asks it, so that it cannot ask `subject`
];

/// Texts that the keeper may not change when words are taken back: labels, names and addresses, never free text.
const NOBODYS_WORDS: &[&str] = &[
    "audit.action",
    "audit.actor_name",
    "audit.audience",
    "audit.detail",
    "audit.fields",
    "audit.audience",
    "audit.kind",
    "audit_actor.actor_name",
    "comment_revision.audience",
    "consent_change.audience",
    "consent_change.how",
    "consent_change.uses",
    "delegation.duty",
    "emergency_opening.kind",
    "happening.what",
    "invitation.email",
    "invitation.language",
    "rating.side",
    "reading.how",
    "revision.audience",
    "notice.path",
    "notice.said",
    "notice.kind",
    "own_sign_in.network",
    "sign_on_identity.issuer",
    "sign_on_identity.subject",
    "steward_act.document",
    "steward_act.email",
    "steward_act.language",
    "trust_sum.side",
];

/// Tables that the look-up role may read: who signs in, and what waits to be done.
const READ_BY_SYSTEM: &[&str] = &[
    "account",
    "acting",
    "address_change",
    "address_word",
    "agency",
    "asking",
    "calendar_feed",
    "delegation",
    "half_sign_in",
    "invitation",
    "job",
    "letter",
    "lost_factors",
    "membership",
    "notice",
    "notice_letter",
    "own_sign_in",
    "partner",
    "passkey",
    "password_reset",
    "return_code",
    "return_link",
    "session",
    "session_hat",
    "sign_on_identity",
    "sign_on_provider",
    "word_by_telephone",
    "word_link",
];

/// Makes the views that the questions stand on; they live as long as the connection.
pub fn setup() -> String {
    let list = |view: &str, names: &[&str]| {
        let rows: Vec<String> = names.iter().map(|name| format!("('{name}')")).collect();
        format!("create temp view {view}(name) as values {};\n", rows.join(", "))
    };
    list("shared", SHARED)
        + &list("reviewed", SECURITY_DEFINER)
        + &list("read_by_system", READ_BY_SYSTEM)
        + &list("for_every_member", FOR_EVERY_MEMBER)
        + &list("nobodys_words", NOBODYS_WORDS)
        + VIEWS
}

const VIEWS: &str = "create temp view ours as
        select c.oid, c.relname::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%' and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S');
     create temp view tables as select * from ours where relkind in ('r', 'p');
     create temp view kept as
        select t.*, a.attnum as agency, a.attnotnull, a.atttypid from tables t
        join pg_attribute a on a.attrelid = t.oid and a.attname = 'agency_id' and not a.attisdropped;
     create temp view roles(name) as values ('app_login'), ('app_keeper'), ('app_system');
     create temp view policies as
        select p.polname::text, p.polrelid, p.polpermissive, p.polcmd, p.polroles,
            pg_get_expr(p.polqual, p.polrelid) as using_, pg_get_expr(p.polwithcheck, p.polrelid) as check_
        from pg_policy p;
     create temp view applies as
        select p.*, r.name as role from policies p join roles r
        on 0 = any (p.polroles) or (select oid from pg_roles where rolname = r.name) = any (p.polroles);";

/// The beginning of most faults: a table that keeps every rule.
macro_rules! planted {
    ($fault:literal) => {
        concat!(
            "create table planted (agency_id uuid not null, id uuid not null, other uuid, primary key (agency_id, id)); \
             select keep_within_agency('planted'); ",
            $fault
        )
    };
}

pub const TABLE_RULES: &[Rule] = &[
    Rule {
        rule: "has agency_id and `select keep_within_agency(…)`, or is named in SHARED (tests/house/schema_rules.rs)",
        offenders: "select name from tables where oid not in (select oid from kept) and name not in (select name from shared)",
        plant: "create table planted (id uuid primary key)",
    },
    Rule {
        rule: "agency_id is `uuid not null`",
        offenders: "select name from kept where not attnotnull or atttypid <> 'uuid'::regtype",
        plant: "create table planted (agency_id uuid, id uuid)",
    },
    Rule {
        rule: "row security is enabled and forced: `select keep_within_agency(…)` in its migration",
        offenders: "select name from kept where not (relrowsecurity and relforcerowsecurity)",
        plant: planted!("alter table planted no force row level security"),
    },
    Rule {
        rule: "row security is on for what the site's roles can reach",
        offenders: "select t.name || ' as ' || r.name from tables t, roles r where not t.relrowsecurity and t.name <> '_sqlx_migrations' \
            and (has_any_column_privilege(r.name, t.oid, 'select, insert, update') or has_table_privilege(r.name, t.oid, 'delete'))",
        plant: planted!("grant select on planted to app_login; alter table planted disable row level security"),
    },
    Rule {
        rule: "one permissive policy (tenancy) for app_login and app_keeper, for all commands, with `using` and `with check` on the agency; all others are restrictive",
        offenders: "select k.name || ' as ' || r.name from kept k, roles r where r.name <> 'app_system' and 1 <> ( \
            select count(*) + 100 * count(*) filter (where a.polcmd <> '*' \
                or a.using_ is distinct from '(agency_id = ( SELECT current_agency() AS current_agency))' \
                or a.check_ is distinct from a.using_) \
            from applies a where a.polrelid = k.oid and a.role = r.name and a.polpermissive)",
        plant: planted!("create policy also on planted for select to app_login using (true)"),
    },
    Rule {
        rule: "its tenancy policy has `with check`, or rows of another agency could be written",
        offenders: "select k.name from kept k where exists (select from applies a where a.polrelid = k.oid and a.polpermissive \
            and a.polcmd in ('*', 'a', 'w') and a.check_ is null)",
        plant: planted!("drop policy tenancy on planted; create policy tenancy on planted using (agency_id = (select current_agency()))"),
    },
    Rule {
        rule: "app_keeper is under tenancy only: audience policies are `as restrictive … to app_login`",
        offenders: "select k.name || '.' || a.polname from kept k join applies a on a.polrelid = k.oid where a.role = 'app_keeper' and not a.polpermissive",
        plant: planted!("create policy narrow on planted as restrictive using (false)"),
    },
    Rule {
        rule: "has an audience: `keep_to_audience` or `keep_with_subject`, or it is named with a reason in FOR_EVERY_MEMBER (tests/house/schema_rules.rs)",
        offenders: "select k.name from kept k where k.name not in (select name from for_every_member) and not exists ( \
            select from applies a where a.polrelid = k.oid and a.role = 'app_login' and not a.polpermissive and a.polcmd = 'r')",
        plant: "create table planted (agency_id uuid not null, id uuid not null, primary key (agency_id, id)); select keep_within_agency('planted')",
    },
    Rule {
        rule: "the keeper may change every free text, so that words taken back leave no copy: grant `update (…)` to app_keeper, or name it in NOBODYS_WORDS",
        offenders: "select k.name || '.' || a.attname from kept k join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped \
            where a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype) and not has_column_privilege('app_keeper', k.oid, a.attnum, 'update') \
            and k.name || '.' || a.attname not in (select name from nobodys_words)",
        plant: "create table planted (agency_id uuid not null, id uuid not null, note text, primary key (agency_id, id)); \
            select keep_within_agency('planted', 'select, insert')",
    },
    Rule {
        rule: "settings in a policy are read as `(select current_…())`, once per query and not per row",
        offenders: r"select t.name || '.' || p.polname from policies p join tables t on t.oid = p.polrelid
            where regexp_replace(coalesce(using_, '') || coalesce(check_, ''), 'SELECT (current_[a-z]+|sees_[a-z]+)\(\)', '', 'g') ~ '(current_[a-z]+|sees_[a-z]+)\('",
        plant: planted!("create policy slow on planted as restrictive to app_login using (id = current_membership())"),
    },
    Rule {
        rule: "has a primary key",
        offenders: "select name from tables where not exists (select from pg_constraint where conrelid = tables.oid and contype = 'p')",
        plant: "create table planted (agency_id uuid not null)",
    },
    Rule {
        rule: "agency_id leads every primary key, unique key and unique index",
        offenders: "select k.name || ' ' || i.indexrelid::regclass from kept k join pg_index i on i.indrelid = k.oid \
            where (i.indisunique or i.indisexclusion) and i.indkey[0] <> k.agency",
        plant: planted!("create unique index on planted (other)"),
    },
    Rule {
        rule: "foreign keys between agency tables carry agency_id and are led by it: `foreign key (agency_id, x_id) references x (agency_id, id)`",
        offenders: "select k.name || ' ' || c.conname from pg_constraint c join kept k on k.oid = c.conrelid join kept t on t.oid = c.confrelid \
            where c.contype = 'f' and (c.conkey[1] <> k.agency or c.confkey[1] <> t.agency)",
        plant: planted!(
            "alter table planted add unique (id); create table child (agency_id uuid not null, id uuid, planted_id uuid references planted (id))"
        ),
    },
    Rule {
        rule: "`on delete set null` names its columns, or it would empty agency_id",
        offenders: "select k.name || ' ' || c.conname from pg_constraint c join kept k on k.oid = c.conrelid \
            where c.contype = 'f' and c.confdeltype in ('n', 'd') and (c.confdelsetcols is null or k.agency = any (c.confdelsetcols))",
        plant: planted!("alter table planted add foreign key (agency_id, other) references planted (agency_id, id) on delete set null"),
    },
    Rule {
        rule: "no triggers: the store functions write in the same transaction",
        offenders: "select t.name || ' ' || g.tgname from pg_trigger g join tables t on t.oid = g.tgrelid where not g.tgisinternal",
        plant: planted!(
            "create function planted_trigger() returns trigger language plpgsql as $$ begin return new; end $$; \
             create trigger planted before insert on planted for each row execute function planted_trigger()"
        ),
    },
    Rule {
        rule: "no enum types: labels are `text` with a `check` (enums cannot use an index under row security)",
        offenders: "select t.typname::text from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype = 'e' and n.nspname not like 'pg\\_%'",
        plant: "create type planted as enum ('a')",
    },
    Rule {
        rule: "no sequences: ids come from the program",
        offenders: "select name from ours where relkind = 'S'",
        plant: "create table planted (agency_id uuid, id bigserial)",
    },
    Rule {
        rule: "a view has `security_invoker`; materialized views and foreign tables know no row security",
        offenders: "select name from ours where relkind in ('m', 'f') or (relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false))",
        plant: planted!("create view planted_view as select id from planted"),
    },
];

pub const ROLE_RULES: &[Rule] = &[
    Rule {
        rule: "the role exists, is no superuser, bypasses nothing, makes nothing, inherits nothing; only app_login signs in (migrations/roles.sql)",
        offenders: "select r.name from roles r left join pg_roles p on p.rolname = r.name where p.oid is null or p.rolsuper or p.rolbypassrls \
            or p.rolcreatedb or p.rolcreaterole or p.rolreplication or p.rolinherit or p.rolcanlogin <> (r.name = 'app_login')",
        plant: "alter role app_login bypassrls",
    },
    Rule {
        rule: "app_login steps into the wider roles on purpose and never has their rights unasked",
        offenders: "select r.name from roles r where r.name <> 'app_login' and pg_has_role('app_login', r.name, 'usage')",
        plant: "revoke app_keeper from app_login; alter role app_login inherit; grant app_keeper to app_login",
    },
    Rule {
        rule: "the role owns nothing (app_system: only reviewed functions)",
        offenders: "select r.name || ' owns ' || pg_describe_object(d.classid, d.objid, d.objsubid) from roles r join pg_roles p on p.rolname = r.name \
            join pg_shdepend d on d.refobjid = p.oid and d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' \
                and d.dbid in (0, (select oid from pg_database where datname = current_database())) \
            where not (r.name = 'app_system' and d.classid = 'pg_proc'::regclass \
                and exists (select from pg_proc f join reviewed v on v.name = f.proname where f.oid = d.objid))",
        plant: planted!("grant create on schema public to app_login; alter table planted owner to app_login"),
    },
    Rule {
        rule: "the role may not truncate, refer to, or put triggers on tables",
        offenders: "select t.name || ' by ' || r.name from tables t, roles r \
            where has_table_privilege(r.name, t.oid, 'truncate, trigger') or has_any_column_privilege(r.name, t.oid, 'references')",
        plant: planted!("grant truncate on planted to app_login"),
    },
    Rule {
        rule: "the role may create nothing in this database",
        offenders: "select r.name || ' in ' || n.nspname from roles r, pg_namespace n where n.nspname not like 'pg\\_%' and has_schema_privilege(r.name, n.oid, 'create') \
            union all select r.name || ' in the database' from roles r where has_database_privilege(r.name, current_database(), 'create')",
        plant: "grant create on schema public to app_login",
    },
    Rule {
        rule: "audit and reading are append-only: grant `select, insert` and nothing else",
        offenders: "select t.name || ' by ' || r.name from tables t, roles r where t.name ~ '^(audit|reading)(_|$)' \
            and (has_any_column_privilege(r.name, t.oid, 'update') or has_table_privilege(r.name, t.oid, 'delete'))",
        plant: "create table audit_planted (agency_id uuid not null, id uuid, note text); grant update (note) on audit_planted to app_keeper",
    },
    Rule {
        rule: "app_system looks up who signs in and what waits, and writes only what waits; of a link only the hash that its letter brings",
        offenders: "select t.name from tables t where (has_any_column_privilege('app_system', t.oid, 'select') and t.name not in (select name from read_by_system)) \
            or (t.name not in ('job', 'letter') and (has_any_column_privilege('app_system', t.oid, 'insert') or has_table_privilege('app_system', t.oid, 'delete') \
                or exists (select from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped \
                    and has_column_privilege('app_system', t.oid, a.attnum, 'update') \
                    and not (t.name in ('address_word', 'invitation', 'password_reset', 'return_link') and a.attname = 'token_hash'))))",
        plant: planted!("grant select (id) on planted to app_system"),
    },
    Rule {
        rule: "a `security definer` function is reviewed (SECURITY_DEFINER in tests/house/schema_rules.rs), sets its search_path or names tables and types by their schema, and is not open to public",
        offenders: "select f.proname::text from pg_proc f join pg_namespace n on n.oid = f.pronamespace where f.prosecdef and n.nspname not like 'pg\\_%' \
            and (f.proname::text not in (select name from reviewed) or (not exists (select from unnest(f.proconfig) c where c like 'search_path=%') \
                    and f.prosrc ~* ('\\m(from|join|update|into|::)\\s*(?!public\\.|pg_catalog\\.)(' || (select string_agg(name, '|') from tables) || ')\\M')) \
                or f.proacl is null or exists (select from aclexplode(f.proacl) a where a.grantee = 0))",
        plant: "create function planted() returns int language sql security definer as 'select 1'",
    },
    Rule {
        rule: "nothing is granted to public",
        offenders: "select c.relname::text from pg_class c join ours o on o.oid = c.oid, aclexplode(c.relacl) a where a.grantee = 0",
        plant: planted!("grant select on planted to public"),
    },
];
