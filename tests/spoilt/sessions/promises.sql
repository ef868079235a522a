-- A body’s promise is its own.
-- red: a_member_without_a_mandate_promises_nothing_in_their_bodys_name
drop policy promised_update on commitment;
