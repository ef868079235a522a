-- An export is taken by its asker under the role it was made under, once for each download that was written down; what plans
-- stand on and their progress are tables of their own.
alter table export add column made_as text not null default '';
alter table export_taken add column opened_at timestamptz;
grant update (opened_at) on export_taken to app_login;
alter table export drop constraint export_what_check;
alter table export add constraint export_what_check check (what in ('partners', 'outreach', 'sessions', 'statements', 'themes', 'barriers',
    'goals', 'plans', 'means', 'progress', 'commitments', 'loops'));
