-- The co-host’s word is given by whoever speaks for it.
-- red: a_member_without_a_mandate_does_not_give_the_co_hosts_word
drop policy cohosts_word on listening_session;
