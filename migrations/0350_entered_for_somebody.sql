-- Somebody who has no device today, or cannot come to the site, tells a question or a comment to somebody who enters it for them: in a time
-- that was agreed with them and ends by itself, marked with who entered it and how it was told, and not confirmed until they say so
-- themselves. It opens nothing: whoever enters reads what they read anyway, and only these two kinds of rows may then be another's.
create table acting (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    helper_id uuid not null,
    member_id uuid not null,
    told_how text not null check (told_how in ('telephone', 'in_person', 'paper')),
    begun_at timestamptz not null,
    until timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, helper_id) references membership (agency_id, id),
    foreign key (agency_id, member_id) references membership (agency_id, id),
    check (helper_id <> member_id),
    check (until > begun_at and until <= begun_at + interval '4 hours')
);
-- For one person at a time, so that nobody's words come under another's name.
create unique index acting_now on acting (agency_id, helper_id) where ended_at is null;
create index acting_over on acting (agency_id, until) where ended_at is null;
create index acting_for on acting (agency_id, member_id, begun_at desc);
select keep_within_agency('acting', 'select, insert');
grant update (ended_at) on acting to app_login;
grant update (told_how, ended_at) on acting to app_keeper;
select keep_to_audience('acting', '(helper_id = (select current_membership()) or member_id = (select current_membership()))');
create policy look_up on acting for select to app_system using (true);
grant select on acting to app_system;

-- Whoever wants nobody to enter anything for them.
create table not_acted_for (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    since timestamptz not null,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('not_acted_for', 'select, insert, delete');
create policy own_insert on not_acted_for as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_delete on not_acted_for as restrictive for delete to app_login using (membership_id = (select current_membership()));
create policy who_asks on not_acted_for as restrictive for select to app_login
    using (membership_id = (select current_membership()) or (select current_hat()) in ('director', 'staff', 'partner'));

-- Whether whoever asks may enter for that member: the agency's directors and staff, or somebody of the member's own body; for somebody with
-- lived experience only whom they let know who they are. Asked anew at everything that is entered.
create function may_act_for(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m
        where m.agency_id = current_agency() and m.id = member and m.state = 'active' and m.role = 'partner'
          and m.account_id is distinct from current_account()
          and (current_hat() in ('director', 'staff') or (current_hat() = 'partner' and m.partner_id = current_body()))
          and (not m.lived_experience or exists (select 1 from identity_reader r
              where r.agency_id = m.agency_id and r.membership_id = m.id and r.reader_id = current_membership()))
          and not exists (select 1 from not_acted_for f where f.agency_id = m.agency_id and f.membership_id = m.id));
end $$;

create function acting_may_be(new acting) returns boolean language plpgsql stable as $$
declare
    old acting;
begin
    select t.* into old from acting t where t.agency_id = new.agency_id and t.id = new.id;
    if old.id is null then
        return new.helper_id = current_membership() and new.begun_at = current_moment() and new.ended_at is null and may_act_for(new.member_id);
    end if;
    return old.ended_at is null and new.ended_at = least(old.until, current_moment());
end $$;
create policy may_be_insert on acting as restrictive for insert to app_login with check (acting_may_be(acting));
create policy may_be_update on acting as restrictive for update to app_login using (true) with check (acting_may_be(acting));

-- Whether a time of whoever asks runs, in which they enter for that member. How it was told is as it was agreed; where it is not said, any.
create function acts_for(member uuid, period uuid, how text) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from acting t
        where t.agency_id = current_agency() and t.helper_id = current_membership() and t.member_id = member
          and t.ended_at is null and t.until > current_moment()
          and t.id = coalesce(period, t.id) and t.told_how = coalesce(how, t.told_how))
        and may_act_for(member);
end $$;

-- What was entered carries its mark for good: in which time, by whom, how it was told; and what its own person said to it.
alter table loop add column acting_id uuid;
alter table loop add column entered_by uuid;
alter table loop add column told_how text check (told_how in ('telephone', 'in_person', 'paper'));
alter table loop add column confirmed_at timestamptz;
alter table loop add column struck_at timestamptz;
alter table loop add foreign key (agency_id, acting_id) references acting (agency_id, id);
alter table loop add foreign key (agency_id, entered_by) references membership (agency_id, id);
alter table loop add check ((acting_id is null) = (entered_by is null) and (acting_id is null) = (told_how is null));
alter table loop add check (acting_id is not null or (confirmed_at is null and struck_at is null));
alter table loop add check (confirmed_at is null or struck_at is null);
create index loop_entered on loop (agency_id, raised_by) where acting_id is not null and confirmed_at is null;
create index loop_of_acting on loop (agency_id, acting_id) where acting_id is not null;
alter table comment add column acting_id uuid;
alter table comment add column entered_by uuid;
alter table comment add column told_how text check (told_how in ('telephone', 'in_person', 'paper'));
alter table comment add column confirmed_at timestamptz;
alter table comment add column struck_at timestamptz;
alter table comment add foreign key (agency_id, acting_id) references acting (agency_id, id);
alter table comment add foreign key (agency_id, entered_by) references membership (agency_id, id);
alter table comment add check ((acting_id is null) = (entered_by is null) and (acting_id is null) = (told_how is null));
alter table comment add check (acting_id is not null or (confirmed_at is null and struck_at is null));
alter table comment add check (confirmed_at is null or struck_at is null);
create index comment_entered on comment (agency_id, author_id) where acting_id is not null and confirmed_at is null;
create index comment_of_acting on comment (agency_id, acting_id) where acting_id is not null;

