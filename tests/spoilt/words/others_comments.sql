-- What others said in a talk is theirs to take out.
-- red: what_came_from_a_comment_goes_with_it_and_what_others_said_is_a_task
select spoil.in_function('may_be_erased(text,text,boolean)',
    '''c.author_id = $4''',
    '''true''');
