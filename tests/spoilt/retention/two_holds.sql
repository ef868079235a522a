-- What two holds keep stays until both have ended.
-- red: two_holds_keep_what_is_sealed_until_both_have_ended
select spoil.in_function('open_seals(uuid,timestamptz)',
    'and not exists (select 1 from sealed_under o join legal_hold h on h.agency_id = o.agency_id and h.id = o.hold_id where o.agency_id = u.agency_id and o.sealed_id = u.sealed_id and h.lifted_at is null)',
    '');
