-- Who is no steward widens nothing.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('serves_as_steward(uuid)',
    'm.steward',
    'true');
