-- A line of the letter can be answered by telephone: its person says the code that stands beside it, and somebody of the agency opens
-- that one thing for half an hour and writes down what they say. Only what the agency may read anyway has a code: no words that wait
-- for their speaker, and no answer without a name.
alter table word_link add column code_hash bytea;
alter table word_link add check (code_hash is null or what in ('answer', 'done'));
create index word_link_by_code on word_link (agency_id, code_hash) where code_hash is not null;
create table word_by_telephone (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    link_id uuid not null,
    what text not null check (what in ('answer', 'done')),
    token_hash bytea not null,
    taken_by uuid not null,
    until timestamptz not null,
    primary key (agency_id, id),
    unique (agency_id, token_hash),
    foreign key (agency_id, link_id) references word_link (agency_id, id) on delete cascade,
    foreign key (agency_id, taken_by) references membership (agency_id, id)
);
create index word_by_telephone_of on word_by_telephone (agency_id, link_id);
create index word_by_telephone_by on word_by_telephone (agency_id, taken_by);
select keep_within_agency('word_by_telephone', 'select');
grant insert, update (what) on word_by_telephone to app_keeper;
select keep_to_audience('word_by_telephone', '(taken_by = (select current_membership()))');
create policy look_up on word_by_telephone for select to app_system using (true);
grant select on word_by_telephone to app_system;
