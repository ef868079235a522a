-- Whoever put words under a theme is no third person.
-- red: whoever_put_it_somewhere_settles_it_only_by_talking
select spoil.in_function('settlement_may_be(coding_settlement)',
    '(new.how = ''talking'') = exists (select 1 from coding c where c.agency_id = new.agency_id and c.source_id = new.source_id
            and c.coder_id = current_membership() and c.left_at is null)',
    'true');
