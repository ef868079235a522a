-- That wish is theirs to take back.
-- red: whoever_wants_nobody_to_enter_for_them_is_obeyed_at_once
drop policy own_delete on not_acted_for;
