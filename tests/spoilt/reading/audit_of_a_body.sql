-- What the log says within a body is not said to the directors.
-- red: an_entry_on_a_comment_is_read_by_those_who_may_read_the_comment
select spoil.in_policy('audit', 'audience',
    'ARRAY[''record''::text, ''leadership''::text, ''agency''::text, ''partnership''::text, ''public''::text, ''desk''::text]',
    'ARRAY[''body''::text, ''record''::text, ''leadership''::text, ''agency''::text, ''partnership''::text, ''public''::text, ''desk''::text]');
