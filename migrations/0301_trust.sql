-- One gentle question about trust, after a session that was held and once a quarter. Who was asked and whether they answered is kept
-- apart from what they said, and no answer is read by anybody: a round that is over leaves a few sums where enough people answered,
-- and nothing where they did not.
create table trust_wording (
    agency_id uuid not null default current_agency() references agency (id),
    version integer not null,
    question text not null,
    -- Five words, the least first.
    steps text[] not null check (cardinality(steps) = 5),
    -- So many have to answer, or nothing is shown.
    smallest smallint not null check (smallest between 5 and 50),
    -- Whether the worker asks by itself: after each session, and once a quarter.
    by_itself boolean not null,
    set_by uuid not null,
    set_at timestamptz not null,
    primary key (agency_id, version),
    foreign key (agency_id, set_by) references membership (agency_id, id)
);
create table trust_round (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    -- None: the quarter's.
    session_id uuid,
    opened_on date not null,
    closes_on date not null,
    wording integer not null,
    state text not null default 'open' check (state in ('open', 'shown', 'withheld')),
    created_at timestamptz not null,
    primary key (agency_id, id),
    unique (agency_id, session_id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, wording) references trust_wording (agency_id, version),
    check (closes_on > opened_on)
);
create index trust_round_by_day on trust_round (agency_id, opened_on desc, id);
select keep_within_agency('trust_wording', 'select, insert', true);
select keep_to_audience('trust_wording', '((select current_hat()) <> ''nobody'')');
grant update (question, steps) on trust_wording to app_keeper;
select keep_within_agency('trust_round', 'select, insert, update', true);
select keep_to_audience('trust_round', '((session_id is null and (select sees_agency())) or session_id = (select current_link()) '
    'or exists (select 1 from listening_session l where l.agency_id = trust_round.agency_id and l.id = trust_round.session_id))');
-- A round is opened by the agency and ended by the keeper alone.
create policy by_the_agency on trust_round as restrictive for insert to app_login
    with check (state = 'open' and (select current_hat()) in ('director', 'staff'));
create policy by_the_keeper on trust_round as restrictive for update to app_login using (false);

