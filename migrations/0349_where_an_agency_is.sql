-- Where an agency is (“Cedar County, Washington”): by this two of one name are told apart, for whoever has to choose between them.
alter table agency add column place text not null default '' check (char_length(place) <= 100);
grant update (place) on agency to app_login;
