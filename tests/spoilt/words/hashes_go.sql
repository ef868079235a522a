-- Nothing is left by which words that were taken back could be known.
-- red: a_statement_taken_back_leaves_a_tribes_position_and_what_stood_before
select spoil.in_function('erase_copies(text[],uuid,timestamptz)',
    'delete from said_run where agency_id = agency and first_in = taken_from;',
    '');
