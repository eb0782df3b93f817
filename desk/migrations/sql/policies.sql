-- One policy text for every table with words, names or exact times (specs/disclosure.md). `reach` is a column generated from the
-- locks, so that the two never disagree: 0 everyone, 1 staff, 2 ask the locks; it also gives the planner its statistics.
-- Every function of the reader stands in (select ...): evaluated once per statement, not once per row.
do $$
declare
  t record;
  opened text;
  adding text;
begin
  for t in select * from (values
      ('tickets',        'id',     $i$'ticket:' || id$i$, 'coalesce(logged_by, requester)', null),
      ('updates',        'ticket', $i$'update:' || id$i$, 'author', 'updates.for_requester, parent.tier = 0, updates.asked'),
      ('attachments',    'ticket', $i$coalesce('update:' || of_update, 'ticket:' || ticket)$i$, 'author',
       $i$case when of_update is null then true else (select u.for_requester from updates u where u.id = of_update and u.ticket = attachments.ticket) end,
          parent.tier = 0,
          case when of_update is null then parent.involved else (select u.asked from updates u where u.id = of_update and u.ticket = attachments.ticket) end$i$),
      ('promises',       'ticket', $i$coalesce('update:' || of_update, 'ticket:' || ticket)$i$, null, null),
      ('promise_events', 'ticket', 'item', 'by', null),
      ('escalations',    'ticket', 'item', 'reason_by', null),
      ('hops',           'ticket', $i$'ticket:' || ticket$i$, 'by', null),
      ('watches',        'ticket', $i$''$i$, 'person', null),
      ('notices',        'ticket', 'subject', 'person', null),
      ('sendings',       'ticket', 'subject', 'person', null),
      ('countersigns',   'ticket', $i$''$i$, 'asked_by', null),
      ('reads',          'ticket', 'item', 'person', null),
      ('unusual_reads',  'ticket', $i$''$i$, null, null),
      ('removals',       'ticket', $i$coalesce('update:' || words, 'ticket:' || ticket)$i$, 'by', null),
      ('entries',        'ticket', 'subject', 'by', null)) v (name, ticket, item, doer, answers) loop
    opened := format($p$(
      reach <= (select reader_reach())
      or (reach = 2 and audience && (select reader_keys())
          and (coalesce(%1$I, 0) <> all ((select reader_recused())::bigint[]) or audience && (select reader_own_keys())))
      or (%2$s) = any ((select reader_own_keys())::text[]))$p$, t.ticket, t.item);
    if t.name in ('notices', 'sendings') then
      opened := format('(person = (select reader_person()) and %s)', opened);
    end if;
    if t.name in ('entries', 'notices', 'sendings') then  -- of what two requests are to each other, only who reads both
      opened := format('(%s and (subject not like ''relation:%%'' or relation_opened(subject)))', opened);
    end if;
    adding := opened;
    if t.doer is not null then
      adding := format('(%s = (select reader_person()) and %s)', t.doer, adding);
    end if;
    if t.name = 'tickets' then
      adding := adding || ' and audience <@ portion_locks(tier, coalesce(logged_by, requester), owner_department, department, requesting_department,'
                          ' requester, true, tier = 0, ''{}'') and involved = ''{}''';
    else
      -- What hangs on a ticket needs a ticket one can read (a foreign key alone accepts, and so betrays, a hidden one) and is no wider;
      -- words and files have no lock beyond those of their label and of who was asked (which the locksmith says: involve).
      adding := format('(%s and (ticket is null or exists (select from tickets parent where parent.id = %2$I.ticket and parent.reach <= %2$I.reach%3$s)))',
        adding, t.name, case when t.answers is not null then format($p$ and parent.tier <= %1$I.tier
          and %1$I.audience <@ portion_locks(%1$I.tier, %1$I.author, %1$I.owner_department, parent.department, parent.requesting_department,
                                             parent.requester, %2$s)%3$s$p$,
        t.name, t.answers, case t.name when 'updates' then ' and updates.asked <@ parent.involved' end) end);
    end if;
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I for select to desk_app using (%s)', t.name || '_read', t.name, opened);
    execute format('create policy %I on %I for insert to desk_app with check (%s)', t.name || '_add', t.name, adding);
    execute format('create policy %I on %I for update to desk_app using (%s) with check (%s)', t.name || '_change', t.name, opened, opened);
    execute format('create policy %I on %I for all to desk_locksmith using (true) with check (true)', t.name || '_lock', t.name);
  end loop;
