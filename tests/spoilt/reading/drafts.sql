-- A draft is its writer’s alone.
-- red: nobody_else_sees_a_draft_not_even_in_the_database, what_is_somebodys_own_is_seen_by_nobody_else
select spoil.without_policies('draft', 'audience');
