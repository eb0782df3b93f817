-- What failed before failures were remembered: its department as far as is known; under FORCE ROW LEVEL SECURITY the owner needs a policy for a moment.
create policy promises_upgrade on promises to desk_owner using (true) with check (true);
create policy promise_events_upgrade on promise_events to desk_owner using (true);
with undone as (
  select r.promise, min(r.at) as at from promise_events r
   where r.kind = 'reopened'
     and (select x.kind from promise_events x where x.promise = r.promise and x.id < r.id and x.kind in ('kept', 'stopped', 'withdrawn') order by x.id desc limit 1) = 'kept'
     and not exists (select from promise_events x where x.promise = r.promise and x.id < r.id and x.kind = 'broken') group by 1)
update promises p set failed_in = p.department, reopened_at = u.at
  from promises x left join undone u on u.promise = x.id where x.id = p.id and (p.state = 'broken' or u.at is not null);
drop policy promises_upgrade on promises;
drop policy promise_events_upgrade on promise_events;
-- For whom and when it counts, as columns: row security lets no coalesce() of a reader near an index.
alter table promises add column counts_for integer generated always as (coalesce(failed_in, department)) stored,
                     add column counts_at timestamptz generated always as (coalesce(reopened_at, due_at)) stored;
-- What a report tells of.
create index promises_counted on promises (counts_for, counts_at);
create index report_days_of on report_days (department, day);
create unique index report_lengths_of on report_lengths (department, day, grain, kind);
create index report_failed_of on report_failed (department, at);
create index report_late_of on report_late (department, at);
create unique index report_rolled_of on report_rolled (department);
