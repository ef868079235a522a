-- A mark is set by the agency for a body, or by the body’s steward.
-- red: a_mark_is_set_by_nobody_for_another_body
select spoil.in_function('concern_may_be(concern)',
    'mark.body_id = current_body() and serves_as_steward(mark.body_id)',
    'true');
