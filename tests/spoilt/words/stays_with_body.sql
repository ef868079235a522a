-- What a body spoke under stays with that body.
-- red: what_a_partner_spoke_under_stays_with_that_partner
drop policy stays_with_body on subject;
