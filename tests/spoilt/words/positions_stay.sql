-- A Tribe’s position stays when a statement goes.
-- red: a_statement_taken_back_leaves_a_tribes_position_and_what_stood_before
select spoil.in_function('may_be_erased(text,text,boolean)',
    'or not (c.as_body and is_of_a_tribe(c.author_id))',
    'or true');
