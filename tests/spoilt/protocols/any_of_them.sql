-- From all protocols to any is widening.
-- red: no_transaction_of_the_agencys_side_widens_ends_or_sees_through_a_protocol
select spoil.in_function('protected_item_may_be(protected_item)',
    'then may_widen(new.body_id) else',
    'then may_narrow(new.body_id) else');
