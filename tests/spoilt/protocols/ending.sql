-- To end a protocol is widening.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('protocol_may_be(protocol)',
    'or new.ended_at is not null then',
    'then');
