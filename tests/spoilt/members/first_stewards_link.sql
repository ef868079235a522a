-- Whoever wrote an act down never has the link.
-- red: whoever_wrote_the_act_down_never_has_the_link
select spoil.in_function('invitation_may_be(uuid,text,uuid)',
    'is_first_steward_of_mine(m.id)',
    'true');
