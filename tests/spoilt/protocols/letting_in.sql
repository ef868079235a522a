-- Nobody lets a reader in but two stewards.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
drop policy may_be_insert on protocol_reader;
