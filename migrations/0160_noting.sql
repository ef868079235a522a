-- Who was shown which words, once a person, record and day: of statements, of loops and of comments by partners' people, as far as
-- the reader may see them; their own are left out. The reader, the agency and every policy are those of the transaction that asks,
-- so nobody can note anything for anybody else. A function, because it is called in one text with the ends of transactions
-- (`src/platform/db.rs`), where a statement has no parameters.
create function note_viewed(records uuid[], comments uuid[], moment timestamptz) returns void language plpgsql as $$
begin
    insert into reading (agency_id, id, at, membership_id, subject_id, comment_id, how)
    select (select current_agency()), gen_random_uuid(), moment, (select current_membership()), w.subject_id, w.comment_id, 'viewed'
    from (select s.id as subject_id, null::uuid as comment_id from subject s
          where s.agency_id = (select current_agency()) and s.id = any(records) and s.kind in ('statement', 'loop')
            and s.author_id is distinct from (select current_membership())
          union all
          select c.subject_id, c.id from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
          where c.agency_id = (select current_agency()) and c.id = any(comments) and m.role = 'partner'
            and c.author_id <> (select current_membership())) w
    where not exists (select 1 from reading r where r.agency_id = (select current_agency()) and r.subject_id = w.subject_id
                      and r.comment_id is not distinct from w.comment_id and r.membership_id = (select current_membership())
                      and r.how = 'viewed' and r.at >= date_trunc('day', moment) and r.at <= moment);
end $$;
