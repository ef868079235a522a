-- Made for large agencies; no rule changes its meaning. Lists stop where their page does, and counts where they say "more than".
create index loop_by_state on loop (agency_id, state);
create index loop_open_first on loop (agency_id,
    (case when state in ('raised', 'acknowledged', 'review') then 0 when state = 'answered' then 1 else 2 end),
    (case when state in ('raised', 'acknowledged', 'review') then answer_by end), created_at desc, id);
create index statement_by_language on statement (agency_id, language) where words is not null;
create index statement_waiting on statement (agency_id, id) where state in ('draft', 'with_speaker');
create index subject_statement_newest on subject (agency_id, created_at desc, id desc) where kind = 'statement';