end $$;
-- What two requests are to each other is there for who reads both, as they are locked now: no lock of its own could say so.
alter table relations enable row level security;
alter table relations force row level security;
create policy relations_read on relations for select to desk_app using (both_opened(ticket, other));
create policy relations_add on relations for insert to desk_app with check (by = (select reader_person()) and both_opened(ticket, other));
create policy relations_change on relations for update to desk_app using (both_opened(ticket, other)) with check (both_opened(ticket, other));
create policy relations_lock on relations for all to desk_locksmith using (true) with check (true);
-- Why a department works differently from a day on: every employee may read it, whoever answers for the department writes it (reports.sql).
alter table report_changes enable row level security;
alter table report_changes force row level security;
create policy report_changes_read on report_changes for select to desk_app using (reach <= (select reader_reach()));
-- A letter is worked on by the desk itself; people read the words that it became.
alter table letters enable row level security;
alter table letters force row level security;
create policy letters_work on letters for all to desk_app using ((select reader_person()) is null) with check ((select reader_person()) is null);
create policy letters_lock on letters for all to desk_locksmith using (true) with check (true);
-- A call waits with words that every employee may read: the desk itself sends it, no person reads it there.
alter table webhook_calls enable row level security;
alter table webhook_calls force row level security;
create policy webhook_calls_work on webhook_calls for all to desk_app using ((select reader_person()) is null) with check ((select reader_person()) is null);
create policy webhook_calls_lock on webhook_calls for all to desk_locksmith using (true) with check (true);
-- How a channel is, too: administrators ask a function.
alter table channels enable row level security;
alter table channels force row level security;
create policy channels_work on channels for all to desk_app using ((select reader_person()) is null) with check ((select reader_person()) is null);
create policy channels_lock on channels for select to desk_locksmith using (true);
create policy watches_drop on watches for delete to desk_app using (person = (select reader_person()));

-- A request is moved by who asked for it or by who handles it; into whose hands it goes and how critical it is, by the latter only. A policy cannot
-- compare the old row with the new one. The actions say so first and kindly: who gets this far has found a fault in them.
create function check_mover() returns trigger language plpgsql as $$
begin
  if old.requester = reader_person() and (new.department, new.handler, new.priority, new.critical)
                                                 is not distinct from (old.department, old.handler, old.priority, old.critical)
     or reader_handles(old.department) and old.id <> all (reader_recused()) then
    return new;
  end if;
  raise exception 'tickets: moved by who neither asked for it nor handles it' using errcode = 'insufficient_privilege';
end $$;
create trigger tickets_mover before update on tickets for each row when (current_user = 'desk_app') execute function check_mover();

-- Nobody stands above themselves at any instant, whichever way a superior was written; asked at the end of the transaction, when a
-- whole file of people has been read. Whoever writes at the same time is waited for. The actions say so first and kindly.
create function check_line() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('superiors'));
  if exists (with recursive above as (
               select s.superior, s.during from superiors s where s.id = new.id
               union
               select s.superior, s.during * above.during from above join superiors s on s.person = above.superior and s.during && above.during)
             select from above where above.superior = new.person) then
    raise exception 'superiors: somebody would stand above themselves' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger superiors_no_circle after insert or update on superiors deferrable initially deferred
  for each row execute function check_line();
