-- What carries a protocol is read by those in it.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.without_policies('subject', 'protocol');
