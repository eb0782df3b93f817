-- The policy as a function, for markers only; tested against the policy. Whoever asks about many rows takes the reader's keys
-- once (offset 0 keeps the planner from asking for them again with every row) and calls opened_by.
create function opened_by(audience text[], item text, ticket bigint, keys text[], own text[], recused bigint[]) returns boolean
language sql immutable parallel safe
  return audience && keys and (audience && '{everyone,staff}' or ticket <> all (recused) or audience && own) or item = any (own);
create function opened_to_reader(audience text[], item text, ticket bigint) returns boolean language sql stable parallel safe
  return opened_by(audience, item, ticket, reader_keys(), reader_own_keys(), reader_recused());

-- At tier 4 a marker says the month instead of the day: the first of it, and an opening reckoned from its last, from which no day
-- can be reckoned back. "Opens by" stays true: it is never before the words open.
create function marker_day(tier smallint, day date) returns date language sql immutable parallel safe
  return case when tier = 4 then day - (extract(day from day)::integer - 1) else day end;
create function marker_opens(tier smallint, day date, opens_on date) returns date language sql immutable parallel safe
  return case when tier = 4 then (marker_day(tier, day) + interval '1 month')::date - 1 + (opens_on - day) else opens_on end;

-- Exactly the facts of a marker, distinct: five, and what was done to the label since (raised on, how often prolonged, sealed until).
create function update_markers(of_ticket bigint)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date, raised_on date, prolonged smallint, sealed_until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct u.tier, u.owner_department, marker_day(u.tier, u.day), u.reason::text, marker_opens(u.tier, u.day, u.opens_on),
         marker_day(u.tier, u.raised_on), u.prolonged, marker_day(u.tier, u.sealed_until)
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join tickets t
    join (select 'update:' || i.id as item, i.ticket, i.tier, i.owner_department, i.day, i.reason, i.opens_on, i.raised_on, i.prolonged, i.sealed_until, i.sealed, i.audience
            from updates i
          union all
          select coalesce('update:' || a.of_update, 'ticket:' || a.ticket), a.ticket, a.tier, a.owner_department, a.day, a.reason, a.opens_on, a.raised_on, a.prolonged, a.sealed_until, a.sealed, a.audience
            from attachments a) u on u.ticket = t.id
   where t.id = of_ticket
     and opened_to_reader(t.audience, 'ticket:' || t.id, t.id)
     and not u.sealed
     and not opened_by(u.audience, u.item, u.ticket, k.keys, k.own, k.recused)
   order by 3, 1, 2;
end;

-- a whole request that may not be read, by the number that somebody was told
create function ticket_marker(of_number bigint)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date, raised_on date, prolonged smallint, sealed_until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.tier, t.owner_department, marker_day(t.tier, t.day), t.reason::text, marker_opens(t.tier, t.day, t.opens_on),
         marker_day(t.tier, t.raised_on), t.prolonged, marker_day(t.tier, t.sealed_until)
    from tickets t
   where t.number = of_number and not t.sealed and reader_reach() >= 0
     and t.reach > reader_reach() and (t.reach = 2 and reader_reach() >= 1)
     and not opened_to_reader(t.audience, 'ticket:' || t.id, t.id);
end;

-- the strip beside a department's list: what hangs there that this reader may not read
create function ticket_markers(of_department integer, from_day date, at_most integer default 20)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date, raised_on date, prolonged smallint, sealed_until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct t.tier, t.owner_department, marker_day(t.tier, t.day) as day, t.reason::text, marker_opens(t.tier, t.day, t.opens_on),
         marker_day(t.tier, t.raised_on) as raised_on, t.prolonged, marker_day(t.tier, t.sealed_until) as sealed_until
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join tickets t
   where t.department = of_department and t.tier >= 2 and not t.sealed and t.day >= from_day and (select reader_reach()) >= 1
     and not opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
   order by day desc, 1, 2 limit at_most;
end;
