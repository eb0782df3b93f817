-- One policy text for every table with words, names or exact times (specs/disclosure.md). `reach` is made from the locks, so
-- that the two never disagree: 0 everyone, 1 staff, 2 ask the locks; it also gives the planner its statistics.
-- Every function of the reader stands in (select ...): evaluated once per statement, not once per row.
do $$
declare
  t record;
  opened text;
  adding text;
begin
  for t in select * from (values
      ('tickets',        'id',     $i$'ticket:' || id$i$),
      ('updates',        'ticket', $i$'update:' || id$i$),
      ('attachments',    'ticket', $i$coalesce('update:' || of_update, 'ticket:' || ticket)$i$),
      ('promises',       'ticket', $i$coalesce('update:' || of_update, 'ticket:' || ticket)$i$),
      ('promise_events', 'ticket', 'item'),
      ('hops',           'ticket', $i$'ticket:' || ticket$i$),
      ('watches',        'ticket', $i$''$i$),
      ('notices',        'ticket', 'subject'),
      ('entries',        'ticket', 'subject')) v (name, ticket, item) loop
    execute format($f$alter table %I add column reach smallint not null generated always as
      (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
      add constraint %I check (cardinality(audience) > 0)$f$, t.name, t.name || '_audience_ck');
    opened := format($p$(
      reach <= (select reader_reach())
      or (reach = 2 and audience && (select reader_keys())
          and (coalesce(%1$I, 0) <> all ((select reader_recused())::bigint[]) or audience && (select reader_own_keys())))
      or (%2$s) = any ((select reader_own_keys())::text[]))$p$, t.ticket, t.item);
    if t.name = 'notices' then
      opened := format('(person = (select reader_person()) and %s)', opened);
    end if;
    -- what hangs on a ticket needs a ticket one can read: a foreign key alone accepts, and so betrays, a hidden one
    adding := case when t.name = 'tickets' then opened
      else format('(%s and (ticket is null or exists (select from tickets parent where parent.id = %I.ticket)))', opened, t.name) end;
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I for select to desk_app using (%s)', t.name || '_read', t.name, opened);
    execute format('create policy %I on %I for insert to desk_app with check (%s)', t.name || '_add', t.name, adding);
    execute format('create policy %I on %I for update to desk_app using (%s) with check (%s)', t.name || '_change', t.name, opened, opened);
    execute format('create policy %I on %I for all to desk_locksmith using (true) with check (true)', t.name || '_lock', t.name);
    execute format('grant select, insert on %I to desk_app', t.name);
  end loop;
end $$;
create policy watches_drop on watches for delete to desk_app using (person = (select reader_person()));
grant delete on watches to desk_app;

-- locks, tiers and seals are moved only by the locksmith: desk_app holds no right on those columns
grant update (department, handler, state, resolved_at, lapses_at, ended_at, reopened) on tickets to desk_app;
grant update (department, person, due_at, breaks_at, next_threshold_at, at_risk, state, settled_at) on promises to desk_app;
grant update (until) on hops to desk_app;
grant update (read_at) on notices to desk_app;
-- tables without words
grant select, insert, update on departments, people, memberships, headships, superiors, absences, roles, credentials, sessions, links,
  tokens, attempts, services, fields, routing_rules, calendars, submissions, errands, grants, recusals to desk_app;
grant delete on memberships, roles, fields, attempts to desk_app;
grant usage on all sequences in schema public to desk_app;
