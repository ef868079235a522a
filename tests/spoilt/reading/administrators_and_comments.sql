-- Being administrator opens no comment.
-- red: an_administrator_opens_no_partners_words
select spoil.without_policies('comment', 'no_words');
