-- The bearer of a link is handed the agency's logo.
-- red: the_pages_of_a_link_carry_the_agencys_logo_and_its_bearer_is_handed_no_other_file
select spoil.in_function('is_logo(uuid)', 'g.logo_file_id = kept', 'false');
