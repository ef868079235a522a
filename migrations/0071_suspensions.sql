-- Who suspended is noted beside the state, not bound to it: a suspension that no side claims is lifted by nobody.
alter table membership drop constraint membership_check1;
