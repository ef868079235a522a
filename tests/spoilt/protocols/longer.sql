-- A longer time for a guest is widening.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('protocol_reader_may_be(protocol_reader)',
    'else may_widen(new.body_id) end',
    'else may_narrow(new.body_id) end');
