-- To let all own people read is widening.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('protocol_may_be(protocol)',
    '(new.own_people = ''all'' and old.own_people <> ''all'')',
    'false');
