-- What the bearer of a speaker's link sees beside the words: who wrote them down, where somebody did, and the agency's logo. Of a
-- membership and of a file it opens no more than these, and changes nothing.
create function wrote_for_link(member uuid) returns boolean language sql stable as $$
    select exists (select 1 from statement st
        where st.agency_id = current_agency() and st.speaker_id = current_link() and st.written_by = member and st.words is not null)
$$;
alter policy not_for_links on membership
    using (case when (select current_hat()) = 'link' then wrote_for_link(id) else (select sees_agency()) end)
    with check ((select sees_agency()));

create function is_logo(kept uuid) returns boolean language sql stable as $$
    select exists (select 1 from agency g where g.id = current_agency() and g.logo_file_id = kept)
$$;
alter policy not_for_links on file
    using (case when (select current_hat()) = 'link' then is_logo(id) else (select sees_agency()) end)
    with check ((select sees_agency()));
alter policy not_for_links on file_chunk
    using (case when (select current_hat()) = 'link' then is_logo(file_id) else (select sees_agency()) end)
    with check ((select sees_agency()));
-- Of a policy for everything a deletion asks the first half alone.
create policy no_link_delete on file as restrictive for delete to app_login using ((select sees_agency()));
create policy no_link_delete on file_chunk as restrictive for delete to app_login using ((select sees_agency()));
