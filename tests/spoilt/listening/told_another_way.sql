-- How words came here stays as it was when their speaker gave their word.
-- red: what_was_told_another_way_is_marked_so_with_who_wrote_it_down_and_waits_for_its_speaker
select spoil.in_function('statement_may_be(statement)', 'new.told_how = old.told_how', 'true');
