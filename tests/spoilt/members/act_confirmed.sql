-- An act is confirmed by whoever received it.
-- red: no_one_person_of_the_county_makes_a_tribes_first_steward
drop policy confirmed on steward_act;
