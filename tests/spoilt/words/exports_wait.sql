-- An export does not become ready while words in it are being taken back.
-- red: an_export_that_becomes_ready_waits_for_a_withdrawal_under_way
select spoil.in_function('exports_wait()', 'pg_advisory_xact_lock(', 'pg_advisory_xact_lock_shared(');
