-- Nobody takes a protocol off by writing the record.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
drop policy keeps_protocols_update on comment;
