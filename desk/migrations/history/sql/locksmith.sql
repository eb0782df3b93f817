-- The locksmith makes markers and moves locks. It holds no right on titles and bodies.
grant select (id, number, service, department, accountable, requester, requesting_department, handler, logged_by, state, filed_at,
              lapses_at, tier,
              owner_department, reason, opens_on, opens_to, sealed, day, audience, reach),
      update (state, ended_at, tier, owner_department, reason, sentence, opens_on, sealed, audience) on tickets to desk_locksmith;
grant select (id, ticket, author, at, kind, for_requester, corrects, tier, owner_department, reason, opens_on, opens_to, sealed, day, audience, reach),
      update (tier, owner_department, reason, sentence, opens_on, sealed, audience) on updates to desk_locksmith;
grant select (id, ticket, of_update, author, tier, owner_department, reason, opens_on, opens_to, sealed, day, audience, reach),
      update (tier, owner_department, reason, sentence, opens_on, sealed, audience) on attachments to desk_locksmith;
grant select (id, ticket, of_update, kind, department, person, promisee, started_at, due_at, breaks_at, next_threshold_at, at_risk, state,
              settled_at, audience),
      update (next_threshold_at, at_risk, state, audience) on promises to desk_locksmith;
grant select, insert, update (audience) on promise_events, entries to desk_locksmith;
grant select (id, ticket, until, audience), update (until, audience) on hops to desk_locksmith;
grant select (id, entry, ticket, subject, audience), update (audience) on notices to desk_locksmith;
grant select on watches to desk_locksmith;
grant select, insert on errands to desk_locksmith;
grant usage on sequence promise_events_id_seq, entries_id_seq to desk_locksmith;

-- The rule of desk/disclosure/rules.py once more; a test compares the two on random portions.
create function portion_locks(tier integer, author integer, owner integer, serving integer, requesting integer, requester integer,
                              for_requester boolean, open_request boolean) returns text[] language sql immutable parallel safe
  return array(select distinct k from unnest(case
    when tier = 0 and open_request then array['everyone']
    when tier <= 1 then array['staff']
    when tier = 2 then array['person:' || author, 'person:' || requester, 'department:' || owner, 'department:' || serving, 'department:' || requesting]
    when tier = 3 then array['person:' || author, 'handlers:' || owner] || case when for_requester then array['person:' || requester] end
    else array['person:' || author] || case when for_requester then array['person:' || requester] end
  end) k order by k);

-- The policy as a function, for markers only; tested against the policy. Whoever asks about many rows takes the reader's keys
-- once (offset 0 keeps the planner from asking for them again with every row) and calls opened_by.
create function opened_by(audience text[], item text, ticket bigint, keys text[], own text[], recused bigint[]) returns boolean
language sql immutable parallel safe
  return audience && keys and (audience && '{everyone,staff}' or ticket <> all (recused) or audience && own) or item = any (own);
create function opened_to_reader(audience text[], item text, ticket bigint) returns boolean language sql stable parallel safe
  return opened_by(audience, item, ticket, reader_keys(), reader_own_keys(), reader_recused());

-- Exactly the five facts of a marker, distinct; at tier 4 the month instead of the day.
create function update_markers(of_ticket bigint)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct u.tier, u.owner_department, case when u.tier = 4 then date_trunc('month', u.day)::date else u.day end, u.reason::text, u.opens_on
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join tickets t
    join (select 'update:' || i.id as item, i.ticket, i.tier, i.owner_department, i.day, i.reason, i.opens_on, i.sealed, i.audience from updates i
          union all
          select coalesce('update:' || a.of_update, 'ticket:' || a.ticket), a.ticket, a.tier, a.owner_department, a.day, a.reason, a.opens_on, a.sealed, a.audience
            from attachments a) u on u.ticket = t.id
   where t.id = of_ticket
     and opened_to_reader(t.audience, 'ticket:' || t.id, t.id)
     and not u.sealed
     and not opened_by(u.audience, u.item, u.ticket, k.keys, k.own, k.recused)
   order by 3, 1, 2;
end;

-- a whole request that may not be read, by the number that somebody was told
create function ticket_marker(of_number bigint)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.tier, t.owner_department, case when t.tier = 4 then date_trunc('month', t.day)::date else t.day end, t.reason::text, t.opens_on
    from tickets t
   where t.number = of_number and not t.sealed and reader_reach() >= 0
     and t.reach > reader_reach() and (t.reach = 2 and reader_reach() >= 1)
     and not opened_to_reader(t.audience, 'ticket:' || t.id, t.id);
end;

-- the strip beside a department's list: what hangs there that this reader may not read
create function ticket_markers(of_department integer, from_day date, at_most integer default 20)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct t.tier, t.owner_department, case when t.tier = 4 then date_trunc('month', t.day)::date else t.day end as day, t.reason::text, t.opens_on
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join tickets t
   where t.department = of_department and t.tier >= 2 and not t.sealed and t.day >= from_day and (select reader_reach()) >= 1
     and not opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
   order by day desc, 1, 2 limit at_most;
end;

