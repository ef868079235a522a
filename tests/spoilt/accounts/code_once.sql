-- A code from an app is taken once.
-- red: a_code_is_taken_once_and_for_a_step_before_and_after_its_own
select spoil.always('code_seed', 'last_step', '0');
