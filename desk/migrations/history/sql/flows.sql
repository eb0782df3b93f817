-- What a department had in its hands, and when it got it; ends that were reopened are few, and a stay ends there too.
create index hops_department_ix on hops (department, since) include (ticket) where department is not null;
create index hops_gap_ix on hops (since) include (ticket) where holder = 'nobody';
create index tickets_resolved_ix on tickets (department, resolved_at) include (id) where resolved_at is not null;
create index tickets_ended_ix on tickets (department, ended_at) include (id, resolved_at) where ended_at is not null;
-- whose verdicts several departments share
create index promises_verdicts_ix on promises (counts_for, counts_at) include (id, ticket) where kind in ('resolution', 'ola');
-- what stands beside a report's lists in place of what whoever reads them may not read: few, and of these months
create index promises_shut_ix on promises (counts_for, counts_at) include (ticket, of_update) where reach = 2;
create index promises_owed_shut_ix on promises (counts_for, (coalesce(settled_at, 'infinity'::timestamptz))) include (ticket, of_update, started_at) where reach = 2;
create index tickets_here_shut_ix on tickets (department, (coalesce(ended_at, 'infinity'::timestamptz))) include (id, filed_at) where tier >= 2 and not sealed;
create index hops_shut_ix on hops (department, (coalesce(until, 'infinity'::timestamptz))) include (ticket, since) where reach = 2 and department is not null;
