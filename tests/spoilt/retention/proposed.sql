-- What was not proposed does not go.
-- red: what_became_due_after_the_proposal_or_is_its_authors_alone_does_not_go
select spoil.in_function('may_go(uuid,text)',
    'and exists (select 1 from destruction_item i where i.agency_id = d.agency_id and i.destruction_id = d.id and i.subject_id = r.id)',
    '');
