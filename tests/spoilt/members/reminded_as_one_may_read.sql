-- Nobody is reminded of what they may not read.
-- red: of_what_they_may_not_read_nobody_is_reminded_who_stands_in
select spoil.in_function('told_instead(uuid,text,date)',
    'and (audience in (''agency'', ''partnership'', ''public'') or (audience = ''leadership'' and m.role = ''director''))',
    '');
