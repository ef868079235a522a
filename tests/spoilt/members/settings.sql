-- An agency’s settings are the administrator’s.
-- red: no_transaction_of_an_administrator_makes_or_raises_a_bodys_people
drop policy settings on agency;
