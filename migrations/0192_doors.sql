-- Nobody's transaction lets itself in. Named readers are the keeper's to enter (who gives duties in a session:
-- 0180); a question is raised from a comment only by somebody who may read it.
revoke insert, update, delete on subject_reader from app_login;

create policy comment_seen on loop as restrictive for insert to app_login
    with check (comment_id is null or exists (select 1 from comment c where c.agency_id = loop.agency_id and c.id = loop.comment_id));
