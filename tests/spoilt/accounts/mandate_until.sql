-- A mandate ends on its last day.
-- red: a_mandate_ends_by_itself_on_its_last_day
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'coalesce(worn.mandate_until >= day, true)',
    'true');
