-- Words that somebody had copied into another text left with the tables that hold such texts. When they are taken back, whoever took such
-- a table while the copy could stand in it is asked to delete it, and no file that waits is handed out. Which row it was nobody
-- knows any more: of a table without contributed words none is noted.
create function tables_with(place text) returns text[] language sql immutable as $$
    select case place
        when 'partner' then array['partners']
        when 'outreach' then array['outreach', 'governments']
        when 'listening_session' then array['sessions']
        when 'acknowledgement' then array['sessions']
        when 'statement' then array['statements']
        when 'theme' then array['themes']
        when 'barrier' then array['barriers']
        when 'goal' then array['goals']
        when 'goal_value' then array['goals']
        when 'agreement' then array['goals']
        when 'plan' then array['plans', 'means', 'progress']
        when 'plan_means' then array['means', 'plans']
        when 'plan_progress' then array['progress', 'plans']
        when 'commitment' then array['commitments', 'plans']
        when 'loop' then array['loops']
        when 'obstacle' then array['obstacles']
        -- The names of records stand in many.
        when 'subject' then array['sessions', 'themes', 'barriers', 'goals', 'plans', 'means', 'progress', 'commitments', 'loops', 'obstacles']
        else '{}' end
$$;

-- For the keeper: what was taken back is a statement, a question or a comment on a record.
create function call_back_tables(record uuid, said_in uuid, copied_into text, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
    since timestamptz := coalesce((select c.created_at from comment c where c.agency_id = agency and c.id = said_in),
        (select st.created_at from statement st where st.agency_id = agency and st.id = record),
        (select l.created_at from loop l where l.agency_id = agency and l.id = record), '-infinity');
    kinds text[] := tables_with(copied_into);
    files uuid[];
begin
    if kinds = '{}' then
        return;
    end if;
    perform words_wait();
    insert into recall (agency_id, id, subject_id, of_comment, export_id, what, taken_by, taken_by_name, taken_at, state, done_by, done_at, created_at)
    select agency, gen_random_uuid(), record, said_in, e.id,
        'Export of ' || case e.what when 'loops' then 'questions' else e.what end
            || ' (' || case e.format when 'package' then 'data package' when 'xlsx' then 'Excel' else upper(e.format) end || '), made '
            || to_char(e.created_at at time zone a.zone, 'FMDD FMMonth YYYY') || ', which may hold a copy of the words',
        t.taken_by, coalesce(m.name, ''), t.taken_at, case when t.deleted_at is null then 'open' else 'deleted' end,
        case when t.deleted_at is not null then t.taken_by end, t.deleted_at, moment
    from export e
    join agency a on a.id = e.agency_id
    join (select k.export_id, k.taken_by, min(k.created_at) as taken_at, case when bool_and(k.deleted_at is not null) then max(k.deleted_at) end as deleted_at
          from export_taken k where k.agency_id = agency group by k.export_id, k.taken_by) t on t.export_id = e.id
    left join membership m on m.agency_id = e.agency_id and m.id = t.taken_by
    where e.agency_id = agency and e.what = any (kinds) and t.taken_at >= since
      and not exists (select 1 from recall o where o.agency_id = agency and o.subject_id = record and o.of_comment is not distinct from said_in
                      and o.export_id = e.id and o.taken_by is not distinct from t.taken_by);
    files := array(select e.file_id from export e
        where e.agency_id = agency and e.what = any (kinds) and e.ready_at >= since and e.file_id is not null);
    update export e set state = 'void', file_id = null, void_at = moment,
        void_because = 'Words copied into it were taken back by the person who gave them'
    where e.agency_id = agency and e.what = any (kinds) and (e.state = 'waiting' or e.state = 'ready' and e.ready_at >= since);
    delete from file f where f.agency_id = agency and f.id = any (files);
end $$;

do $$
declare
    was text := pg_get_functiondef('erase_copies(text[], uuid, timestamptz)'::regprocedure);
    place text := '''a mark stands in their place'', moment, moment);';
begin
    if array_length(string_to_array(was, place), 1) <> 2 then
        raise exception 'erase_copies is not as 0212 made it';
    end if;
    execute replace(was, place, place || chr(10) || '            perform call_back_tables(listed_on, of_comment, spot.place, moment);');
end $$;
