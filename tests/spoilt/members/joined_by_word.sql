-- Entries are joined by their stewards’ word.
-- red: a_body_that_was_joined_keeps_its_stewards_word
select spoil.in_function('may_lead(uuid,uuid,uuid)',
    'and not exists (select 1 from (select asked_to_join(m.kept_id) as body union select asked_to_join(m.gone_id)) asked where not exists (select 1 from merge_word w where w.agency_id = m.agency_id and w.merge_id = m.id and w.partner_id = asked.body and w.word = ''given''))',
    '');
select spoil.in_function('may_lead(uuid,uuid,uuid)',
    'and not exists (select 1 from merge_word w where w.agency_id = m.agency_id and w.merge_id = m.id and w.word is distinct from ''given'')',
    '');
