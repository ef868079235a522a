-- A speaker who wants to be reached only in person can also give their word in person, after the room.
alter table statement drop constraint statement_confirmed_how_check;
alter table statement add constraint statement_confirmed_how_check
    check (confirmed_how in ('read_back', 'member', 'link', 'in_person', 'telephone', 'paper', 'through'));
