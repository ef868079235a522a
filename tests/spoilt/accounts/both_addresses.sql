-- An address changes when both have said yes.
-- red: an_address_changes_when_both_have_said_yes_and_not_before
select spoil.always('address_word', 'said_at', 'coalesce(new.said_at, now())');
