-- In which language somebody is written to. The languages there are is the program's list (a file each in src/mail/words); a language
-- whose file is gone is written to in English. An account that says nothing is written to in English as well.
alter table account add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
grant select (language) on account to app_login;
-- What whoever invites knows of the person; without it the agency's own.
alter table invitation add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
alter table agency add column language text not null default 'en' check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
grant update (language) on agency to app_login;
