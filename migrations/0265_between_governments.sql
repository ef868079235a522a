-- A contact with a Tribe as a government is kept apart from community engagement, with who spoke with authority for each side.
-- What was written down before is not guessed at: it stands as engagement until somebody says otherwise.
alter table outreach add column between_governments boolean not null default false;
alter table outreach add column spoke_for_agency text not null default '';
alter table outreach add column spoke_for_tribe text not null default '';
alter table outreach add constraint outreach_spoke_for check (between_governments = (spoke_for_agency <> '' and spoke_for_tribe <> '')
    and (between_governments or (spoke_for_agency = '' and spoke_for_tribe = '')));
create index outreach_between_governments on outreach (agency_id, held_on desc) where between_governments;
-- They are a table of their own where tables leave.
alter table export drop constraint export_what_check;
alter table export add constraint export_what_check check (what in ('partners', 'outreach', 'governments', 'sessions', 'statements', 'themes', 'barriers',
    'goals', 'plans', 'means', 'progress', 'commitments', 'loops', 'body'));
