-- A series is seen by those who may see a session of it, by its co-host, and by the agency's people who plan and read them.
create index listening_session_of_series on listening_session (agency_id, series_id);
select keep_to_audience('series', '((select current_hat()) in (''director'', ''staff'', ''analyst'') or cohost_id = (select current_body()) '
    'or exists (select 1 from listening_session l where l.agency_id = series.agency_id and l.series_id = series.id))');
