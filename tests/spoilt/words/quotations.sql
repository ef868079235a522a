-- Whoever quotes others takes only the quotation back.
-- red: whoever_quotes_others_and_takes_it_back_erases_only_the_quotation
select spoil.in_function('erase_copies(text[],uuid,timestamptz)',
    'where not exists (select from said_run s where s.agency_id = agency and s.hash = run_hash(run) and s.first_in is distinct from taken_from)',
    '');
