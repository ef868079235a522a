-- A list of people is opened by administrators.
-- red: only_administrators_open_lists_of_people
select spoil.in_policy('people_list', 'audience',
    '( SELECT current_hat() AS current_hat) = ''administrator''::text',
    'true');
