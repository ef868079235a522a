-- Nobody but two stewards takes a protocol off.
-- red: where_no_steward_serves_whoever_speaks_for_the_body_narrows_and_nobody_widens
drop policy may_be_delete on item_protocol;
