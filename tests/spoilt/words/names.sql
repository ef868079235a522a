-- A name stays a name, whoever said it first.
-- red: a_name_stays_a_name_whoever_said_it_first
select spoil.in_function('erase_copies(text[],uuid,timestamptz)',
    'runs := array(select run from unnest(runs) run where run <> all (coalesce(names, ''{}'')));',
    '');
