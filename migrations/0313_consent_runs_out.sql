-- Consent that runs out. An agency says for how long what a speaker allows holds, use by use; without that it holds until they
-- change it. What has run out reads as “no” for everybody, in the same place that asked for the consent before.
create table consent_term (
    agency_id uuid not null default current_agency() references agency (id),
    used text not null check (used in ('quoted', 'exported', 'published', 'research')),
    months smallint not null check (months between 1 and 120),
    set_by uuid not null,
    set_at timestamptz not null,
    primary key (agency_id, used),
    foreign key (agency_id, set_by) references membership (agency_id, id)
);
select keep_within_agency('consent_term', 'select, insert, update, delete', true);
-- Whoever is asked is told how long it holds, by their link too.
select keep_to_audience('consent_term', '((select current_hat()) <> ''nobody'')');
create policy set_by_insert on consent_term as restrictive for insert to app_login
    with check ((select current_hat()) = 'administrator' and set_by = (select current_membership()));
create policy set_by_update on consent_term as restrictive for update to app_login
    using ((select current_hat()) = 'administrator') with check (set_by = (select current_membership()));
create policy set_by_delete on consent_term as restrictive for delete to app_login using ((select current_hat()) = 'administrator');

-- What is read to a speaker, or read by them, before they choose: a version is never changed, so that it is known what was shown.
create table consent_wording (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    language text not null check (language ~ '^[a-z][a-z-]{1,11}$'),
    version integer not null,
    words text not null,
    written_by uuid not null,
    written_at timestamptz not null,
    primary key (agency_id, id),
    unique (agency_id, language, version),
    foreign key (agency_id, written_by) references membership (agency_id, id)
);
select keep_within_agency('consent_wording', 'select, insert', true);
select keep_to_audience('consent_wording', '((select current_hat()) <> ''nobody'')');
create policy written_by_insert on consent_wording as restrictive for insert to app_login
    with check ((select current_hat()) = 'administrator' and written_by = (select current_membership()));
grant update on consent_wording to app_keeper;
alter table consent_change add column wording_id uuid, add foreign key (agency_id, wording_id) references consent_wording (agency_id, id);

-- The newest wording in a language; where there is none in it, in the agency's own.
create function wording_in(spoken text) returns uuid language sql stable as $$
    select w.id from consent_wording w join agency a on a.id = w.agency_id
    where w.agency_id = current_agency() and w.language in (spoken, a.language)
    order by w.language = spoken desc, w.version desc limit 1
$$;

alter table statement add column quote_until timestamptz, add column export_until timestamptz, add column publish_until timestamptz,
    add column research_until timestamptz;
alter table subject add column analysts_until timestamptz;

-- What may be done with words now: what was allowed, as long as it holds.
create function quotable(st statement) returns boolean language sql stable as $$
    select st.may_quote and coalesce(st.quote_until > current_moment(), true)
$$;
create function exportable(st statement) returns boolean language sql stable as $$
    select st.may_export and coalesce(st.export_until > current_moment(), true)
$$;
create function publishable(st statement) returns boolean language sql stable as $$
    select st.may_publish and coalesce(st.publish_until > current_moment(), true)
$$;
create function researchable(st statement) returns boolean language sql stable as $$
    select st.may_research and coalesce(st.research_until > current_moment(), true)
$$;

-- The end of the day, at the agency, on which what is allowed at a moment runs out; none where the agency set no term.
create function consent_until(use_of text, moment timestamptz) returns timestamptz language sql stable as $$
    select (date_trunc('day', moment at time zone a.zone) + make_interval(months => t.months::integer) + interval '1 day') at time zone a.zone
    from consent_term t join agency a on a.id = t.agency_id
    where t.agency_id = current_agency() and t.used = use_of
$$;

alter policy use_select on statement using ((select current_hat()) <> 'analyst'
    or (may_export and coalesce(export_until > (select current_moment()), true)) or id = (select opened_record()));
alter policy use_update on statement using ((select current_hat()) <> 'analyst'
    or (may_export and coalesce(export_until > (select current_moment()), true)));
alter policy use_delete on statement using ((select current_hat()) <> 'analyst'
    or (may_export and coalesce(export_until > (select current_moment()), true)));
alter policy analysts_select on subject using ((select current_hat()) <> 'analyst'
    or (for_analysts and coalesce(analysts_until > (select current_moment()), true)) or id = (select opened_record()));
alter policy analysts_update on subject using ((select current_hat()) <> 'analyst'
    or (for_analysts and coalesce(analysts_until > (select current_moment()), true)));
alter policy analysts_delete on subject using ((select current_hat()) <> 'analyst'
    or (for_analysts and coalesce(analysts_until > (select current_moment()), true)));

-- Nobody of the site lengthens it; as before (0141), with the last line of the second condition added.
create or replace function subject_may_be(new subject) returns boolean language plpgsql stable as $$
declare
    old subject;
    me uuid := current_membership();
begin
    select s.* into old from subject s where s.agency_id = new.agency_id and s.id = new.id;
    if old.id is null then
        return case when new.kind = 'statement' then new.audience = 'author'
            else new.author_id is null or new.author_id is not distinct from me or new.audience = 'author' end;
    end if;
    if new.kind <> old.kind or new.created_at <> old.created_at or new.author_id is distinct from old.author_id
        or new.withdrawn_at is distinct from old.withdrawn_at or (new.for_analysts and not old.for_analysts)
        or new.analysts_until is distinct from old.analysts_until then
        return false;
    end if;
    if new.audience = old.audience and new.body_id is not distinct from old.body_id then
        return true;
    end if;
    if old.kind = 'statement' then
        return false;
    end if;
    if old.author_id is null then
        return current_hat() in ('director', 'staff');
    end if;
    return new.body_id is not distinct from old.body_id and (old.author_id = me or is_steward_of(old.body_id)
        or exists (select 1 from loop l where l.agency_id = old.agency_id and l.id = old.id and l.heir_id = me));
end $$;
