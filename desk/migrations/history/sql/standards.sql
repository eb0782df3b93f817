alter table policies
  add constraint policies_service_fk foreign key (service) references services on delete restrict,
  add constraint policies_priority_ck check (priority in ('routine', 'critical')),
  add constraint policies_asks_ck check (service is not null or priority is not null or department is not null or critical),
  add constraint policies_gives_ck check (reply is not null or resolution is not null);
create index policies_order_ix on policies (position, id) where ended_at is null;

alter table tickets add constraint tickets_priority_ck check (priority in ('routine', 'critical'));
-- what a department has open, and how much of it carries a critical target
create index tickets_work_ix on tickets (department) where state in ('open', 'waiting');
create index tickets_critical_ix on tickets (department) where critical and state in ('open', 'waiting');

-- Nobody passes what has used 75 % of its time: first those, then everything else, each by due.
create index promises_turn_ix on promises (department, (not at_risk), due_at, id) include (ticket, reach, audience)
 where settled_at is null and state <> 'paused';
drop index promises_queue_ix;
