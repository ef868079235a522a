-- People and tenants: accounts and agencies are shared by all; memberships belong to an agency.
create table account (
    id uuid primary key,
    email text not null unique,
    name text not null,
    password_hash text,
    is_demo boolean not null default false,
    created_at timestamptz not null,
    closed_at timestamptz
);
create table agency (
    id uuid primary key,
    slug text not null unique,
    name text not null,
    is_demo boolean not null default false,
    zone text not null default 'America/Chicago',
    accent text,
    logo_file_id uuid,
    contact text not null default '',
    hotline text not null default '',
    public_records text not null default 'What you write here may become a public record.',
    reporting_notice text not null default 'Agency staff and some partners must by law report suspected abuse or neglect of a child.',
    minors_rule text,
    scale text[] not null default array['need', 'developing', 'strength'],
    assess_at smallint,
    acknowledge_days smallint not null default 5,
    answer_days smallint not null default 30,
    working_days boolean not null default false,
    director_reviews boolean not null default true,
    card_table jsonb not null default '{"without_name":["kept","quoted"],"with_name":["kept","quoted","named"]}',
    version integer not null default 1,
    created_at timestamptz not null
);
create table session (
    id uuid primary key,
    token_hash bytea not null unique,
    account_id uuid not null references account (id),
    device text not null default '',
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index session_of_account on session (account_id);
create table parked_form (
    id bytea primary key,
    account_id uuid not null references account (id),
    sealed bytea not null,
    expires_at timestamptz not null
);

create table partner (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null check (char_length(name) between 1 and 200),
    sort_name text not null collate "und-x-icu",
    folded text not null default '',
    is_tribe boolean not null default false,
    kind text not null check (kind in ('tribe', 'urban_native', 'community', 'faith', 'court', 'casa', 'attorneys_children',
        'attorneys_parents', 'education', 'health', 'law_enforcement', 'resource_families', 'self_formed', 'public_agency',
        'private_provider', 'business_funder', 'other')),
    stage text not null default 'to_contact' check (stage in ('to_contact', 'invited', 'met', 'working', 'paused', 'ended')),
    contracted boolean not null default false,
    communities text[] not null default '{}',
    languages text[] not null default '{}',
    counties text[] not null default '{}',
    brings text[] not null default '{}',
    description text not null default '',
    city text not null default '',
    state text not null default '',
    website text not null default '',
    email text not null default '',
    phone text not null default '',
    official_id text not null default '',
    recognition text not null default 'not_stated' check (recognition in ('not_stated', 'federal_list', 'own_words')),
    recognition_words text not null default '',
    recognition_source text not null default '',
    recognition_on date,
    keeper_id uuid,
    keeper_reason text not null default '',
    rhythm text check (rhythm in ('week', 'month', 'quarter', 'half_year', 'year')),
    rhythm_next date,
    agenda_ours text not null default '',
    agenda_theirs text not null default '',
    merged_into uuid,
    import_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, merged_into) references partner (agency_id, id)
);
create index partner_by_name on partner (agency_id, is_tribe desc, sort_name, id);
select keep_within_agency('partner');

