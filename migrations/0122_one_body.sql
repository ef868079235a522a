-- Entries that were joined are one body. A merge widens nothing that was there before: what stands under an entry keeps its
-- readers; what comes after the joining is under the entry that stayed, and the people of the one that went read it too.
create index partner_joined on partner (agency_id, merged_into) where merged_into is not null;
create function standing_of(body uuid) returns uuid language plpgsql stable as $$
begin
    return coalesce((select p.merged_into from partner p where p.agency_id = current_agency() and p.id = body), body);
end $$;
-- The entry that stands for one's own body.
create function standing_body() returns uuid language plpgsql stable as $$
begin
    return standing_of(current_body());
end $$;
-- Since when one's own body's entry leads to another; far ahead while it does not.
create function joined_since() returns timestamptz language plpgsql stable as $$
begin
    return coalesce((select max(m.done_at) from merge m where m.agency_id = current_agency() and m.gone_id = current_body()
        and m.state = 'done'), 'infinity');
end $$;

drop policy audience_select on rating;
drop policy audience_update on rating;
drop policy audience_delete on rating;
select keep_to_audience('rating', '((select sees_landscape()) or partner_id = (select current_body()) '
    'or (partner_id = (select standing_body()) and created_at >= (select joined_since())))');
drop policy audience_select on rating_kept;
drop policy audience_update on rating_kept;
drop policy audience_delete on rating_kept;
select keep_to_audience('rating_kept', '(partner_id = (select current_body()) or (partner_id = (select standing_body()) '
    'and exists (select 1 from rating r where r.agency_id = rating_kept.agency_id and r.id = rating_kept.rating_id)))');

-- Who speaks for a body is named by the body once it has a steward; until then the agency writes down what it was told.
drop policy audience_select on representative;
drop policy audience_update on representative;
drop policy audience_delete on representative;
select keep_to_audience('representative', '((select current_hat()) in (''director'', ''staff'', ''analyst'') '
    'or partner_id = (select current_body()) or (partner_id = (select standing_body()) and created_at >= (select joined_since())))');
alter table representative add check (ends_on is null or ends_on >= starts_on);
create function body_has_steward(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from partner p where p.agency_id = current_agency()
        and coalesce(p.merged_into, p.id) = standing_of(body) and has_steward(p.id));
end $$;
create function speaks_for(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.state = 'active' and (m.steward or m.speaks) and m.partner_id is not null and standing_of(m.partner_id) = standing_of(body));
end $$;
-- A member who is named belongs to that body; only the body itself names its members.
create function representative_may_be(body uuid, member uuid) returns boolean language plpgsql stable as $$
begin
    if speaks_for(body) then
        return member is null or exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member
            and m.partner_id is not null and standing_of(m.partner_id) = standing_of(body));
    end if;
    return current_hat() in ('director', 'staff') and member is null and not body_has_steward(body);
end $$;
create policy named_insert on representative as restrictive for insert to app_login
    with check (representative_may_be(partner_id, membership_id));
create policy named_update on representative as restrictive for update to app_login
    using (true) with check (representative_may_be(partner_id, membership_id));
revoke delete on representative from app_login;
