-- What a plan stands on: who brings money, staff, space or data, and what each side gains. No partner means the agency.
create table plan_means (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    plan_id uuid not null,
    partner_id uuid,
    kind text not null check (kind in ('money', 'staff', 'space', 'data', 'other')),
    what text not null,
    gain text not null default '',
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, plan_id) references plan (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index plan_means_of on plan_means (agency_id, plan_id, created_at);
select keep_within_agency('plan_means');
select keep_with_subject('plan_means', 'plan_id');

-- The story behind the curve is told anew as values arrive; it is not part of what partners agree to.
alter table goal add column story_version integer not null default 1;
