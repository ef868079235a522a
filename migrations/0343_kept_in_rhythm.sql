-- Whoever keeps a relationship is reminded of its next date, before it and once it has passed, each once: one row each, and one
-- statement that puts it there, so that two workers remind once. Another date, or another keeper, is reminded of anew.
create table rhythm_told (
    agency_id uuid not null default current_agency() references agency (id),
    partner_id uuid not null,
    keeper_id uuid not null,
    about_on date not null,
    sort text not null check (sort in ('ahead', 'over')),
    primary key (agency_id, partner_id, keeper_id, about_on, sort),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, keeper_id) references membership (agency_id, id)
);
create index rhythm_told_to on rhythm_told (agency_id, keeper_id);
select keep_within_agency('rhythm_told', 'select');
grant insert, update (sort) on rhythm_told to app_keeper;
select keep_to_audience('rhythm_told', '(keeper_id = (select current_membership()))');

-- What comes next in the order of its day, for the page of all relationships that are kept.
create index partner_by_next_date on partner (agency_id, rhythm_next) where rhythm is not null and merged_into is null;
