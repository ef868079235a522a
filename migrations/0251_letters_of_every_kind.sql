-- Which kinds of letters there are is the program's list (`letters()` of each slice): a letter whose kind it does not know is given up,
-- and says so. A list here as well would only have to be changed with every slice that writes.
alter table letter drop constraint letter_kind_check;
alter table letter add constraint letter_kind_check check (kind ~ '^[a-z_]{1,40}$');
