-- Not everything is said in the room: what somebody told by telephone, face to face or on paper is written down for them and marked so.
alter table statement add column told_how text not null default 'room' check (told_how in ('room', 'telephone', 'in_person', 'paper'));
grant update (told_how) on statement to app_login;
-- As before (0141), and with the words it is fixed how they came here.
create or replace function statement_may_be(new statement) returns boolean language plpgsql stable as $$
declare
    old statement;
begin
    select s.* into old from statement s where s.agency_id = new.agency_id and s.id = new.id;
    if old.state in ('draft', 'with_speaker') then
        return new.state in ('draft', 'with_speaker');
    end if;
    return new.state = old.state and new.words is not distinct from old.words and new.folded is not distinct from old.folded
        and new.wanted_audience = old.wanted_audience and new.language = old.language and new.told_how = old.told_how;
end $$;
