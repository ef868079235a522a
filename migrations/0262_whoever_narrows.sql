-- Whoever may narrow sees which things of their body carry protocols, as far as putting one more on wants it: a steward, and where none
-- serves whoever speaks for the body. What it is and what it says is read under the protocols as before.
create function narrowing_body() returns uuid language plpgsql stable as $$
begin
    return (select m.partner_id from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.partner_id is not null and may_narrow(m.partner_id));
end $$;
drop policy audience_select on protected_item;
drop policy audience_update on protected_item;
drop policy audience_delete on protected_item;
select keep_to_audience('protected_item', '(body_id = (select narrowing_body()) or exists (select 1 from item_protocol i '
    'where i.agency_id = protected_item.agency_id and i.item_id = protected_item.item_id))');
