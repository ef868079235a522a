-- Nobody opens a record to analysts past its consent.
-- red: nobody_but_its_author_widens_what_somebody_contributed
select spoil.in_function('subject_may_be(subject)',
    'or (new.for_analysts and not old.for_analysts)',
    '');
