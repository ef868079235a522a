-- A first steward comes in with the code.
-- red: no_transaction_comes_in_as_a_first_steward_without_the_code
select spoil.in_function('code_fits(uuid)',
    'and c.code_hash = sha256(convert_to(member::text || '':'' || coalesce(current_setting(''app.code'', true), ''''), ''UTF8''))',
    '');
