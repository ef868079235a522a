-- Nobody raises a membership that is not theirs to raise.
-- red: no_transaction_of_an_administrator_makes_or_raises_a_bodys_people
drop policy standing_update on membership;
