-- Breaks a rule as it stands now, after all migrations: one place of its text, and an error where that place is not there once.
create schema spoil;

-- A text as a pattern that minds no spaces and line ends.
create function spoil.pattern(cut text) returns text language sql as $$
    select regexp_replace(regexp_replace(btrim(cut), '([][\\.^$*+?(){}|])', '\\\1', 'g'), '\s+', '\\s+', 'g')
$$;

create function spoil.times(whole text, cut text) returns bigint language sql as $$
    select count(*) from regexp_matches(whole, spoil.pattern(cut), 'g')
$$;

create function spoil.replaced(whole text, cut text, instead text, place text) returns text language plpgsql as $$
begin
    if whole is null or spoil.times(whole, cut) <> 1 then
        raise exception 'stands % times in %: %', spoil.times(whole, cut), place, cut;
    end if;
    return regexp_replace(whole, spoil.pattern(cut), replace(instead, '\', '\\'));
end $$;

-- select spoil.in_function('may_widen(uuid)', 'serves_as_steward(body)', 'true');
create function spoil.in_function(named regprocedure, cut text, instead text) returns void language plpgsql as $$
begin
    execute spoil.replaced(pg_get_functiondef(named), cut, instead, named::text);
end $$;

-- select spoil.in_policy('draft', 'audience', 'membership_id = ( SELECT current_membership() AS current_membership)', 'true');
-- The policy of this name, or the three of keep_to_audience; their text is the catalogue's, as in tests/snapshots/policies.txt.
create function spoil.in_policy(kept regclass, named text, cut text, instead text) returns void language plpgsql as $$
declare
    one record;
    there boolean := false;
begin
    for one in
        select p.polname, pg_get_expr(p.polqual, p.polrelid) as opens, pg_get_expr(p.polwithcheck, p.polrelid) as takes
        from pg_policy p where p.polrelid = kept and p.polname in (named, named || '_select', named || '_update', named || '_delete')
    loop
        there := true;
        if spoil.times(coalesce(one.opens, ''), cut) > 0 then
            execute format('alter policy %I on %s using (%s)', one.polname, kept, spoil.replaced(one.opens, cut, instead, one.polname));
        else
            execute format('alter policy %I on %s with check (%s)', one.polname, kept, spoil.replaced(one.takes, cut, instead, one.polname));
        end if;
    end loop;
    if not there then
        raise exception 'no policy % on %', named, kept;
    end if;
end $$;

-- The three policies that keep_to_audience makes, and those of keep_with_subject.
create function spoil.without_policies(kept regclass, named text) returns void language plpgsql as $$
declare
    one name;
begin
    foreach one in array array[named || '_select', named || '_update', named || '_delete'] loop
        execute format('drop policy %I on %s', one, kept);
    end loop;
end $$;

-- What the program writes in this column is not what is kept: as if it had forgotten to.
-- select spoil.always('half_sign_in', 'expires_at', 'new.made_at + interval ''1 day''');
create function spoil.always(kept regclass, field text, value text) returns void language plpgsql as $$
begin
    execute format('create function public.spoilt() returns trigger language plpgsql as %L',
        format('begin new.%I := %s; return new; end', field, value));
    execute format('create trigger a_spoilt before insert or update on %s for each row execute function public.spoilt()', kept);
end $$;
