-- A Tribe does not cease to be one by the agency’s hand.
-- red: a_tribe_does_not_cease_to_be_one_for_a_minute
select spoil.in_function('partner_may_be(partner)',
    '(new.kind <> old.kind or new.is_tribe <> old.is_tribe)',
    'false');
