-- A speaker's link reaches all that one speaker said in one session, whether or not anything waits; the record it names is the
-- session. `subject.speaker_id` says whose words a statement's subject is; nobody but that link's bearer is let in by it.
alter table subject add column speaker_id uuid;
alter table subject add foreign key (agency_id, speaker_id) references speaker (agency_id, id);
create index subject_of_speaker on subject (agency_id, speaker_id);
alter table return_link add column speaker_id uuid;
alter table return_link add foreign key (agency_id, speaker_id) references speaker (agency_id, id);
create index return_link_of_speaker on return_link (agency_id, speaker_id);

-- The uses that the agency's table made of the card on the day it was taken in: a later change of the table holds for later cards.
alter table speaker add column uses text[] not null default '{}';
-- The owner, too, is kept to one agency by forced row security; for what was there before, it steps outside for a moment.
alter table speaker no force row level security;
alter table statement no force row level security;
alter table subject no force row level security;
alter table return_link no force row level security;
update speaker sp set uses = coalesce(array(select jsonb_array_elements_text(a.card_table -> sp.card)), '{}') from agency a where a.id = sp.agency_id;
-- There never was a code on anybody's phone.
update speaker set card_how = 'paper' where card_how = 'qr';
update subject s set speaker_id = st.speaker_id from statement st where st.agency_id = s.agency_id and st.id = s.id;
update return_link l set speaker_id = st.speaker_id, subject_id = st.session_id from statement st
    where st.agency_id = l.agency_id and st.id = l.subject_id and st.speaker_id is not null;
alter table speaker force row level security;
alter table statement force row level security;
alter table subject force row level security;
alter table return_link force row level security;
alter table speaker drop constraint speaker_card_how_check;
alter table speaker add constraint speaker_card_how_check check (card_how in ('paper', 'aloud'));

drop policy audience_select on subject;
drop policy audience_update on subject;
drop policy audience_delete on subject;
select keep_to_audience('subject', '(id = (select current_link()) or speaker_id = (select current_link()) or '
    || audience_rule('audience', 'body_id', 'author_id')
    || ' or exists (select 1 from subject_reader r where r.agency_id = subject.agency_id and r.subject_id = subject.id '
    'and r.membership_id = (select current_membership())))');

-- The co-host's own act on the summary of the room and on closing, beside what staff enter of their word.
alter table listening_session add column cohost_agreed_by uuid;
alter table listening_session add column cohost_agreed_at timestamptz;
alter table listening_session add column cohost_closes_by uuid;
alter table listening_session add column cohost_closes_at timestamptz;
alter table listening_session add foreign key (agency_id, cohost_agreed_by) references membership (agency_id, id);
alter table listening_session add foreign key (agency_id, cohost_closes_by) references membership (agency_id, id);
