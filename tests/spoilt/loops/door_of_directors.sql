-- The door is opened and closed by a director.
-- red: a_director_alone_opens_the_door_and_whoever_has_a_code_comes_back_after_it_is_shut
drop policy set_update on asking;
drop policy audience_update on asking;
drop policy audience_select on asking;
