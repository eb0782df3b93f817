alter table weekly_letters add constraint weekly_letters_week_uq unique (department, week);
alter table rhythms
  drop constraint rhythms_matter_ck,
  add constraint rhythms_matter_ck check (matter in ('asked', 'mine', 'work', 'watched', 'report'));
