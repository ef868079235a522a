-- A session does not go before what was heard in it.
-- red: a_session_that_goes_takes_its_consent_cards_along_and_never_before_what_was_heard
select spoil.in_function('may_go(uuid,text)',
    'and not (d.kind = ''session'' and exists (select 1 from statement t where t.agency_id = d.agency_id and t.session_id = r.id and t.words is not null))',
    '');
