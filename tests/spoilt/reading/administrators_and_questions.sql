-- Being administrator opens no question.
-- red: an_administrator_opens_no_partners_words
select spoil.without_policies('subject', 'no_words');
