-- Copied words: a withdrawal finds every text that shares eight words in a row with what was taken back, not only whole copies,
-- and puts a mark in their place.

-- A text as its words are compared: lower case, without accents, apostrophes or punctuation, words one space apart.
create function plain_words(said text) returns text language sql immutable as $$
    select btrim(regexp_replace(lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f''’‘`´ʔʼ]', '', 'g')), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Every eight words in a row; none for a shorter text, for fewer are everybody's.
create function word_runs(said text) returns text[] language sql immutable as $$
    select coalesce(array_agg(distinct array_to_string(w[n:n + 7], ' ')), '{}')
    from (select string_to_array(plain_words(said), ' ') as w) folded, generate_series(1, coalesce(array_length(w, 1), 0) - 7) n
$$;

-- The text with every word that stands in one of these runs gone, and one mark for each passage.
create function without_runs(said text, runs text[]) returns text language plpgsql immutable as $$
declare
    mark constant text := '[words taken back]';
    gaps text[];
    tokens text[];
    plain text[] := '{}';
    place integer[] := '{}';
    hide boolean[];
    part text;
    kept text := '';
    was_hidden boolean := false;
begin
    select array_agg(m[1] order by n), array_agg(m[2] order by n) into gaps, tokens
    from regexp_matches(said, '(\s*)(\S+)', 'g') with ordinality found(m, n);
    if tokens is null then
        return said;
    end if;
    hide := array_fill(false, array[array_length(tokens, 1)]);
    for i in 1 .. array_length(tokens, 1) loop
        foreach part in array string_to_array(plain_words(tokens[i]), ' ') loop
            plain := plain || part;
            place := place || i;
        end loop;
    end loop;
    for n in 1 .. coalesce(array_length(plain, 1), 0) - 7 loop
        if array_to_string(plain[n:n + 7], ' ') = any (runs) then
            for i in place[n] .. place[n + 7] loop
                hide[i] := true;
            end loop;
        end if;
    end loop;
    for i in 1 .. array_length(tokens, 1) loop
        if not hide[i] then
            kept := kept || gaps[i] || tokens[i];
        elsif not was_hidden then
            kept := kept || gaps[i] || mark;
        end if;
        was_hidden := hide[i];
    end loop;
    return kept;
end $$;

create function json_without_runs(said jsonb, runs text[]) returns jsonb language plpgsql immutable as $$
begin
    return case jsonb_typeof(said)
        when 'string' then to_jsonb(without_runs(said #>> '{}', runs))
        when 'array' then coalesce((select jsonb_agg(json_without_runs(v, runs) order by n) from jsonb_array_elements(said) with ordinality one(v, n)), '[]')
        when 'object' then coalesce((select jsonb_object_agg(k, json_without_runs(v, runs)) from jsonb_each(said) one(k, v)), '{}')
        else said end;
end $$;

-- How the recall list names a place.
create function place_in_words(kept text) returns text language sql immutable as $$
    select case kept
        when 'happening' then 'the history of a record' when 'subject' then 'the title of a record' when 'revision' then 'a former version of a record'
        when 'comment_revision' then 'a former text of a comment' when 'comment_hidden' then 'a hidden comment' when 'loop' then 'a question or its answer'
        when 'plan_progress' then 'the progress of a plan' when 'plan_means' then 'the means of a plan' when 'agreement' then 'a word on a goal'
        when 'listening_session' then 'a listening session' when 'outreach' then 'an outreach entry' when 'rating' then 'a note on a relationship'
        when 'rating_kept' then 'a note on a relationship' when 'representative' then 'a hand-over' when 'statement' then 'the next step on a statement'
        when 'acknowledgement' then 'an acknowledgement' when 'import' then 'an import' when 'import_row' then 'a row of an import'
        else 'a ' || replace(kept, '_', ' ') end
$$;

-- Takes copied words out of every text of the agency that the asker (the keeper) may change, and notes each sort of place
-- where they stood on the recall list of the record that they were taken from (none for a comment, which is no record).
drop function erase_copies(text);
create function erase_copies(words text, taken_from uuid, moment timestamptz) returns void language plpgsql as $$
declare
    runs text[] := word_runs(words);
    -- Eight words in a row hold at least one of these four in a row, so that most texts are passed over quickly.
    signs text[];
    spot record;
    changed bigint;
begin
    if runs = '{}' then
        return;
    end if;
    select array_agg(distinct '%' || array_to_string(w[n:n + 3], ' ') || '%') into signs
    from (select string_to_array(plain_words(words), ' ') as w) folded, generate_series(1, array_length(w, 1) - 3, 4) n;
    for spot in
        select c.relname as place, a.attname as field, a.atttypid::regtype::text as type
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and (c.relname <> 'statement' or a.attname in ('next_step', 'sensitivity', 'witness'))
          and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
          and exists (select from pg_attribute g where g.attrelid = c.oid and g.attname = 'agency_id' and not g.attisdropped)
          and has_column_privilege(c.oid, a.attnum, 'update')
        order by 1, 2
    loop
        execute format(case spot.type
            when 'text' then 'update %1$I set %2$I = without_runs(%2$I, $1) where agency_id = $2 and char_length(%2$I) > 15
                and plain_words(%2$I) like any ($3) and word_runs(%2$I) && $1'
            when 'text[]' then 'update %1$I set %2$I = (select array_agg(without_runs(one, $1) order by n) from unnest(%2$I) with ordinality e(one, n))
                where agency_id = $2 and exists (select from unnest(%2$I) one where char_length(one) > 15 and plain_words(one) like any ($3) and word_runs(one) && $1)'
            else 'update %1$I set %2$I = json_without_runs(%2$I, $1) where agency_id = $2 and plain_words(%2$I::text) like any ($3)
                and json_without_runs(%2$I, $1) <> %2$I' end, spot.place, spot.field)
            using runs, current_agency(), signs;
        get diagnostics changed = row_count;
        if changed > 0 and taken_from is not null then
            insert into recall (agency_id, id, subject_id, what, state, because, done_at, created_at)
            values (current_agency(), gen_random_uuid(), taken_from, 'Words copied into ' || place_in_words(spot.place), 'replaced',
                'a mark stands in their place', moment, moment);
        end if;
    end loop;
    update job set payload = json_without_runs(payload, runs)
    where for_agency = current_agency() and plain_words(payload::text) like any (signs) and json_without_runs(payload, runs) <> payload;
end $$;

-- Every free text can be reached.
grant update (note) on plan_progress, rating, rating_kept to app_keeper;
grant update (reason) on delegation to app_keeper;
grant update (reference) on steward_act to app_keeper;
