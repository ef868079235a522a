-- Who decided about somebody's words, and when, is read by the speaker also where a link is all they have.
drop policy whom_it_concerns_select on consent_change;
drop policy whom_it_concerns_update on consent_change;
drop policy whom_it_concerns_delete on consent_change;
select keep_to_audience('consent_change', '(by_id = (select current_membership()) or exists (select 1 from subject s where s.agency_id = consent_change.agency_id '
    'and s.id = consent_change.statement_id and (s.author_id = (select current_membership()) or s.speaker_id = (select current_link()) '
    'or (s.body_id = (select current_body()) and exists (select 1 from membership m '
    'where m.agency_id = s.agency_id and m.id = (select current_membership()) and m.steward)))))', 'whom_it_concerns');
