-- Lists stand in the order of `subject.created_at`. For a statement that is when its session began, the same for all that was said
-- there: the moment in which it was typed would tell whose words stand between two named ones.
alter table subject no force row level security;
alter table statement no force row level security;
alter table listening_session no force row level security;
update subject s set created_at = l.starts_at from statement st
    join listening_session l on l.agency_id = st.agency_id and l.id = st.session_id
    where s.agency_id = st.agency_id and s.id = st.id;
alter table subject force row level security;
alter table statement force row level security;
alter table listening_session force row level security;
