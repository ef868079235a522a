-- Nobody decides on what they proposed themselves.
-- red: nobody_decides_on_their_own_proposal
select spoil.in_function('destruction_may_be(destruction)',
    'and not exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = old.proposed_by and m.account_id = current_account())',
    '');
