-- The locks are lexemes of the same tsvector ('=staff', '=department:7'), beside the portion ('=update:9001'), the month ('@2026-11')
-- and the seal ('!sealed'): the index itself answers word AND key AND month. No word begins with '=', '@' or '!'.
alter table search_entries
  add column terms tsvector not null,
  add column reach smallint not null generated always as
    (case when terms @@ $$'!sealed'$$::tsquery then 3 when terms @@ $$'=everyone'$$::tsquery then 0
          when terms @@ $$'=staff'$$::tsquery then 1 else 2 end) stored,
  add constraint search_entries_portion_uq unique (portion);
create index search_entries_ticket_ix on search_entries (ticket);
create index search_entries_newest_ix on search_entries (at desc, id desc) where reach < 2;
-- What staff may read is found without touching what they may not: a word that occurs only in hidden rows costs what an absent one
-- does. fastupdate off: no pending list that every search would have to go through.
create index search_entries_open_ix on search_entries using gin (terms) with (fastupdate = off) where reach < 2;
create index search_entries_locked_ix on search_entries using gin (terms) with (fastupdate = off) where reach = 2;
create index search_entries_sealed_ix on search_entries using gin (terms) with (fastupdate = off) where reach = 3;
