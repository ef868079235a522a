-- Which protocols a thing carries is counted by those in them.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.without_policies('item_protocol', 'audience');
