-- Who put which source under which theme, each person's own reading kept apart from the others' and from what came of it. What a theme
-- rests on now stands in `edge`; here stands how it was read.
create table coding (
    agency_id uuid not null default current_agency() references agency (id),
    theme_id uuid not null,
    source_id uuid not null,
    coder_id uuid not null,
    coded_at timestamptz not null,
    left_at timestamptz,
    primary key (agency_id, source_id, theme_id, coder_id),
    foreign key (agency_id, theme_id) references theme (agency_id, id),
    foreign key (agency_id, source_id) references subject (agency_id, id),
    foreign key (agency_id, coder_id) references membership (agency_id, id)
);
select keep_within_agency('coding');
revoke delete on coding from app_login;
select keep_with_subject('coding', 'theme_id');
select keep_with_subject('coding', 'source_id');
create policy own_insert on coding as restrictive for insert to app_login with check (coder_id = (select current_membership()));
create policy own_update on coding as restrictive for update to app_login
    using (coder_id = (select current_membership())) with check (coder_id = (select current_membership()));

alter table coding no force row level security;
alter table edge no force row level security;
alter table theme no force row level security;
insert into coding (agency_id, theme_id, source_id, coder_id, coded_at)
select e.agency_id, e.from_id, e.to_id, e.by_id, e.created_at
from edge e join theme t on t.agency_id = e.agency_id and t.id = e.from_id
where e.kind = 'source';
alter table coding force row level security;
alter table edge force row level security;
alter table theme force row level security;

-- Where people read a source differently: what was settled, by whom, how, and why.
create table coding_settlement (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    source_id uuid not null,
    by_id uuid not null,
    how text not null check (how in ('third', 'talking')),
    reason text not null,
    themes uuid[] not null,
    settled_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, source_id) references subject (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index coding_settlement_of on coding_settlement (agency_id, source_id, settled_at desc);
select keep_within_agency('coding_settlement', 'select, insert');
grant update, delete on coding_settlement to app_keeper;
select keep_with_subject('coding_settlement', 'source_id');
-- A third person is nobody who put it anywhere themselves.
create function settlement_may_be(new coding_settlement) returns boolean language sql stable as $$
    select current_hat() in ('director', 'staff') and new.by_id = current_membership()
        and (new.how = 'talking') = exists (select 1 from coding c where c.agency_id = new.agency_id and c.source_id = new.source_id
            and c.coder_id = current_membership() and c.left_at is null)
$$;
create policy may_be_insert on coding_settlement as restrictive for insert to app_login with check (settlement_may_be(coding_settlement));

-- Whether people put a source under different themes, and nobody settled it since.
create function is_read_differently(source uuid) returns boolean language sql stable as $$
    select count(distinct e.by_id) * count(distinct e.from_id) <> count(distinct (e.by_id, e.from_id))
        and max(e.created_at) > coalesce((select max(s.settled_at) from coding_settlement s
            where s.agency_id = current_agency() and s.source_id = source), '-infinity')
    from edge e join theme t on t.agency_id = e.agency_id and t.id = e.from_id
    where e.agency_id = current_agency() and e.to_id = source and e.kind = 'source'
$$;
