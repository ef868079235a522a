-- Whoever wrote a comment sees it, also when they no longer see the record that it is about: it is theirs to take back. Of the record
-- they learn nothing by it.
drop policy subject_of_subject_id_select on comment;
create policy subject_of_subject_id_select on comment as restrictive for select to app_login
    using (author_id = (select current_membership())
        or exists (select 1 from subject s where s.agency_id = comment.agency_id and s.id = comment.subject_id));
