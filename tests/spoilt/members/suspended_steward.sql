-- A steward who is suspended is still the body’s.
-- red: suspending_a_steward_does_not_open_the_way_to_another_one
select spoil.in_function('has_steward(uuid)',
    'm.state in (''accepted'', ''active'', ''suspended'')',
    'm.state in (''accepted'', ''active'')');
