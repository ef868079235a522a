-- What too few people said of trust is not shown.
-- red: nothing_is_shown_before_the_round_is_over_and_never_for_too_few
select spoil.in_function('end_trust_rounds(date)',
    'if enough >= one.smallest then',
    'if enough >= 1 then');
alter table trust_sum drop constraint trust_sum_answers_check;