-- What the desk itself does is journaled like anybody's doing, with the errand that makes it known.
create function desk_entry(tag text, moment timestamptz, of_ticket bigint, subject text, data jsonb, audience text[]) returns bigint
language sql set search_path = public, pg_temp
begin atomic
  with written as (insert into entries (tag, at, ticket, subject, data, audience)
                   values (desk_entry.tag, moment, of_ticket, desk_entry.subject, desk_entry.data, desk_entry.audience) returning id)
  insert into errands (entry, state, tries, next_at) select id, 'waiting', 0, moment from written returning entry;
end;

-- Every lock of a request from its labels: called when a party or a tier has changed, and by nothing else.
create function relock_ticket(of_ticket bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select * into t from (select id, tier, requester, logged_by, owner_department, department, requesting_department from tickets where id = of_ticket) x;
  update tickets set audience = portion_locks(tier, coalesce(logged_by, requester), owner_department, department, requesting_department, requester, true, tier = 0)
   where id = of_ticket;
  update updates set audience = portion_locks(tier, author, owner_department, t.department, t.requesting_department, t.requester, for_requester, t.tier = 0)
   where ticket = of_ticket;
  update attachments a set audience = portion_locks(a.tier, a.author, a.owner_department, t.department, t.requesting_department, t.requester,
      coalesce((select u.for_requester from updates u where u.id = a.of_update), true), t.tier = 0)
   where a.ticket = of_ticket;
  update promises p set audience = coalesce((select u.audience from updates u where u.id = p.of_update), (select x.audience from tickets x where x.id = p.ticket))
   where p.ticket = of_ticket;
  update hops h set audience = (select x.audience from tickets x where x.id = h.ticket) where h.ticket = of_ticket;
  update promise_events e set audience = locks_of_item(e.item) where e.promise in (select p.id from promises p where p.ticket = of_ticket);
  update entries e set audience = locks_of_item(e.subject) where e.ticket = of_ticket;
  update notices n set audience = locks_of_item(n.subject) where n.entry in (select e.id from entries e where e.ticket = of_ticket);
end $$;
create function locks_of_item(item text) returns text[] language sql stable set search_path = public, pg_temp
  return case when item like 'update:%' then (select u.audience from updates u where u.id = split_part(item, ':', 2)::bigint)
              else (select t.audience from tickets t where t.id = split_part(item, ':', 2)::bigint) end;

-- A handover: the receiving department becomes a party, and the owner of what the request itself keeps shut.
create function transfer_ticket(of_ticket bigint, to_department integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select id, department, owner_department, tier, requester into t from tickets
   where id = of_ticket and department = to_department and opened_to_reader(audience, 'ticket:' || id, id);
  if not found then
    raise exception 'transfer_ticket: the request is not held by that department or not readable' using errcode = 'insufficient_privilege';
  end if;
  update tickets set owner_department = to_department where id = of_ticket and tier >= 2;
  -- words under a shut request, and what the requester shut, belong to whoever serves; notes stay their writers'
  update updates set owner_department = to_department
   where ticket = of_ticket and tier >= 2 and for_requester and owner_department = t.owner_department and (t.tier >= 2 or author = t.requester);
  update attachments set owner_department = to_department
   where ticket = of_ticket and tier >= 2 and owner_department = t.owner_department and (t.tier >= 2 or author = t.requester)
     and not exists (select from updates u where u.id = of_update and not u.for_requester);
  perform relock_ticket(of_ticket);
end $$;

-- What has waited long enough opens by itself, to `opens_to`, and says so in the journal.
create function open_due(departments integer[], today date, moment timestamptz, at_most integer default 500)
returns table (item text, ticket bigint) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  for t in select x.id as ticket from tickets x where x.opens_on <= today and x.owner_department = any (departments) order by x.opens_on limit at_most for update skip locked loop
    update tickets x set tier = x.opens_to, reason = case when x.opens_to >= 2 then x.reason end, opens_on = null, sealed = x.sealed and x.opens_to >= 3
     where x.id = t.ticket;
    perform relock_ticket(t.ticket);
    perform desk_entry('words_opened', moment, t.ticket, 'ticket:' || t.ticket, '{}', locks_of_item('ticket:' || t.ticket));
    item := 'ticket:' || t.ticket; ticket := t.ticket; return next;
  end loop;
  for t in select u.id, u.ticket from updates u where u.opens_on <= today and u.owner_department = any (departments) order by u.opens_on limit at_most for update skip locked loop
    update updates u set tier = greatest(u.opens_to, (select x.tier from tickets x where x.id = u.ticket and x.tier >= 2)),
           reason = case when greatest(u.opens_to, (select x.tier from tickets x where x.id = u.ticket and x.tier >= 2)) >= 2 then u.reason end,
           opens_on = null, sealed = u.sealed and u.opens_to >= 3
     where u.id = t.id;
    update attachments a set tier = u.tier, reason = u.reason, opens_on = null, sealed = u.sealed from updates u
     where u.id = t.id and a.of_update = u.id and a.ticket = u.ticket and a.tier > u.tier and a.opens_on <= today;
    perform relock_ticket(t.ticket);
    perform desk_entry('words_opened', moment, t.ticket, 'update:' || t.id, '{}', locks_of_item('update:' || t.id));
    item := 'update:' || t.id; ticket := t.ticket; return next;
  end loop;
end $$;

-- Facts for the worker: ids and codes, never words.
create function entry_facts(of_entry bigint)
returns table (tag text, at timestamptz, by integer, ticket bigint, subject text, data jsonb)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select e.tag::text, e.at, e.by, e.ticket, e.subject::text, e.data from entries e where e.id = of_entry;
end;
create function concerned(of_ticket bigint)
returns table (person integer, part text) language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.requester, 'requester' from tickets t where t.id = of_ticket
  union all
  select t.handler, 'handler' from tickets t where t.id = of_ticket and t.handler is not null
  union all
  select m.person, 'department' from tickets t join memberships m on m.department = t.department and m.level >= 3
   where t.id = of_ticket and t.handler is null
  union all
  select w.person, 'watcher' from watches w where w.ticket = of_ticket;
end;
-- least load: the handler of a department who owes the fewest words; ties go to the lower id
create function least_load(of_department integer, but_not integer, moment timestamptz) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select m.person from memberships m
    join people p on p.id = m.person and (p.left_at is null or p.left_at > moment)
   where m.department = of_department and m.level >= 3 and m.person <> but_not
     and not exists (select from absences a where a.person = m.person and a.since <= moment and a.until > moment)
   order by (select count(*) from promises q where q.person = m.person and q.settled_at is null), m.person limit 1;
end;
grant select on absences to desk_locksmith;

-- The sweep: a pause that reached its cap, at risk, broken. An event or an entry each, once, however late it comes.
create function sweep_promises(moment timestamptz, at_most integer default 1000)
returns table (promise bigint, verdict text) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p record;
begin
  for p in select q.id, q.ticket, q.state, q.breaks_at, q.next_threshold_at, q.at_risk, q.audience, coalesce('update:' || q.of_update, 'ticket:' || q.ticket) as item
             from promises q
            where q.next_threshold_at <= moment and q.settled_at is null
            order by q.next_threshold_at, q.id limit at_most for update skip locked loop
    if p.state = 'paused' then
      -- the event of the pause says when three quarters are used up if nobody ends it
      update promises set state = 'open', next_threshold_at = coalesce(
          case when not p.at_risk then (select (e.data ->> 'at_risk_at')::timestamptz from promise_events e
                                         where e.promise = p.id and e.kind = 'paused' order by e.id desc limit 1) end, p.breaks_at)
       where id = p.id;
      verdict := 'pause_lapsed';
    elsif p.breaks_at <= moment then
      update promises set state = 'broken', next_threshold_at = null where id = p.id;
      insert into promise_events (promise, ticket, item, at, kind, data, audience)
        values (p.id, p.ticket, p.item, p.breaks_at, 'broken', jsonb_build_object('noticed', moment), p.audience);
      verdict := 'promise_broken';
    else
      update promises set at_risk = true, next_threshold_at = p.breaks_at where id = p.id;
      verdict := 'promise_at_risk';
    end if;
    perform desk_entry(verdict, moment, p.ticket, p.item, jsonb_build_object('promise', p.id), p.audience);
    promise := p.id;
    return next;
  end loop;
end $$;

-- Five business days without a word count as acceptance; the day was fixed when the request was resolved.
create function lapse_acceptances(moment timestamptz, at_most integer default 500)
returns table (ticket bigint) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended timestamptz;
begin
  for ticket, ended in
    update tickets t set state = 'accepted', ended_at = t.lapses_at
     where t.id in (select x.id from tickets x where x.state = 'resolved' and x.lapses_at <= moment
                                order by x.lapses_at limit at_most for update skip locked)
    returning t.id, t.lapses_at loop
    update hops h set until = ended where h.ticket = lapse_acceptances.ticket and h.until is null;
    perform desk_entry('acceptance_lapsed', moment, lapse_acceptances.ticket, 'ticket:' || lapse_acceptances.ticket, '{}',
                       locks_of_item('ticket:' || lapse_acceptances.ticket));
    return next;
  end loop;
end $$;

do $$
declare f text;
begin
  foreach f in array array['update_markers(bigint)', 'ticket_marker(bigint)', 'ticket_markers(integer, date, integer)', 'relock_ticket(bigint)',
      'transfer_ticket(bigint, integer)', 'open_due(integer[], date, timestamptz, integer)', 'entry_facts(bigint)', 'concerned(bigint)',
      'least_load(integer, integer, timestamptz)', 'sweep_promises(timestamptz, integer)', 'lapse_acceptances(timestamptz, integer)'] loop
    -- before the owner changes: a revoke by somebody else does nothing, and says so only in a warning
    execute format('revoke execute on function %s from public', f);
    if f not like 'relock_ticket%' then
      execute format('grant execute on function %s to desk_app', f);
    end if;
    execute format('alter function %s owner to desk_locksmith', f);
  end loop;
end $$;
