-- On the day until which a court forbade notice nobody asks for a page: the keeper tells those whose words were opened, and queues
-- the letter that says so, for its own agency alone.
grant insert on letter to app_keeper;
create policy of_agency on letter as restrictive for insert to app_keeper with check (for_agency = (select current_agency()));
