-- Nobody on duty says for a member how they may be reached.
-- red: nobody_on_duty_says_for_a_member_how_they_may_be_reached
select spoil.in_function('speaker_may_be(speaker)',
    'old.membership_id is null or old.membership_id = me',
    'true');
