-- A label is its community’s own.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
drop policy may_be_insert on community_label;
drop policy may_be_update on community_label;
