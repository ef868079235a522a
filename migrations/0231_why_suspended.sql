-- Whoever suspends somebody says why: to them and to their body's stewards.
alter table membership add column suspended_because text not null default '';
alter table membership add column suspended_at timestamptz;
