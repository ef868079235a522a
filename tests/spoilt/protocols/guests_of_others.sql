-- A guest is in the protocol that names them and in no other.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('protocol', 'audience',
    'r.protocol_id = protocol.id',
    'true');
