-- What failed before failures were remembered: its department as far as is known.
update promises p
   set failed_in = p.department,
       reopened_at = case when p.state <> 'broken' then (select min(x.at) from promise_events x where x.promise = p.id and x.kind = 'reopened') end
 where p.state = 'broken' or exists (select from promise_events x where x.promise = p.id and x.kind = 'reopened');
-- By department and when it counts: what a report tells of.
create index promises_counted on promises (coalesce(failed_in, department), coalesce(reopened_at, due_at));
create index report_days_of on report_days (department, day);
create unique index report_lengths_of on report_lengths (department, day, grain, kind);
create index report_failed_of on report_failed (department, at);
create index report_late_of on report_late (department, at);
create unique index report_rolled_of on report_rolled (department);
