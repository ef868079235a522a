-- Before what a speaker allowed runs out they are asked once whether it may go on: on their own page where they sign in, otherwise by
-- whoever had a duty in the session, in the way they said. No answer is no consent.
create table consent_renewal (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    speaker_id uuid not null,
    membership_id uuid,
    uses text[] not null,
    -- When the first of it runs out, and up to when everything that runs out was asked about.
    runs_out_at timestamptz not null,
    asked_up_to timestamptz not null,
    way text not null check (way in ('page', 'hand')),
    asked_at timestamptz not null,
    answer text check (answer in ('again', 'no', 'unreached', 'own')),
    how text check (how in ('in_person', 'telephone', 'paper', 'through')),
    answered_at timestamptz,
    answered_by uuid,
    version integer not null default 1,
    primary key (agency_id, id),
    unique (agency_id, speaker_id, asked_up_to),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, speaker_id) references speaker (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, answered_by) references membership (agency_id, id),
    check ((answer is null) = (answered_at is null))
);
create index consent_renewal_open on consent_renewal (agency_id, session_id) where answer is null;
select keep_within_agency('consent_renewal', 'select, insert, update');
-- Asking and answering run as the keeper: nobody learns from it what stands in words that they may not read.
revoke insert, update on consent_renewal from app_login;
select keep_to_audience('consent_renewal', '((select current_hat()) not in (''analyst'', ''administrator'') and (membership_id = (select current_membership()) or exists (select 1 from session_duty d '
    'where d.agency_id = consent_renewal.agency_id and d.session_id = consent_renewal.session_id and d.membership_id = (select current_membership()))))');

-- What a speaker allowed for their words, and when each of it runs out.
create function ends_of(st statement) returns table (used text, until timestamptz) language sql stable as $$
    select e.used, e.until
    from (values ('quoted', case when st.may_quote then st.quote_until end), ('exported', case when st.may_export then st.export_until end),
        ('published', case when st.may_publish then st.publish_until end), ('research', case when st.may_research then st.research_until end)) e (used, until)
    where e.until is not null
$$;
