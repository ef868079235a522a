-- Consent, beyond the tables themselves: what analysts may not even count, where copied words are known again, and what a
-- withdrawal has to reach.

-- For an analyst a statement without the consent to export does not exist, nor does anything that points at it.
alter table subject add column for_analysts boolean not null default true;
select keep_to_audience('subject', '((select current_hat()) <> ''analyst'' or for_analysts)', 'analysts');

-- Hashes of every eight words in a row of a statement: copied words are known again without anybody reading them.
-- Nobody but the keeper looks here.
create table spoken_run (
    agency_id uuid not null default current_agency() references agency (id),
    statement_id uuid not null,
    hash bigint not null,
    primary key (agency_id, hash, statement_id),
    foreign key (agency_id, statement_id) references statement (agency_id, id)
);
create index spoken_run_of on spoken_run (agency_id, statement_id);
select keep_within_agency('spoken_run', 'select, insert, delete');
select keep_to_audience('spoken_run', '(false)');

-- A withdrawal reaches work that waits, too.
create policy erase on job for update to app_keeper
    using (for_agency = (select current_agency())) with check (for_agency = (select current_agency()));
grant update (payload) on job to app_keeper;

-- Takes exact copies of some words out of every text of the agency that the asker (the keeper) may change.
-- Fewer than eight words are everybody's.
create function erase_copies(words text) returns void language plpgsql as $$
declare
    spot record;
    mark constant text := '[words taken back]';
begin
    if words is null or array_length(regexp_split_to_array(btrim(words), '\s+'), 1) < 8 then
        return;
    end if;
    for spot in
        select c.relname as place, a.attname as field, a.atttypid = 'jsonb'::regtype as is_json
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'statement'
          and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
          and exists (select from pg_attribute g where g.attrelid = c.oid and g.attname = 'agency_id' and not g.attisdropped)
          and has_column_privilege(c.oid, a.attnum, 'update')
    loop
        if spot.is_json then
            execute format('update %1$I set %2$I = replace(%2$I::text, $1, $2)::jsonb where agency_id = $3 and position($1 in %2$I::text) > 0',
                spot.place, spot.field) using btrim(to_json(words)::text, '"'), mark, current_agency();
        else
            execute format('update %1$I set %2$I = replace(%2$I, $1, $2) where agency_id = $3 and position($1 in %2$I) > 0',
                spot.place, spot.field) using words, mark, current_agency();
        end if;
    end loop;
    update job set payload = replace(payload::text, btrim(to_json(words)::text, '"'), mark)::jsonb
    where for_agency = current_agency() and position(btrim(to_json(words)::text, '"') in payload::text) > 0;
end $$;
