-- An opened comment does not open what it was said about.
-- red: an_opened_comment_does_not_open_what_it_was_said_about
select spoil.in_function('opened_record()',
    'case when o.comment_id is null then o.subject_id end',
    'o.subject_id');
