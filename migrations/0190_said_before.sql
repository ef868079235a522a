-- Taking words back erases what came from them and nothing else. Of every eight words in a row it is known, as a hash that nobody
-- but the keeper reads, where they were said first: in words that somebody may take back (a statement, a comment, a question), or
-- in any other text. What stood in the agency before, in whatever text, did not come from the words that are taken back.
create table said_run (
    agency_id uuid not null default current_agency() references agency (id),
    hash bigint not null,
    -- The statement, comment or question in which it was said first; none for any other text.
    first_in uuid,
    primary key (agency_id, hash)
);
create index said_run_first on said_run (agency_id, first_in) where first_in is not null;
select keep_within_agency('said_run', 'select, insert, delete');
select keep_to_audience('said_run', '(false)');
create policy keepers on said_run as restrictive for insert to app_login with check (false);

create function run_hash(run text) returns bigint language sql immutable as $$
    select ('x' || encode(substr(sha256(convert_to(run, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
$$;

-- Keeps what these texts say first. For the keeper. Always in one order, so that two forms sent at once never wait for each other.
create function note_runs(texts text[], record uuid) returns void language sql as $$
    insert into said_run (agency_id, hash, first_in)
    select current_agency(), o.hash, record
    from (select distinct run_hash(run) as hash from unnest(texts) one, unnest(word_runs(one)) run order by 1) o
    on conflict (agency_id, hash) do nothing
$$;

-- The same for the rows of a list that was read from a file.
create function note_listed_runs(list uuid) returns void language sql as $$
    select note_runs(array_agg(v #>> '{}'), null)
    from import_row r, jsonb_path_query(r.fields, '$.**') v
    where r.agency_id = current_agency() and r.import_id = list and jsonb_typeof(v) = 'string' and char_length(v #>> '{}') > 15
$$;

-- Copies that stay where somebody else wrote them are tasks; those of a comment are read by its author and those who see to them.
alter table recall add column of_comment uuid;
alter table recall add foreign key (agency_id, of_comment) references comment (agency_id, id);
select keep_to_audience('recall', '(of_comment is null or (select current_hat()) in (''director'', ''staff'') '
    'or exists (select 1 from comment c where c.agency_id = recall.agency_id and c.id = recall.of_comment and c.author_id = (select current_membership())))', 'of_comment');

-- Names are everybody's: of partners, and of people.
create function is_a_name(place text, field text) returns boolean language sql immutable as $$
    select place in ('partner_name', 'listed_name') or (place, field) in (('partner', 'name'), ('partner', 'sort_name'), ('partner', 'folded'),
        ('membership', 'name'), ('member_identity', 'name'), ('representative', 'name'), ('recall', 'taken_by_name'), ('import_row', 'name'))
$$;

create function is_of_a_tribe(member uuid) returns boolean language sql stable as $$
    select exists (select 1 from membership m join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
        where m.agency_id = current_agency() and m.id = member and p.is_tribe)
$$;
create function is_a_tribe(body uuid) returns boolean language sql stable as $$
    select exists (select 1 from partner p where p.agency_id = current_agency() and p.id = body and p.is_tribe)
$$;

-- Which rows `t` of a place a withdrawal may change, as a condition with the withdrawer as $4. A Tribe's position is never hidden.
-- Comments and questions are said to each other: who takes theirs back leaves what others contributed.
create function may_be_erased(place text, field text, in_talk boolean) returns text language plpgsql immutable as $$
declare
    own_comment text := case when in_talk then 'c.author_id = $4'
        else '(c.author_id is not distinct from $4 or not (c.as_body and is_of_a_tribe(c.author_id)))' end;
begin
    return case
        when place = 'comment' then 't.id <> $5 and ' || replace(own_comment, 'c.', 't.')
        when place in ('comment_revision', 'comment_hidden') then 't.comment_id <> $5 and exists (select from comment c where c.agency_id = t.agency_id '
            'and c.id = t.comment_id and ' || own_comment || ')'
        when place = 'subject' then 't.id <> $5 and t.kind <> ''partner''' || case when in_talk then ' and (t.kind <> ''loop'' or t.author_id = $4)' else '' end
        when place = 'loop' then 't.id <> $5' || case when in_talk and field = 'words' then ' and t.raised_by = $4' else '' end
        -- What a body keeps itself are its own words.
        when place = 'partner' then case when in_talk then 't.own_kept_at is null' else 'not (t.is_tribe and t.own_kept_at is not null)' end
        when place = 'agreement' then case when in_talk then 't.membership_id = $4'
            else '(t.membership_id is not distinct from $4 or not is_a_tribe(t.partner_id))' end
        when place = 'rating' then case when in_talk then 't.rated_by = $4'
            else '(t.rated_by is not distinct from $4 or t.side = ''agency'' or not is_a_tribe(t.partner_id))' end
        when place = 'rating_kept' then case when in_talk then 'false' else 'not is_a_tribe(t.partner_id)' end
        when place = 'draft' and in_talk then 't.membership_id = $4'
        else 'true' end;
end $$;

-- The record that a row is or hangs on.
create function subject_of(kept jsonb) returns uuid language sql stable as $$
    select o.id
    from (select s.id, k.n
          from unnest(array['subject_id', 'id', 'partner_id', 'session_id', 'plan_id', 'barrier_id', 'goal_id', 'commitment_id', 'theme_id'])
              with ordinality k(key, n)
          join subject s on s.agency_id = current_agency() and s.id = nullif(kept ->> k.key, '')::uuid
          union all
          select c.subject_id, 100 from comment c where c.agency_id = current_agency() and c.id = nullif(kept ->> 'comment_id', '')::uuid) o
    order by o.n limit 1
$$;

-- Takes out of every text of the agency, as far as the keeper may change it, what came from these texts of one statement, comment
-- or question. Each record that lost words has an entry in the log and a new version; each sort of place stands on the recall list.
drop function erase_copies(text, uuid, timestamptz);
create function erase_copies(texts text[], taken_from uuid, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
    author uuid;
    listed_on uuid;
    of_comment uuid;
    in_talk boolean;
    runs text[];
    names text[];
    -- Eight words in a row hold at least one of these four in a row, so that most texts are passed over quickly.
    signs text[];
    spot record;
    hit record;
    found_in text;
    becomes text;
    allowed text;
    changed bigint;
begin
    select c.author_id, c.subject_id, c.id, true into author, listed_on, of_comment, in_talk from comment c where c.agency_id = agency and c.id = taken_from;
    if listed_on is null then
        select s.author_id, s.id, s.kind = 'loop' into author, listed_on, in_talk from subject s where s.agency_id = agency and s.id = taken_from;
    end if;
    select array_agg(distinct run) into runs from unnest(texts) one, unnest(word_runs(one)) run
    where not exists (select from said_run s where s.agency_id = agency and s.hash = run_hash(run) and s.first_in is distinct from taken_from);
    delete from said_run where agency_id = agency and first_in = taken_from;
    if runs is null then
        return;
    end if;
    select array_agg(distinct '%' || array_to_string(w[n:n + 3], ' ') || '%') into signs
    from (select string_to_array(plain_words(one), ' ') as w from unnest(texts) one) folded, generate_series(1, array_length(w, 1) - 3, 4) n;
    select array_agg(distinct run) into names
    from (select p.name from partner p where p.agency_id = agency union all select f.name from partner_name f where f.agency_id = agency
          union all select unnest(l.name || l.alternates) from listed_name l where l.agency_id = agency) known, unnest(word_runs(known.name)) run
    where char_length(known.name) > 15 and plain_words(known.name) like any (signs);
    runs := array(select run from unnest(runs) run where run <> all (coalesce(names, '{}')));
    if runs = '{}' then
        return;
    end if;
    for spot in
        select c.relname as place, a.attname as field, a.atttypid::regtype::text as type,
            exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'version' and v.atttypid = 'integer'::regtype
                and has_column_privilege(c.oid, v.attnum, 'update')
                and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and v.attnum = any (i.indkey))) as counts
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and (c.relname <> 'statement' or a.attname in ('next_step', 'sensitivity', 'witness'))
          and not is_a_name(c.relname, a.attname)
          and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
          and exists (select from pg_attribute g where g.attrelid = c.oid and g.attname = 'agency_id' and not g.attisdropped)
          and has_column_privilege(c.oid, a.attnum, 'update')
        order by 1, 2
    loop
        found_in := format(case spot.type
            when 'text' then 'char_length(t.%1$I) > 15 and plain_words(t.%1$I) like any ($3) and word_runs(t.%1$I) && $1'
            when 'text[]' then 'exists (select from unnest(t.%1$I) one where char_length(one) > 15 and plain_words(one) like any ($3) and word_runs(one) && $1)'
            else 'plain_words(t.%1$I::text) like any ($3) and json_without_runs(t.%1$I, $1) <> t.%1$I' end, spot.field);
        becomes := format(case spot.type
            when 'text' then 'without_runs(t.%1$I, $1)'
            when 'text[]' then '(select array_agg(without_runs(one, $1) order by n) from unnest(t.%1$I) with ordinality e(one, n))'
            else 'json_without_runs(t.%1$I, $1)' end, spot.field);
        allowed := may_be_erased(spot.place, spot.field, in_talk);
        -- What stays is counted first: afterwards it can be told no more.
        if allowed <> 'true' then
            execute format('select count(*) from %1$I t where t.agency_id = $2 and %2$s and not (%3$s) and t.ctid not in (select o.ctid from %1$I o '
                'where o.agency_id = $2 and %4$s)', spot.place, found_in, allowed,
                case when spot.place in ('comment_revision', 'comment_hidden') then 'o.comment_id = $5'
                     when spot.place in ('comment', 'loop', 'subject') then 'o.id = $5' else 'false' end)
                into changed using runs, agency, signs, author, taken_from;
            if changed > 0 and spot.place <> 'subject' then
                insert into recall (agency_id, id, subject_id, of_comment, what, created_at)
                values (agency, gen_random_uuid(), listed_on, of_comment,
                    'The same words in ' || place_in_words(spot.place) || ' by others, who alone take them out', moment);
            end if;
        end if;
        changed := 0;
        for hit in execute format(
            'with changed as (update %1$I t set %2$I = %3$s%4$s where t.agency_id = $2 and %5$s and %6$s returning to_jsonb(t) as kept)
             select subject_of(kept) as about, count(*) as n, coalesce(sum(char_length(kept ->> %2$L)), 0) as length from changed group by 1',
            spot.place, spot.field, becomes, case when spot.counts then ', version = t.version + 1' else '' end, found_in, allowed)
            using runs, agency, signs, author, taken_from
        loop
            changed := changed + hit.n;
            if hit.about is not null and hit.about <> taken_from then
                update subject set version = version + 1 where agency_id = agency and id = hit.about and spot.place <> 'subject';
                insert into audit (agency_id, id, at, actor_name, action, subject_id, kind, fields, audience)
                select agency, gen_random_uuid(), moment, 'whoever took words back', 'lost words that were taken back', s.id, s.kind,
                    jsonb_build_object(spot.field, hit.length),
                    case when spot.place in ('comment', 'comment_revision', 'comment_hidden', 'recall') then 'desk' else 'record' end
                from subject s where s.agency_id = agency and s.id = hit.about;
            end if;
        end loop;
        if changed > 0 then
            insert into recall (agency_id, id, subject_id, of_comment, what, state, because, done_at, created_at)
            values (agency, gen_random_uuid(), listed_on, of_comment, 'Words copied into ' || place_in_words(spot.place), 'replaced',
                'a mark stands in their place', moment, moment);
        end if;
    end loop;
    update job set payload = json_without_runs(payload, runs)
    where for_agency = agency and plain_words(payload::text) like any (signs) and json_without_runs(payload, runs) <> payload;
end $$;
