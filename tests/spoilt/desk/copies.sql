-- A copy of all that is a body’s is its stewards’.
-- red: a_new_first_steward_sees_earlier_content_only_after_the_bodys_act
select spoil.without_policies('body_copy', 'audience');
