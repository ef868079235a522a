-- What a hold says stays as it was.
-- red: past_every_page_nobody_ends_or_confirms_a_hold_alone
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'new.subject_id is distinct from old.subject_id or (new.scope, new.reason, new.authority, new.from_on, new.set_by, new.set_at) <> (old.scope, old.reason, old.authority, old.from_on, old.set_by, old.set_at)',
    'false');