-- Whom it was asked of, and that they answered; each sees their own line. No moment: nothing may be laid beside anything.
create table trust_asked (
    agency_id uuid not null default current_agency() references agency (id),
    round_id uuid not null,
    membership_id uuid not null,
    side text not null check (side in ('agency', 'partner')),
    answered boolean not null default false,
    primary key (agency_id, round_id, membership_id),
    foreign key (agency_id, round_id) references trust_round (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('trust_asked', 'select');
grant insert, update, delete on trust_asked to app_keeper;
select keep_to_audience('trust_asked', '(membership_id = (select current_membership()))');

-- What was said until the round is over: nobody's to read, and without a name. Its id is chance, and so tells no order.
create table trust_answer (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    round_id uuid not null,
    side text not null check (side in ('agency', 'partner')),
    step smallint not null check (step between 1 and 5),
    words text not null default '',
    primary key (agency_id, id),
    foreign key (agency_id, round_id) references trust_round (agency_id, id)
);
create index trust_answer_of on trust_answer (agency_id, round_id);
select keep_within_agency('trust_answer', 'select');
grant insert, update, delete on trust_answer to app_keeper;
select keep_to_audience('trust_answer', '(false)');

-- What is left of a round: how many answered and their mean in hundredths of a step; of the two sides only where both were enough, for
-- one of them taken from all would be the other.
create table trust_sum (
    agency_id uuid not null default current_agency() references agency (id),
    round_id uuid not null,
    side text not null check (side in ('all', 'agency', 'partner')),
    answers integer not null check (answers >= 5),
    hundredths integer not null check (hundredths between 100 and 500),
    primary key (agency_id, round_id, side),
    foreign key (agency_id, round_id) references trust_round (agency_id, id)
);
select keep_within_agency('trust_sum', 'select');
grant insert on trust_sum to app_keeper;
select keep_to_audience('trust_sum', '(exists (select 1 from trust_round r where r.agency_id = trust_sum.agency_id and r.id = trust_sum.round_id and r.state = ''shown''))');
create table trust_said (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    round_id uuid not null,
    words text not null,
    primary key (agency_id, id),
    foreign key (agency_id, round_id) references trust_round (agency_id, id)
);
create index trust_said_in on trust_said (agency_id, round_id);
select keep_within_agency('trust_said', 'select');
grant insert, update, delete on trust_said to app_keeper;
select keep_to_audience('trust_said', '(exists (select 1 from trust_round r where r.agency_id = trust_said.agency_id and r.id = trust_said.round_id and r.state = ''shown'') '
    'and (select current_hat()) <> ''administrator'')');

-- What was going on then, and what was done: each side's own account, read by every member.
create table trust_account (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    round_id uuid not null,
    by_id uuid not null,
    words text not null,
    written_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, round_id) references trust_round (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index trust_account_of on trust_account (agency_id, round_id, written_at);
select keep_within_agency('trust_account', 'select, insert, delete');
grant update (words) on trust_account to app_keeper;
select keep_to_audience('trust_account', '((select current_hat()) <> ''administrator'' and exists (select 1 from trust_round r '
    'where r.agency_id = trust_account.agency_id and r.id = trust_account.round_id))');
create policy own_insert on trust_account as restrictive for insert to app_login with check (by_id = (select current_membership()));
create policy own_delete on trust_account as restrictive for delete to app_login using (by_id = (select current_membership()));

-- The end of every round whose day has come; for the keeper. What is shown is shown once and never changes.
create function end_trust_rounds(today date) returns void language plpgsql as $$
declare
    one record;
    enough integer;
begin
    for one in select r.id, w.smallest from trust_round r join trust_wording w on w.agency_id = r.agency_id and w.version = r.wording
        where r.agency_id = current_agency() and r.state = 'open' and r.closes_on <= today order by r.opened_on, r.id for update of r
    loop
        select count(*) into enough from trust_answer a where a.agency_id = current_agency() and a.round_id = one.id;
        if enough >= one.smallest then
            insert into trust_sum (agency_id, round_id, side, answers, hundredths)
            select current_agency(), one.id, 'all', count(*), round(avg(a.step) * 100)
            from trust_answer a where a.agency_id = current_agency() and a.round_id = one.id;
            insert into trust_sum (agency_id, round_id, side, answers, hundredths)
            select current_agency(), one.id, s.side, s.answers, s.hundredths
            from (select a.side, count(*) as answers, round(avg(a.step) * 100) as hundredths, min(count(*)) over () as least, count(*) over () as sides
                  from trust_answer a where a.agency_id = current_agency() and a.round_id = one.id group by a.side) s
            where s.sides = 2 and s.least >= one.smallest;
            insert into trust_said (agency_id, id, round_id, words)
            select current_agency(), gen_random_uuid(), one.id, a.words
            from trust_answer a where a.agency_id = current_agency() and a.round_id = one.id and a.words <> '' order by gen_random_uuid();
        end if;
        delete from trust_answer a where a.agency_id = current_agency() and a.round_id = one.id;
        update trust_round r set state = case when enough >= one.smallest then 'shown' else 'withheld' end
        where r.agency_id = current_agency() and r.id = one.id;
        update return_link l set spent_at = l.created_at from trust_round r
        where l.agency_id = current_agency() and r.agency_id = current_agency() and r.id = one.id and l.subject_id = r.session_id
          and l.purpose = 'trust' and l.spent_at is null;
    end loop;
end $$;

-- A link for somebody who came and has no sign-in: about the session's one question, and nothing else.
alter table return_link drop constraint return_link_purpose_check;
alter table return_link add constraint return_link_purpose_check check (purpose in ('confirm', 'withdraw', 'loop', 'trust'));
drop policy for_a_speaker on return_link;
create policy for_a_speaker on return_link as restrictive for insert to app_login
    with check (made_by = (select current_membership()) and case purpose
        when 'trust' then speaker_id is null and (select current_hat()) in ('director', 'staff') and exists (select 1 from trust_round r
            where r.agency_id = return_link.agency_id and r.session_id = return_link.subject_id and r.state = 'open')
        else exists (select 1 from speaker sp
            where sp.agency_id = return_link.agency_id and sp.id = return_link.speaker_id and sp.session_id = return_link.subject_id and sp.membership_id is null) end);
