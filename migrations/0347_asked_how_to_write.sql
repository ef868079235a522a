-- What a person with lived experience said when they were asked whether the letter with their invitation may name the agency. Null: nobody
-- asked them, or they are reached otherwise; then the link is handed over, and for everybody else a letter names it as before.
alter table invitation add column letter_may_name boolean;
