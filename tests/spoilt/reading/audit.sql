-- An entry of the log is read by those whom it concerns.
-- red: a_partner_reads_of_their_own_affairs_and_not_of_another_bodys, an_entry_on_a_comment_is_read_by_those_who_may_read_the_comment
select spoil.without_policies('audit', 'audience');
