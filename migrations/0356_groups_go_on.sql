-- Meetings that come again belong together: what changes for one can change for those that follow. Groups, their seats, meetings and
-- decisions leave as tables.
alter table meeting add column series_id uuid;
alter table meeting add foreign key (agency_id, series_id) references meeting (agency_id, id);
create index meeting_of_series on meeting (agency_id, series_id, starts_at) where series_id is not null;

-- A meeting stays in its series.
create function stays_in_series(new meeting) returns boolean language sql stable as $$
    select coalesce((select new.series_id is not distinct from was.series_id from meeting was where was.agency_id = new.agency_id and was.id = new.id), true)
$$;
create policy in_series_update on meeting as restrictive for update to app_login using (true) with check (stays_in_series(meeting));

alter table export drop constraint export_what_check;
alter table export add constraint export_what_check check (what in ('partners', 'outreach', 'governments', 'sessions', 'statements', 'themes', 'barriers',
    'goals', 'plans', 'means', 'progress', 'commitments', 'loops', 'obstacles', 'groups', 'seats', 'meetings', 'decisions', 'body'));

-- As in 0328, with the tables of groups.
create or replace function tables_with(place text) returns text[] language sql immutable as $$
    select case place
        when 'partner' then array['partners']
        when 'outreach' then array['outreach', 'governments']
        when 'listening_session' then array['sessions']
        when 'acknowledgement' then array['sessions']
        when 'statement' then array['statements']
        when 'theme' then array['themes']
        when 'barrier' then array['barriers']
        when 'goal' then array['goals']
        when 'goal_value' then array['goals']
        when 'agreement' then array['goals']
        when 'plan' then array['plans', 'means', 'progress']
        when 'plan_means' then array['means', 'plans']
        when 'plan_progress' then array['progress', 'plans']
        when 'commitment' then array['commitments', 'plans']
        when 'loop' then array['loops']
        when 'obstacle' then array['obstacles']
        when 'joint_group' then array['groups', 'seats', 'meetings', 'decisions']
        when 'group_charter' then array['groups']
        when 'group_seat' then array['seats']
        when 'meeting' then array['meetings', 'decisions']
        when 'meeting_decision' then array['decisions']
        -- The names of records stand in many.
        when 'subject' then array['sessions', 'themes', 'barriers', 'goals', 'plans', 'means', 'progress', 'commitments', 'loops', 'obstacles',
            'groups', 'seats', 'meetings', 'decisions']
        else '{}' end
$$;
