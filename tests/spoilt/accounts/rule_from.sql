-- A rule for signing in holds from its day.
-- red: a_rule_for_signing_in_holds_from_its_day_at_the_agency
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'g.sign_in_rule_from > (moment at time zone g.zone)::pg_catalog.date',
    'false');
