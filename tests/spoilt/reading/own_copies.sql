-- A body’s own copy is its own affair.
-- red: the_agency_learns_nothing_from_the_recall_list_of_words_that_are_closed_to_it
select spoil.without_policies('recall', 'of_copy');
