alter table report_changes
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint report_changes_once_uq unique (department, day), -- one break for a day, however often the form is sent
  add constraint report_changes_words_ck check (char_length(words) between 1 and 500);
create index hops_arrivals_ix on hops (department, since) where holder = 'department';
