-- Whoever is on neither side changes nothing of what they may read.
-- red: row_security_keeps_each_sides_part_and_the_settling_from_the_others_hand
select spoil.in_function('obstacle_may_be(obstacle)',
    'mine is null or old.state',
    'old.state');
