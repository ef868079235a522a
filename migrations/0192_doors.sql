-- Nobody's transaction lets itself in. Named readers are the keeper's to enter; duties in a session are given by directors and
-- staff; a question is raised from a comment only by somebody who may read it.
revoke insert, update, delete on subject_reader from app_login;

create policy given_insert on session_duty as restrictive for insert to app_login with check ((select current_hat()) in ('director', 'staff'));
create policy given_update on session_duty as restrictive for update to app_login using (false);
create policy given_delete on session_duty as restrictive for delete to app_login using ((select current_hat()) in ('director', 'staff'));

create policy comment_seen on loop as restrictive for insert to app_login
    with check (comment_id is null or exists (select 1 from comment c where c.agency_id = loop.agency_id and c.id = loop.comment_id));
