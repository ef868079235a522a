-- Following up: the promise that an answer of "we will" made, the comment that something was raised from, and whose word
-- is wanted, asked in one place for every page that says so.
alter table loop add column promise_id uuid;
alter table loop add column comment_id uuid;
alter table loop add foreign key (agency_id, promise_id) references commitment (agency_id, id);
alter table loop add foreign key (agency_id, comment_id) references comment (agency_id, id);
create index commitment_by_state on commitment (agency_id, state);

-- Whoever asks speaks for the body they belong to on this day: its steward, or under a mandate that holds.
create function speaks_for_body(today date) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and m.partner_id is not null
        and (m.steward or (m.speaks and coalesce(m.mandate_from <= today, true) and coalesce(m.mandate_until >= today, true))))
$$;

-- A promise reported done waits for the word of whoever asks: they are the one promised, and did not promise, report or carry
-- it themselves, under whatever hat.
create function wants_my_word(c commitment, today date) returns boolean language sql stable as $$
    select c.state = 'reported'
       and (c.promised_to = current_membership() or (c.promised_to_partner_id = current_body() and speaks_for_body(today)))
       and c.promised_by is distinct from current_membership() and c.delegate_id is distinct from current_membership()
       and not exists (select 1 from membership o where o.agency_id = c.agency_id and o.id in (c.promised_by, c.reported_by)
           and o.account_id = current_account())
$$;

-- A goal's present version lacks the word of whoever asks: the director's, a person's without a body, or that of a body for
-- which they speak.
create function wants_my_word(g goal, today date) returns boolean language sql stable as $$
    select g.state in ('proposed', 'in_force')
       and (current_hat() = 'director' or (current_hat() = 'partner' and (current_body() is null or speaks_for_body(today))))
       and not exists (select 1 from agreement a where a.agency_id = g.agency_id and a.subject_id = g.id and a.version = g.version
           and (a.membership_id = current_membership() or a.partner_id = current_body()))
$$;
