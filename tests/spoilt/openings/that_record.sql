-- An opening opens one record.
-- red: an_administrator_reads_exactly_that_record_for_exactly_that_time
select spoil.in_function('opened_record()',
    'case when o.comment_id is null then o.subject_id end',
    '(select s.id from subject s where s.agency_id = current_agency() and s.kind = ''statement'' and s.id <> o.subject_id order by s.id limit 1)');