-- A question is its raiser's own, or was entered for them while a time ran; nothing else of it is decided then.
create function loop_is_entered(new loop) returns boolean language plpgsql stable as $$
begin
    return acts_for(new.raised_by, new.acting_id, new.told_how) and new.entered_by = current_membership()
        and new.confirmed_at is null and new.struck_at is null and new.state = 'raised' and new.heir_id is null
        and new.raised_for_partner_id is not distinct from (select m.partner_id from membership m where m.agency_id = new.agency_id and m.id = new.raised_by);
end $$;
create policy entered_insert on loop as restrictive for insert to app_login
    with check (case when acting_id is null then raised_by is null or raised_by = (select current_membership()) else loop_is_entered(loop) end);

-- The same of a comment: never in the body's name, never as an answer, and wider than the partnership it is made by its own person alone.
create function comment_is_entered(new comment) returns boolean language plpgsql stable as $$
begin
    return acts_for(new.author_id, new.acting_id, new.told_how) and new.entered_by = current_membership()
        and new.confirmed_at is null and new.struck_at is null and not new.as_body and not new.for_tribe and new.parent_id is null and new.to_id is null
        and new.audience in ('body', 'leadership', 'agency', 'partnership') and new.hidden_because is null and new.withdrawn_at is null
        and new.body_id is not distinct from (select m.partner_id from membership m where m.agency_id = new.agency_id and m.id = new.author_id);
end $$;
drop policy may_be_insert on comment;
create policy may_be_insert on comment as restrictive for insert to app_login
    with check (case when acting_id is null then comment_may_be(comment) else comment_is_entered(comment) end);

drop policy may_be_insert on subject;
create policy may_be_insert on subject as restrictive for insert to app_login
    with check (subject_may_be(subject)
        or (kind = 'loop' and audience in ('leadership', 'agency', 'partnership') and acts_for(author_id, null, null)));

-- The mark stays as it was, and whose words they are says once whether they are.
create function entered_may_be(new loop) returns boolean language plpgsql stable as $$
declare
    old loop;
begin
    select l.* into old from loop l where l.agency_id = new.agency_id and l.id = new.id;
    return (new.acting_id, new.entered_by, new.told_how) is not distinct from (old.acting_id, old.entered_by, old.told_how)
        and (old.acting_id is null or new.raised_by = old.raised_by)
        and ((new.confirmed_at, new.struck_at) is not distinct from (old.confirmed_at, old.struck_at)
             or (old.confirmed_at is null and old.struck_at is null and old.raised_by = current_membership()));
end $$;
create policy entered_update on loop as restrictive for update to app_login using (true) with check (entered_may_be(loop));
create function entered_may_be(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    return (new.acting_id, new.entered_by, new.told_how) is not distinct from (old.acting_id, old.entered_by, old.told_how)
        and ((new.confirmed_at, new.struck_at) is not distinct from (old.confirmed_at, old.struck_at)
             or (old.confirmed_at is null and old.struck_at is null and old.author_id = current_membership()));
end $$;
create policy entered_update on comment as restrictive for update to app_login using (true) with check (entered_may_be(comment));

-- As in 0339, and for whom whoever is looked up enters just now: the band on every page asks nothing more of the database.
grant create on schema public to app_system;
set local role app_system;
drop function look_up_session(bytea, text, timestamptz);
create function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    proved_by text, second_factor boolean, proved_at timestamptz, vouched_by uuid,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text, sign_in_rule text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint, must_choose boolean, suspended boolean,
    way_ended boolean, unread bigint,
    acting_id uuid, acting_for text, acting_body text, acting_how text, acting_until timestamptz)
