-- Nobody looks into the hashes of what was said.
-- red: nobody_looks_into_the_hashes_of_what_was_said
select spoil.without_policies('said_run', 'audience');