create table membership (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    account_id uuid references account (id),
    name text not null,
    role text not null check (role in ('director', 'staff', 'analyst', 'administrator', 'partner')),
    partner_id uuid,
    lived_experience boolean not null default false,
    state text not null check (state in ('invited', 'accepted', 'active', 'suspended', 'ended')),
    steward boolean not null default false,
    speaks boolean not null default false,
    binds boolean not null default false,
    mandate text not null default '',
    mandate_from date,
    mandate_until date,
    sees_landscape boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    unique nulls not distinct (agency_id, account_id, partner_id, role, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    check (role = 'partner' or (partner_id is null and not steward and not lived_experience))
);
create unique index membership_once on membership (agency_id, account_id, partner_id, role) nulls not distinct where state <> 'ended' and account_id is not null;
create index membership_of_account on membership (account_id);
select keep_within_agency('membership');
create policy look_up on membership for select to app_system using (true);
alter table partner add foreign key (agency_id, keeper_id) references membership (agency_id, id);

-- Who somebody is, apart from what the agency shows of them: that a person speaks from lived experience is confidential.
create table member_identity (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    name text not null,
    email text not null,
    reach_channel text not null default '',
    reach_hours text not null default '',
    may_leave_message boolean not null default false,
    may_name_agency boolean not null default false,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create table identity_reader (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    reader_id uuid not null,
    primary key (agency_id, membership_id, reader_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, reader_id) references membership (agency_id, id)
);
select keep_within_agency('identity_reader');
select keep_within_agency('member_identity');
select keep_to_audience('member_identity', '(membership_id = (select current_membership()) or exists (select 1 from identity_reader r '
    'where r.agency_id = member_identity.agency_id and r.membership_id = member_identity.membership_id and r.reader_id = (select current_membership())))');

create table invitation (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    membership_id uuid not null,
    token_hash bytea not null,
    email text not null,
    made_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    primary key (agency_id, id),
    unique (agency_id, token_hash),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
create index invitation_by_token on invitation (token_hash);
select keep_within_agency('invitation');
create policy look_up on invitation for select to app_system using (true);

-- The hat worn in an agency during one sign-in.
create table session_hat (
    agency_id uuid not null default current_agency() references agency (id),
    session_id uuid not null references session (id),
    membership_id uuid not null,
    primary key (agency_id, session_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('session_hat');
create policy look_up on session_hat for select to app_system using (true);

-- A body's recorded act by which it names its first steward.
create table steward_act (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    membership_id uuid not null,
    document text not null check (document in ('resolution', 'letter')),
    dated date not null,
    reference text not null,
    received_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, received_by) references membership (agency_id, id)
);
select keep_within_agency('steward_act', 'select, insert');

-- A duty lent by one member to another until a day; it ends by itself.
create table delegation (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    duty text not null check (duty in ('answers', 'landscape', 'outreach')),
    lent_by uuid not null,
    lent_to uuid not null,
    reason text not null default '',
    until date not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, lent_by) references membership (agency_id, id),
    foreign key (agency_id, lent_to) references membership (agency_id, id)
);
select keep_within_agency('delegation');

-- Shared tables: the site sees its own agency and its own account, the look-up role sees what signing in needs.
alter table agency enable row level security;
alter table agency force row level security;
create policy own on agency using (id = (select current_agency())) with check (id = (select current_agency()));
create policy look_up on agency for select to app_system using (true);
grant select on agency to app_login, app_keeper, app_system;
grant update on agency to app_login;

alter table account enable row level security;
create policy own on account for select to app_login using (id = (select current_account()));
create policy join_in on account for insert to app_login with check (true);
create policy change on account for update to app_login using (id = (select current_account()));
create policy look_up on account for select to app_system using (true);
grant select (id, email, name, is_demo, created_at, closed_at), insert, update on account to app_login;
grant select on account to app_system;

alter table session enable row level security;
create policy own on session to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on session for select to app_system using (true);
grant select, insert, update on session to app_login;
grant select on session to app_system;

alter table parked_form enable row level security;
create policy own on parked_form to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
grant select, insert, delete on parked_form to app_login;
grant select on membership, invitation, session_hat to app_system;

-- The one look-up that stands outside a tenant: a token (hashed) and the agency of the address in, one row out.
-- It runs as app_system and answers nothing that the bearer of the token does not already stand for.
create function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
    select s.id, a.id, a.name, a.is_demo, s.last_seen_at,
           g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           m.id, m.name, m.role, m.partner_id, p.name, p.kind, m.lived_experience,
           m.steward, m.speaks, m.binds, m.sees_landscape or m.role = 'director' or exists (
               select 1 from delegation d where d.agency_id = g.id and d.lent_to = m.id and d.duty = 'landscape'
               and d.ended_at is null and d.until >= moment::date),
           (select count(*) from membership o where o.account_id = a.id and o.state = 'active')
    from session s
    join account a on a.id = s.account_id and a.closed_at is null
    left join agency g on g.slug = look_up_session.slug
    left join lateral (
        select mm.* from membership mm
        left join session_hat h on h.agency_id = mm.agency_id and h.session_id = s.id
        where mm.agency_id = g.id and mm.account_id = a.id and mm.state = 'active'
        order by (h.membership_id is not distinct from mm.id) desc, mm.created_at, mm.id
        limit 1) m on true
    left join partner p on p.agency_id = g.id and p.id = m.partner_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment;
end $$;
create policy look_up on partner for select to app_system using (true);
create policy look_up on delegation for select to app_system using (true);
grant select (agency_id, id, name, kind) on partner to app_system;
grant select on delegation to app_system;
revoke all on function look_up_session(bytea, text, timestamptz) from public;
grant execute on function look_up_session(bytea, text, timestamptz) to app_login;
grant create on schema public to app_system;
alter function look_up_session(bytea, text, timestamptz) owner to app_system;
revoke create on schema public from app_system;
-- The compiler's check of the query that uses it asks as the owner of the tables.
set local role app_system;
grant execute on function look_up_session(bytea, text, timestamptz) to session_user;
reset role;
