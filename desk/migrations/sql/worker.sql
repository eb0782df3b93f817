-- What the worker does across all locks it does as nobody: a person has no business here (only_the_desk, reader.sql).
-- Facts for the worker: ids and codes, never words.
create function entry_facts(of_entry bigint)
returns table (tag text, at timestamptz, by integer, ticket bigint, subject text, data jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query select e.tag::text, e.at, e.by, e.ticket, e.subject::text, e.data from entries e where e.id = of_entry;
end $$;
create function concerned(of_ticket bigint, moment timestamptz)
returns table (person integer, part text) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select t.requester, 'requester' from tickets t where t.id = of_ticket
  union all
  select t.handler, 'handler' from tickets t where t.id = of_ticket and t.handler is not null
  union all
  select m.person, 'department' from tickets t join memberships m on m.department = t.department and m.level >= 3
   where t.id = of_ticket and t.handler is null and not is_recused(m.person, t.id, moment)
  union all
  select w.person, 'watcher' from watches w where w.ticket = of_ticket
  union all  -- whose request was merged into this one, at however many steps
  select t.requester, 'watcher' from tickets t where t.id in (
    with recursive merged (id) as (
      select r.ticket from relations r where r.other = of_ticket and r.kind = 'merged'
      union select r.ticket from merged m join relations r on r.other = m.id and r.kind = 'merged')
    select m.id from merged m);
end $$;
-- least load: the handler of a department who owes the fewest words; ties go to the lower id. What is sealed counts nowhere.
create function least_load(of_department integer, but_not integer, moment timestamptz) returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select m.person from memberships m
   where m.department = of_department and m.level >= 3 and m.person <> but_not
     -- not a join: that one reads all people, here it is a few
     and (select p.left_at is null or p.left_at > moment from people p where p.id = m.person)
     and not exists (select from absences a where a.person = m.person and a.since <= moment and a.until > moment)
   order by (select count(*) from promises q where q.person = m.person and q.settled_at is null
                -- what is sealed is in no count; it is never open to all
                and (q.reach < 2 or not exists (select from tickets t where t.id = q.ticket and t.sealed)
                                    and not exists (select from updates u where u.id = q.of_update and u.sealed))), m.person limit 1;
end;

-- Who stands at a level above an owner at an instant: exactly one superior each; whoever is away has a deputy or leaves it unfilled.
-- The rule of desk/sla/rules/escalation.py once more; a test compares the two.
create function line_at(owner integer, level integer, moment timestamptz, out person integer, out via text)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  stands_in integer;
begin
  person := owner;
  via := case when owner is null then 'unfilled' else 'direct' end;
  for step in 2..level loop
    exit when person is null;
    person := (select s.superior from superiors s where s.person = line_at.person and s.since <= moment and (s.until is null or s.until > moment));
    via := case when person is null then 'top' else 'direct' end;
  end loop;
  if person is not null and is_away(person, moment) then
    stands_in := (select a.deputy from absences a where a.person = line_at.person and a.since <= moment and a.until > moment);
    person := case when stands_in is not null and not is_away(stands_in, moment) then stands_in end;
    via := case when person is null then 'unfilled' else 'deputy' end;
  end if;
end $$;
create function is_away(who integer, moment timestamptz) returns boolean language sql stable set search_path = public, pg_temp
  return exists (select from absences a where a.person = who and a.since <= moment and a.until > moment)
      or exists (select from people p where p.id = who and p.left_at <= moment);

-- Which share of a target is looked for next: the one after those that have fired, but what was given more time after three quarters
-- were used up is at risk again when three quarters of that are.
create function next_threshold(thresholds timestamptz[], level integer, moment timestamptz) returns timestamptz
language sql immutable parallel safe
  return thresholds[case when thresholds[2] <= moment then level + 1 else least(level + 1, 2) end];

-- The sweep: pauses that reached their cap, shares of a target that are used up, broken words. Each once, in order, however late it comes.
-- Planned anew each time: who does not know how few rows are wanted sorts them all. Level 1 is the owner's (whoever has it in hand, else the head of the department), 2 to 4 climb the line as it stands now.
create function sweep_promises(moment timestamptz, at_most integer default 1000)
returns table (promise bigint, verdict text) language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
begin
  perform only_the_desk();
  return query
  with due as (
    select q.id, q.ticket, q.department, q.person, q.level, q.thresholds, q.audience,
           case when q.state = 'paused' then coalesce(q.runs_on, q.next_threshold_at) end as wakes,
           coalesce('update:' || q.of_update, 'ticket:' || q.ticket) as item,
           -- is_sealed() and is_recused() asked here, not called: they are asked of every row; what is sealed is never open to all
           q.reach >= 2 and ((select t.sealed from tickets t where t.id = q.ticket)
                             or coalesce((select u.sealed from updates u where u.id = q.of_update), false)) as sealed
      from promises q where q.next_threshold_at <= moment and q.settled_at is null
     order by q.next_threshold_at, q.id limit at_most for update skip locked
  ), reached as (
    select d.id, d.ticket, d.department, d.item, d.sealed, d.audience, t.level::smallint as level, t.at,
           coalesce(d.person, (select h.person from headships h where h.department = d.department
                                  and h.since <= moment and (h.until is null or h.until > moment)), 0) as owner
      from due d cross join lateral unnest(d.thresholds) with ordinality t (at, level) where t.level > d.level and t.at <= moment
  ), climbed as materialized (
    select o.owner, o.level, w.person, w.via from (select distinct r.owner, r.level from reached r) o
     cross join lateral line_at(nullif(o.owner, 0), o.level, moment) w
  ), fired as (
    -- nothing climbs to whoever is recused, and nothing sealed to whoever may not know of it: that level is unfilled
    select r.id, r.ticket, r.department, r.item, r.sealed, r.audience, r.level, r.at, case when not h.barred then c.person end as person,
           case when h.barred and c.person is not null then 'unfilled' else c.via end as via
      from reached r join climbed c on c.owner = r.owner and c.level = r.level
     cross join lateral (select exists (select from recusals x where x.person = c.person and x.ticket = r.ticket
                                           and x.since <= moment and (x.until is null or x.until > moment))
                             or r.sealed and not exists (select from readers_of(r.audience, r.item, r.ticket, moment) x where x.person = c.person)
                             as barred) h
  ), escalated as (
    insert into escalations (token, promise, ticket, item, department, level, at, fired_at, recipient, via, audience)
    select replace(gen_random_uuid()::text, '-', '')::varchar(24), f.id, f.ticket, f.item, f.department, f.level, f.at, moment, f.person, f.via,
           and_person(f.audience, case when not f.sealed then f.person end)
      from fired f order by f.at, f.id, f.level
  ), broken as (
    insert into promise_events (promise, ticket, item, at, kind, data, audience)
    select f.id, f.ticket, f.item, f.at, 'broken', jsonb_build_object('noticed', moment), f.audience from fired f where f.level = 3
  ), changed as (
    update promises p set level = n.level, at_risk = n.level >= 3 or p.thresholds[2] <= moment,
           state = case when n.level >= 3 then 'broken' when n.wakes > moment then 'paused' else 'open' end,
           next_threshold_at = least(case when n.wakes > moment then n.wakes end, next_threshold(p.thresholds, n.level, moment))
      from (select d.id, d.wakes, greatest(d.level, coalesce(max(f.level), 0))::smallint as level from due d left join fired f on f.id = d.id
             group by d.id, d.level, d.wakes) n
     where p.id = n.id
  ), told as (
    select d.id, d.ticket, d.item, d.audience, 'pause_lapsed' as tag, d.wakes as at, 0 as level, null::integer as person
      from due d where d.wakes <= moment
    union all select f.id, f.ticket, f.item, f.audience, 'escalated', f.at, f.level, f.person from fired f
    union all select f.id, f.ticket, f.item, f.audience, 'promise_at_risk', f.at, f.level, null from fired f where f.level = 2
    union all select f.id, f.ticket, f.item, f.audience, 'promise_broken', f.at, f.level, null from fired f where f.level = 3
  ), written as (
    insert into entries (tag, at, ticket, subject, data, audience)
    select t.tag, moment, t.ticket, t.item, jsonb_strip_nulls(jsonb_build_object('promise', t.id, 'level', nullif(t.level, 0), 'recipient', t.person)),
           t.audience
      from told t order by t.at, t.id, t.level, t.tag desc returning entries.id
  ), rung as (
    insert into errands (entry, state, tries, next_at) select w.id, 'waiting', 0, moment from written w
  )
  select t.id, t.tag from told t order by t.at, t.id, t.level, t.tag desc;
end $$;

-- Five business days without a word count as acceptance; the day was fixed when the request was resolved.
create function lapse_acceptances(moment timestamptz, at_most integer default 500)
returns table (ticket bigint) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended timestamptz;
begin
  perform only_the_desk();
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

-- A calendar has a new version: what is owed by an older one and not late yet, by id; then the dues that were computed anew.
-- What was never measured (size) is computed too, and nothing is told of it. Instants are seconds since 1970; `events` is null
-- where nothing has happened since the opening. A moment that somebody named is no matter of calendars.
create function owed_on_old_calendars(of_calendar integer, after bigint, at_most integer)
returns table (id bigint, target jsonb, started bigint, due bigint, events jsonb)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  perform only_the_desk();
  return query
  select p.id, p.target, floor(date_part('epoch', p.started_at))::bigint, floor(date_part('epoch', p.due_at))::bigint,
         case when exists (select from promise_events e where e.promise = p.id and e.kind <> 'opened') then
           (select jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'reason', e.reason, 'data', e.data) order by e.id)
              from promise_events e where e.promise = p.id) end
    from (select x.* from calendars n join calendars o on o.department = n.department and o.version < n.version
           cross join lateral (select q.id, q.target, q.started_at, q.due_at from promises q
                                where q.calendar = o.id and q.settled_at is null and q.state in ('open', 'paused')
                                  and q.target ->> 'kind' <> 'moment' and q.id > after order by q.id limit at_most) x
           where n.id = of_calendar
          union all
          (select q.id, q.target, q.started_at, q.due_at from promises q
            where q.calendar = of_calendar and q.settled_at is null and q.size is null and q.state in ('open', 'paused')
              and q.target ->> 'kind' <> 'moment' and q.id > after order by q.id limit at_most)
           order by id limit at_most) p
   order by p.id;
