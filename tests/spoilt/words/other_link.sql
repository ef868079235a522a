-- A link of another opens nothing that its speaker decided by their own.
-- red: a_speaker_whose_own_link_was_ended_by_another_loses_nothing_to_it
select spoil.in_function('decided_by_link(uuid,uuid)',
    '= live_link_of(speaker), false)',
    'is not null, false)');
