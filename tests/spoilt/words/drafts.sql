-- Words taken back go from everybody’s drafts.
-- red: words_taken_back_go_from_everybodys_drafts
revoke update on draft from app_keeper;
revoke update (fields) on draft from app_keeper;
