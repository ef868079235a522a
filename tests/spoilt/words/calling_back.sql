-- What is called back of a comment is told to its author and who calls it back.
-- red: what_came_from_a_comment_goes_with_it_and_what_others_said_is_a_task
select spoil.without_policies('recall', 'of_comment');