end $$;
-- What changed meanwhile is left for the next look.
create function move_dues(to_calendar integer, moment timestamptz, ids bigint[], olds bigint[], dues bigint[], breaks bigint[],
                          wakes bigint[], halves bigint[], risks bigint[], more bigint[], sizes integer[], useds integer[], runs bigint[])
returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved integer;
begin
  perform only_the_desk();
  with wanted as (
    select w.id, w.old, to_timestamp(w.due) as due, to_timestamp(w.wakes) as wakes, w.size, w.used, to_timestamp(w.runs) as runs,
           array[to_timestamp(w.half), to_timestamp(w.risk), to_timestamp(w.breaks), to_timestamp(w.more)] as thresholds
      from unnest(ids, olds, dues, breaks, wakes, halves, risks, more, sizes, useds, runs)
           w (id, old, due, breaks, wakes, half, risk, more, size, used, runs)
  ), changed as (
    update promises p set calendar = to_calendar, due_at = w.due, breaks_at = w.thresholds[3], thresholds = w.thresholds,
           at_risk = w.thresholds[2] <= moment,
           next_threshold_at = least(w.wakes, next_threshold(w.thresholds, p.level, moment)), size = w.size, used = w.used, runs_on = w.runs
      from wanted w where p.id = w.id and p.due_at = to_timestamp(w.old) and p.breaks_at > moment and p.settled_at is null
                         and p.state in ('open', 'paused')
    returning p.id, p.ticket, coalesce('update:' || p.of_update, 'ticket:' || p.ticket) as item, p.audience, w.old,
              old.calendar <> new.calendar as follows, old.due_at <> new.due_at as moves
  ), told as (
    insert into promise_events (promise, ticket, item, at, kind, data, audience)
    select c.id, c.ticket, c.item, moment, 'recalculated', jsonb_build_object('floor', c.old, 'version', k.version), c.audience
      from changed c, calendars k where k.id = to_calendar and c.follows
  ), written as (
    insert into entries (tag, at, ticket, subject, data, audience)
    select 'due_moved', moment, c.ticket, c.item, jsonb_build_object('promise', c.id), c.audience from changed c where c.moves
    returning entries.id
  ), rung as (
    insert into errands (entry, state, tries, next_at) select w.id, 'waiting', 0, moment from written w
  )
  select count(*) into moved from changed;
  return moved;
end $$;

-- What a promise's due follows from, for whoever argues about it at the shell: neither words nor people.
create function promise_facts(of_token text)
returns table (kind text, state text, target jsonb, calendar integer, due_at timestamptz, name_zh text, name_en text, events jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select p.kind::text, p.state::text, p.target, p.calendar, p.due_at, d.name_zh::text, d.name_en::text,
         (select jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'reason', e.reason, 'data', e.data) order by e.id)
            from promise_events e where e.promise = p.id)
    from promises p join departments d on d.id = p.department where p.token = of_token;
end $$;
