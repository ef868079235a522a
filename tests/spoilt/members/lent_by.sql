-- A director’s duty is lent by a director.
-- red: no_transaction_of_an_administrator_makes_or_raises_a_bodys_people
drop policy lent_insert on delegation;
