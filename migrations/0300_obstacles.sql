-- What makes the partnership itself hard, raised by either side and worked on by both. Its words are contributed: they belong to
-- whoever raised it, and each side writes what it can and cannot decide by itself.
create table obstacle (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null check (kind in ('language', 'power', 'workload', 'travel', 'pay', 'other')),
    -- None once taken back.
    name text,
    description text not null default '',
    -- Who raised it, and the body on the other side of the table from the agency; a person without a body has none.
    side text not null check (side in ('agency', 'partner')),
    raised_by uuid not null,
    partner_id uuid,
    agency_can text not null default '',
    agency_cannot text not null default '',
    partner_can text not null default '',
    partner_cannot text not null default '',
    owner_id uuid,
    owner_partner_id uuid,
    next_step text not null default '',
    next_on date,
    review_on date,
    state text not null default 'open' check (state in ('open', 'easing', 'settled', 'withdrawn')),
    reopened smallint not null default 0,
    settled_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, raised_by) references membership (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, owner_id) references membership (agency_id, id),
    foreign key (agency_id, owner_partner_id) references partner (agency_id, id),
    check (side = 'partner' or partner_id is not null),
    check (owner_id is null or owner_partner_id is null),
    check ((next_step = '') = (next_on is null)),
    check ((name is null) = (state = 'withdrawn'))
);
create index obstacle_of_partner on obstacle (agency_id, partner_id, created_at);
create index obstacle_by_review on obstacle (agency_id, review_on) where state in ('open', 'easing');
select keep_within_agency('obstacle', 'select, insert, update');
select keep_with_subject('obstacle');
-- Being administrator opens no partner's words.
select keep_to_audience('obstacle', '((select current_hat()) <> ''administrator'')', 'no_words');
select keep_to_audience('subject', '((select current_hat()) <> ''administrator'' or kind <> ''obstacle'')', 'no_obstacles');

-- The side of an obstacle on which the asker works.
create function side_of_obstacle(one obstacle) returns text language sql stable as $$
    select case when current_hat() in ('director', 'staff') then 'agency'
        when current_hat() = 'partner' and (one.partner_id = current_body() or (one.side = 'partner' and one.raised_by = current_membership())) then 'partner'
        end
$$;
-- Each side writes its own part; the words are the raiser's; settled is what the side says that raised it.
create function obstacle_may_be(new obstacle) returns boolean language plpgsql stable as $$
declare
    old obstacle;
    mine text;
begin
    select o.* into old from obstacle o where o.agency_id = new.agency_id and o.id = new.id;
    if old.id is null then
        return new.raised_by = current_membership() and new.state = 'open' and new.side = side_of_obstacle(new)
            and (new.side = 'agency' or new.partner_id is not distinct from current_body());
    end if;
    mine := side_of_obstacle(old);
    if mine is null or old.state = 'withdrawn' or new.state = 'withdrawn' or (new.side, new.raised_by, new.created_at) <> (old.side, old.raised_by, old.created_at)
        or new.partner_id is distinct from old.partner_id then
        return false;
    end if;
    if (new.kind, new.name, new.description) is distinct from (old.kind, old.name, old.description) and old.raised_by <> current_membership() then
        return false;
    end if;
    if new.state = 'settled' and old.state <> 'settled' and mine <> old.side then
        return false;
    end if;
    return case mine when 'agency' then (new.partner_can, new.partner_cannot) = (old.partner_can, old.partner_cannot)
        else (new.agency_can, new.agency_cannot) = (old.agency_can, old.agency_cannot) end;
end $$;
create policy may_be_insert on obstacle as restrictive for insert to app_login with check (obstacle_may_be(obstacle));
create policy may_be_update on obstacle as restrictive for update to app_login using (true) with check (obstacle_may_be(obstacle));

-- Who was shown its words is noted as for statements and questions.
create or replace function note_viewed(records uuid[], comments uuid[], moment timestamptz) returns void language plpgsql as $$
declare
    zone text := (select a.zone from agency a where a.id = (select current_agency()));
    begins timestamptz := date_trunc('day', moment at time zone zone) at time zone zone;
begin
    insert into reading (agency_id, id, at, membership_id, subject_id, comment_id, how)
    select (select current_agency()), gen_random_uuid(), moment, (select current_membership()), w.subject_id, w.comment_id, 'viewed'
    from (select s.id as subject_id, null::uuid as comment_id from subject s
          where s.agency_id = (select current_agency()) and s.id = any(records) and s.kind in ('statement', 'loop', 'obstacle')
            and s.author_id is distinct from (select current_membership())
          union all
          select c.subject_id, c.id from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
          where c.agency_id = (select current_agency()) and c.id = any(comments) and m.role = 'partner'
            and c.author_id <> (select current_membership())) w
    where not exists (select 1 from reading r where r.agency_id = (select current_agency()) and r.subject_id = w.subject_id
                      and r.comment_id is not distinct from w.comment_id and r.membership_id = (select current_membership())
                      and r.how = 'viewed' and r.at >= begins and r.at <= moment);
end $$;

-- A table of its own where tables leave.
alter table export drop constraint export_what_check;
alter table export add constraint export_what_check check (what in ('partners', 'outreach', 'governments', 'sessions', 'statements', 'themes', 'barriers',
    'goals', 'plans', 'means', 'progress', 'commitments', 'loops', 'obstacles', 'body'));
