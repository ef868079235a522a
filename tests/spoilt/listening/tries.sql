-- Nobody is tried in another way than their card says, and no message is left where none may be.
-- red: a_try_goes_the_way_of_the_card_and_ends_when_somebody_asks_for_peace
select spoil.in_function('try_may_be(reach_try)',
    'and s.reach_how = new.way and (new.outcome <> ''message'' or s.may_leave_message)',
    '');
