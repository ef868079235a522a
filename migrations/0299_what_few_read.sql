-- What only a body, an author or the readers of a protocol read: neither director nor administrator knows of it by their role.
create function is_close(of_record subject) returns boolean language sql immutable as $$
    select of_record.audience in ('author', 'body') or of_record.protocols is not null
$$;

-- In which language somebody is written to who comes of a list, or is named as a body's first steward; none: as the agency writes.
alter table people_row add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
alter table steward_act add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
