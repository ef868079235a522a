-- Being administrator opens no statement.
-- red: an_administrator_opens_no_partners_words
select spoil.without_policies('statement', 'no_words');
