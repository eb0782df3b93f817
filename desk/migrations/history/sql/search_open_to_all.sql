-- What everyone may read has an index of its own: whoever reads without the staff key looks nowhere else.
create index search_entries_everyone_ix on search_entries using gin (terms) with (fastupdate = off) where reach = 0;
