-- Both sides of a lent duty hear that it ends: the evening before where it ran for more than a week, and on its last day. Once each.
alter table delegation add column eve_told_at timestamptz;
alter table delegation add column end_told_at timestamptz;
-- What ended before this was nobody's news any more.
alter table delegation no force row level security;
update delegation set eve_told_at = now(), end_told_at = now() where ended_at is not null or until < current_date;
alter table delegation force row level security;
grant update (eve_told_at, end_told_at) on delegation to app_keeper;
create index delegation_to_tell on delegation (agency_id, until) where end_told_at is null and ended_at is null;
