-- Words of a body go by its steward’s word.
-- red: words_of_a_body_go_by_its_stewards_word_alone, what_a_body_refuses_stays_and_a_body_without_a_steward_loses_nothing
select spoil.in_function('may_go(uuid,text)',
    'and not exists (select 1 from bodies_in(r.id) b(body) where not exists (select 1 from destruction_word w where w.agency_id = d.agency_id and w.destruction_id = d.id and w.partner_id = b.body and w.word = ''given''))',
    '');
