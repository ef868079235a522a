-- A draft is read by its named readers and by nobody else.
-- red: a_draft_is_read_by_those_who_bring_it_back_and_nobody_else
select spoil.in_policy('subject', 'audience',
    'r.membership_id = ( SELECT current_membership() AS current_membership)',
    'r.membership_id IS NOT NULL');
