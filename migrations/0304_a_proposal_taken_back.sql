-- Whoever proposed to destroy something takes the proposal back as long as nobody has decided: it is then decided to keep it, by the
-- one who proposed it. To destroy still takes two people.
create or replace function destruction_may_be(new destruction) returns boolean language plpgsql stable as $$
declare
    old destruction;
begin
    select d.* into old from destruction d where d.agency_id = new.agency_id and d.id = new.id;
    if old.id is null then
        return current_hat() = 'administrator' and new.proposed_by = current_membership() and new.decision is null;
    end if;
    if current_hat() = 'director' and old.decision is null and new.decided_by = current_membership()
        and (new.kind, new.closed_before, new.source, new.proposed_by, new.proposed_at)
            = (old.kind, old.closed_before, old.source, old.proposed_by, old.proposed_at)
        and not exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = old.proposed_by and m.account_id = current_account()) then
        return true;
    end if;
    return current_hat() = 'administrator' and new.decision = 'keep' and old.decision is null
        and old.proposed_by = current_membership() and new.decided_by = old.proposed_by
        and (new.kind, new.closed_before, new.source, new.proposed_at) = (old.kind, old.closed_before, old.source, old.proposed_at)
        and new.proposed_by = old.proposed_by;
end $$;
