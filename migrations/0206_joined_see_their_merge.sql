-- A merge is seen by the people of both bodies, in whichever of their entries they are.
drop policy audience_select on merge;
drop policy audience_update on merge;
drop policy audience_delete on merge;
select keep_to_audience('merge', '((select current_hat()) in (''director'', ''staff'') or kept_id = (select current_body()) or gone_id = (select current_body()) '
    'or kept_id = (select standing_body()) or gone_id = (select standing_body()))');
