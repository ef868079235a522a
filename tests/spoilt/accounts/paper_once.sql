-- A code on paper is taken once.
-- red: a_code_on_paper_signs_in_once_and_new_ones_end_those_before
select spoil.always('recovery_code', 'used_at', 'null');
