-- What an agency, and one person of it, may keep in files together, in bytes. The operator sets it, for the disk is theirs. What is
-- taken is added up from the files themselves, so a file that goes gives its room back.
alter table agency
    add column files_most bigint not null default 21474836480 check (files_most >= 0),
    add column files_most_person bigint not null default 4294967296 check (files_most_person >= 0);
