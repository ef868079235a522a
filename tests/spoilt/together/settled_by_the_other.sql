-- Settled is what the side says that raised it.
-- red: row_security_keeps_each_sides_part_and_the_settling_from_the_others_hand
select spoil.in_function('obstacle_may_be(obstacle)',
    'new.state = ''settled'' and old.state <> ''settled'' and mine <> old.side',
    'false');
