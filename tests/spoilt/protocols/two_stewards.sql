-- Where a body has two stewards, one alone widens nothing.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('may_widen(uuid)',
    'stewards_of(body) < 2',
    'true');
