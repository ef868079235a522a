-- The list of partners says how many Tribal governments and other partners there are: counted from an index alone.
create index partner_counted on partner (agency_id, is_tribe) where merged_into is null;
