-- When people with lived experience were here is told to nobody.
-- red: a_steward_is_told_of_their_own_body_alone
select spoil.in_policy('member_seen', 'audience',
    '(NOT m.lived_experience)',
    'true');
