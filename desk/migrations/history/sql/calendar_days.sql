alter table calendar_days add constraint calendar_days_day_uq unique (calendar, day),
  add constraint calendar_days_order_ck check (0 <= from1 and from1 <= to1 and from2 <= to2 and from3 <= to3 and greatest(to1, to2, to3) <= 86400);
alter table promises add constraint promises_size_ck check (size >= 0 and used >= 0);
create index promises_calendar_ix on promises (calendar, id) where settled_at is null;
create index promises_unmeasured_ix on promises (calendar, id) where settled_at is null and size is null;
