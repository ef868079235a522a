-- Who sees what: the answer belongs to its question. It is computed when it is asked, which is when it stands in the log, and read again
-- as it was. Questions without an answer are asked anew.
truncate sight_question;
alter table sight_question
    add column sees boolean not null,
    -- All is told to the asker; otherwise the answer is that of anybody of the same role and body.
    add column told_all boolean not null,
    -- The rules one by one, in sentences of ours.
    add column parts jsonb not null;
grant update (parts) on sight_question to app_keeper;
-- Whoever spoke without an account sees by their link that it was asked, as others see it in the log.
drop policy not_for_links on sight_question;
drop policy audience_select on sight_question;
drop policy audience_update on sight_question;
drop policy audience_delete on sight_question;
select keep_to_audience('sight_question', $$((select current_hat()) = 'link' or asked_by = (select current_membership()))$$);
