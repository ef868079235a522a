-- Import and merge of partners: longer names (one Tribe's has 263 letters), what a check was made against, and the word of
-- each body on a merge.
alter table partner drop constraint partner_name_check;
alter table partner add constraint partner_name_check check (char_length(name) between 1 and 300);

-- The file goes when the list is brought in or dropped: it may hold columns that nobody asked for.
alter table import alter column file_id drop not null;
-- How the partners stood when the rows were compared with them; a later change asks for another check.
alter table import add column checked_against text not null default '';
create index import_by_time on import (agency_id, created_at desc);

-- A row that a person took for the same as an earlier row of its file.
alter table import_row add column same_row integer;
alter table import_row add column name text not null default '';
create index import_row_by_outcome on import_row (agency_id, import_id, outcome, number);
create index import_row_of_partner on import_row (agency_id, partner_id);
create index partner_by_official_id on partner (agency_id, official_id) where official_id <> '';

-- Each body that has or had a steward is asked; the merge is done when every word asked for is given.
create table merge_word (
    agency_id uuid not null default current_agency() references agency (id),
    merge_id uuid not null,
    partner_id uuid not null,
    word text check (word in ('given', 'refused')),
    steward_id uuid,
    said_at timestamptz,
    primary key (agency_id, merge_id, partner_id),
    foreign key (agency_id, merge_id) references merge (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, steward_id) references membership (agency_id, id)
);
select keep_within_agency('merge_word', 'select, insert, update');
select keep_to_audience('merge_word', '(exists (select 1 from merge m where m.agency_id = merge_word.agency_id and m.id = merge_word.merge_id))');
create index merge_of_gone on merge (agency_id, gone_id);
create index merge_of_kept on merge (agency_id, kept_id);
