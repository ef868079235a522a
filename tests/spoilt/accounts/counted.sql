-- What fails and what costs is counted.
-- red: one_person_who_does_too_much_shuts_nobody_out_of_their_office, several_servers_count_together
select spoil.always('tally', 'count', 'least(new.count, 1)');
