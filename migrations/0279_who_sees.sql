-- Who asked whether somebody sees a record: read by whoever asked; that it was asked stands in the log of the record. The answer is
-- computed anew each time from the rules themselves, and is kept nowhere.
create table sight_question (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    asked_by uuid not null,
    member_id uuid not null,
    subject_id uuid not null,
    at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, asked_by) references membership (agency_id, id),
    foreign key (agency_id, member_id) references membership (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
create index sight_question_by_time on sight_question (agency_id, asked_by, at desc);
select keep_within_agency('sight_question', 'select, insert');
select keep_to_audience('sight_question', '(asked_by = (select current_membership()))');
select keep_with_subject('sight_question', 'subject_id');
create policy own_insert on sight_question as restrictive for insert to app_login
    with check (asked_by = (select current_membership())
        and exists (select 1 from subject s where s.agency_id = sight_question.agency_id and s.id = sight_question.subject_id));
