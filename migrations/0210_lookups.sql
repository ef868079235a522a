-- Made for large agencies; no rule changes its meaning.
--
-- "Visible when its subject is" was written as `exists (…)`, which the planner answers by reading every subject of the agency
-- into a hash before the first row. A scalar sub-select is asked row by row, by the subject's key, and so stops where the page does.
create or replace function keep_with_subject(kept regclass, id_column text default 'id')
returns void language plpgsql as $$
begin
    perform keep_to_audience(kept, format(
        '(coalesce((select true from subject s where s.agency_id = %1$s.agency_id and s.id = %1$s.%2$s), false))', kept, id_column),
        'subject_of_' || id_column);
end $$;

do $$
declare
    policy record;
begin
    for policy in
        select c.relname as kept, p.polname as name, regexp_replace(p.polname, '^subject_of_(.*)_(select|update|delete)$', '\1') as id_column
        from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polname like 'subject\_of\_%' and pg_get_expr(p.polqual, p.polrelid) like '(EXISTS%'
    loop
        execute format('alter policy %I on %I using (coalesce((select true from subject s where s.agency_id = %2$I.agency_id and s.id = %2$I.%I), false))',
            policy.name, policy.kept, policy.id_column);
    end loop;
end $$;

-- What lists, queues and "your word is wanted" look for, led by the agency as every key is.
create index statement_of_speaker on statement (agency_id, speaker_id);
create index statement_of_body on statement (agency_id, body_id);
create index subject_of_author on subject (agency_id, author_id);
create index subject_source on subject (agency_id, created_at desc, id) where kind in ('theme', 'statement');
create index barrier_open_first on barrier (agency_id, (state in ('removed', 'remains')), created_at desc, id);
create index goal_open_first on goal (agency_id, (state in ('met', 'set_aside')), created_at, id);
create index plan_open_first on plan (agency_id, (state <> 'in_work'), created_at desc, id);
create index loop_of_raiser on loop (agency_id, raised_by);
create index loop_of_partner on loop (agency_id, raised_for_partner_id);
create index loop_of_heir on loop (agency_id, heir_id) where heir_id is not null;
create index commitment_to_member on commitment (agency_id, promised_to);
create index commitment_to_partner on commitment (agency_id, promised_to_partner_id);
create index membership_of_partner on membership (agency_id, partner_id) where partner_id is not null;
create index session_duty_of_member on session_duty (agency_id, membership_id);
create index steward_act_of_member on steward_act (agency_id, membership_id);
create index invitation_of_member on invitation (agency_id, membership_id);
create index delegation_to_member on delegation (agency_id, lent_to);
create index consent_change_of_statement on consent_change (agency_id, statement_id);
create index partner_kept_by on partner (agency_id, keeper_id);
create index session_of_cohost on listening_session (agency_id, cohost_id);
create index outreach_of_member on outreach (agency_id, went_id);
