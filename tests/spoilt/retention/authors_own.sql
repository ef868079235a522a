-- What its author keeps to themselves is nobody else’s to let go.
-- red: what_became_due_after_the_proposal_or_is_its_authors_alone_does_not_go
select spoil.in_function('closed_records(text,date,text)',
    'and s.audience <> ''author''',
    '');
