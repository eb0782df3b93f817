-- By department and due: what a report tells of.
create index promises_by_due on promises (department, due_at);
create index report_days_of on report_days (department, day);
create unique index report_lengths_of on report_lengths (department, day, grain, kind);
create index report_failed_of on report_failed (department, due_at);
create index report_late_of on report_late (department, due_at);
create unique index report_rolled_of on report_rolled (department);
