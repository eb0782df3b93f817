alter table forecasts add constraint forecasts_day_uq unique (day),
  add constraint forecasts_mode_ck check (mode in ('pooled', 'on', 'few', 'no_skill')),
  add constraint forecasts_late_ck check (late between 0 and closed);