language plpgsql stable security definer rows 1 as $$
#variable_conflict use_column
declare
    -- The agency's day; the membership chosen for this sign-in; how many are open here; the one that is looked at, and the one worn.
    day pg_catalog.date;
    chosen pg_catalog.uuid;
    here pg_catalog.int4 := 0;
    one record;
    worn record;
    holds pg_catalog.bool;
begin
    select s.id, s.last_seen_at, s.proved_by, s.second_factor, coalesce(s.proved_at, s.created_at), s.vouched_by, a.id, a.name, a.is_demo
    into session_id, last_seen_at, proved_by, second_factor, proved_at, vouched_by, account_id, account_name, account_demo
    from public.session s join public.account a on a.id = s.account_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment and a.closed_at is null;
    if not found then
        return;
    end if;

    select g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           case when g.sign_in_rule_from > (moment at time zone g.zone)::pg_catalog.date then g.sign_in_rule_before else g.sign_in_rule end,
           (moment at time zone g.zone)::pg_catalog.date, h.membership_id, o.ended_at is not null
    into agency_id, agency_name, agency_demo, zone, accent, logo_file_id, contact, hotline, public_records, sign_in_rule, day, chosen, way_ended
    from public.agency g
    left join public.session_hat h on h.agency_id = g.id and h.session_id = look_up_session.session_id
    left join public.own_sign_in o on o.agency_id = g.id and o.session_id = look_up_session.session_id
    where g.slug = look_up_session.slug;

    hats := 0;
    suspended := false;
    way_ended := coalesce(way_ended, false);
    for one in
        select m.agency_id, m.id, m.name, m.role, m.partner_id, m.lived_experience, m.state, m.steward, m.speaks, m.binds,
               m.sees_landscape, m.mandate_from, m.mandate_until
        from public.membership m where m.account_id = look_up_session.account_id and m.state in ('active', 'suspended')
    loop
        -- A sign-in for which an agency's provider vouches knows of that agency's own side alone: that the same person has a role elsewhere,
        -- or speaks there from lived experience, is theirs to say, and not to be found out by whoever runs the provider.
        continue when proved_by = 'sso' and (one.role = 'partner' or one.agency_id <> vouched_by);
        if one.state = 'active' then
            hats := hats + 1;
        end if;
        if one.agency_id = look_up_session.agency_id then
            -- A role on the partners' side stays open: no administrator ends that.
            continue when way_ended and one.role <> 'partner';
            if one.state = 'suspended' then
                suspended := true;
            else
                here := here + 1;
                if chosen is null or one.id = chosen then
                    worn := one;
                    membership_id := one.id;
                end if;
            end if;
        end if;
    end loop;

    -- The hat that was chosen, or the only one here.
    if membership_id is null or (chosen is null and here > 1) then
        membership_id := null;
        must_choose := here > 0;
        return next;
        return;
    end if;
    must_choose := false;
    suspended := false;
    member_name := worn.name;
    role := worn.role;
    body_id := worn.partner_id;
    lived_experience := worn.lived_experience;
    steward := worn.steward;
    holds := coalesce(worn.mandate_from <= day, true) and coalesce(worn.mandate_until >= day, true);
    speaks := worn.speaks and holds;
    binds := worn.binds and holds;
    if body_id is not null then
        select p.name, p.kind into body_name, body_kind
        from public.partner p where p.agency_id = look_up_session.agency_id and p.id = look_up_session.body_id;
    end if;
    landscape := worn.sees_landscape or worn.role = 'director';
    if not landscape then
        perform from public.delegation d
        where d.agency_id = look_up_session.agency_id and d.lent_to = look_up_session.membership_id and d.duty = 'landscape'
              and d.ended_at is null and d.until >= day;
        landscape := found;
    end if;
    select count(*) into unread
    from (select from public.notice n
          where n.agency_id = look_up_session.agency_id and n.membership_id = look_up_session.membership_id and n.read_at is null
          limit 100) waiting;
    select t.id, case when m.lived_experience then 'a community member' else m.name end, p.name, t.told_how, t.until
    into acting_id, acting_for, acting_body, acting_how, acting_until
    from public.acting t
    join public.membership m on m.agency_id = t.agency_id and m.id = t.member_id
    left join public.partner p on p.agency_id = m.agency_id and p.id = m.partner_id
    where t.agency_id = look_up_session.agency_id and t.helper_id = look_up_session.membership_id and t.ended_at is null and t.until > moment;
    return next;
end $$;
revoke all on function look_up_session(bytea, text, timestamptz) from public;
grant execute on function look_up_session(bytea, text, timestamptz) to app_login;
-- The compiler's check of the query that uses it asks as the owner of the tables.
grant execute on function look_up_session(bytea, text, timestamptz) to session_user;
reset role;
revoke create on schema public from app_system;
