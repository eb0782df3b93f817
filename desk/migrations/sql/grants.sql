-- Access that is asked for, granted, ended; glass that two people break. The tables are read and written here only: every function asks
-- for itself who the reader is, and answers with ids and facts, or with reasons that somebody of the same department or line has given.

-- Everything that hangs on a request, by what a grant would name.
create function portions_of(of_ticket bigint)
returns table (item text, ticket bigint, author integer, tier smallint, owner_department integer, day date, reason text, opens_on date,
               sealed boolean, audience text[])
language sql stable set search_path = public, pg_temp
begin atomic
  select 'ticket:' || t.id, t.id, coalesce(t.logged_by, t.requester), t.tier, t.owner_department, t.day, t.reason::text, t.opens_on, t.sealed, t.audience
    from tickets t where t.id = of_ticket
  union all
  select 'update:' || u.id, u.ticket, u.author, u.tier, u.owner_department, u.day, u.reason::text, u.opens_on, u.sealed, u.audience
    from updates u where u.ticket = of_ticket
  union all
  select coalesce('update:' || a.of_update, 'ticket:' || a.ticket), a.ticket, a.author, a.tier, a.owner_department, a.day, a.reason::text,
         a.opens_on, a.sealed, a.audience
    from attachments a where a.ticket = of_ticket;
end;
create function ticket_of_item(item text) returns bigint language sql stable set search_path = public, pg_temp
  return case when item like 'update:%' then (select u.ticket from updates u where u.id = split_part(item, ':', 2)::bigint)
              else (select t.id from tickets t where t.id = split_part(item, ':', 2)::bigint) end;

-- Does a marker with these facts stand before this reader now? Under a request (of_number), or beside a list (null).
create function marker_stands(of_number bigint, tier integer, owner integer, day date, reason text, opens_on date) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when of_number is null then exists (
      select from tickets t where t.tier = marker_stands.tier and t.owner_department = owner and not t.sealed and (select reader_reach()) >= 1
         and marker_day(t.tier, t.day) = marker_stands.day and t.reason is not distinct from marker_stands.reason
         and marker_opens(t.tier, t.day, t.opens_on) is not distinct from marker_stands.opens_on
         and not opened_to_reader(t.audience, 'ticket:' || t.id, t.id))
    else exists (
      select from (select m.* from tickets t cross join lateral update_markers(t.id) m where t.number = of_number
                   union all select m.* from ticket_marker(of_number) m) m
       where m.tier = marker_stands.tier and m.owner_department = owner and m.day = marker_stands.day
         and m.reason is not distinct from marker_stands.reason and m.opens_on is not distinct from marker_stands.opens_on) end;
end;

-- The reader's own access request for the same that is still open; two of one person at once wait for each other.
create function open_ask(of_number bigint, tier integer, owner integer, day date, reason text, opens_on date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('access_asks'), reader_person());
  return (select t.number from access_asks a join tickets t on t.id = a.ticket and t.state in ('open', 'waiting')
           where a.person = reader_person() and a.of_number is not distinct from open_ask.of_number and a.tier = open_ask.tier
             and a.owner_department = owner and a.day = open_ask.day and a.reason is not distinct from open_ask.reason
             and a.opens_on is not distinct from open_ask.opens_on limit 1);
end $$;

-- What the reader's own new access request asks for.
create function note_ask(by_number bigint, of_number bigint, tier integer, owner integer, day date, reason text, opens_on date, wanted_until date)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked bigint := (select t.id from tickets t where t.number = by_number and t.requester = reader_person() and t.channel = 'access');
begin
  if asked is null or not marker_stands(of_number, tier, owner, day, reason, opens_on) then
    raise exception 'note_ask: by whoever asks, for what a marker tells of' using errcode = 'insufficient_privilege';
  end if;
  insert into access_asks (ticket, of_number, person, tier, owner_department, day, reason, opens_on, until)
  values (asked, note_ask.of_number, reader_person(), note_ask.tier, owner, note_ask.day, note_ask.reason, note_ask.opens_on, wanted_until);
  -- whoever is recused from what is asked for (any of those with these facts, where no number is named) does not answer
  perform copy_recusals(array(
    select t.id from tickets t where t.number = note_ask.of_number
    union all
    select t.id from tickets t where note_ask.of_number is null and t.tier = note_ask.tier and t.owner_department = owner and not t.sealed
       and marker_day(t.tier, t.day) = note_ask.day and t.reason is not distinct from note_ask.reason
       and marker_opens(t.tier, t.day, t.opens_on) is not distinct from note_ask.opens_on), asked);
end $$;

-- What an access request asks for, for who may read that request; the other request is named to whom it is no news.
create function asked_access(by_number bigint)
returns table (of_number bigint, person integer, tier smallint, owner_department integer, day date, reason text, opens_on date, until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when a.person = reader_person() or exists (select from tickets o where o.number = a.of_number
                and opened_to_reader(o.audience, 'ticket:' || o.id, o.id)) then a.of_number end,
         a.person, a.tier, a.owner_department, a.day, a.reason::text, a.opens_on, a.until
    from access_asks a join tickets t on t.id = a.ticket
   where t.number = by_number and opened_to_reader(t.audience, 'ticket:' || t.id, t.id);
end;

-- The portions with these facts that the reader READs wholly, thus what could be granted: nothing beside them is named by the same grant.
create function asked_portions(by_number bigint) returns table (item text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.item
    from access_asks a join tickets x on x.id = a.ticket and x.number = by_number and opened_to_reader(x.audience, 'ticket:' || x.id, x.id)
   cross join lateral (select t.id from tickets t where t.number = a.of_number
                       union all
                       select t.id from tickets t where a.of_number is null and t.tier = a.tier and t.owner_department = a.owner_department
                          and t.reason is not distinct from a.reason and marker_day(t.tier, t.day) = a.day) t
   cross join lateral portions_of(t.id) p
   where a.of_number is not null or p.item like 'ticket:%'
   group by p.item
  having bool_or(p.tier = a.tier and p.owner_department = a.owner_department and marker_day(p.tier, p.day) = a.day
                 and p.reason is not distinct from a.reason and marker_opens(p.tier, p.day, p.opens_on) is not distinct from a.opens_on)
     and bool_and(p.tier <= a.tier and not p.sealed and opened_to_reader(p.audience, p.item, p.ticket))
   order by p.item;
end;

-- Why the reader may not grant what an item names, in a word; null: may. From tier 2 handlers of the owner department who read it; core is
-- passed on by its author, or by a handler of the owner department who holds it, and no longer than they do.
create function grant_fault(item text, until timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when count(*) = 0 or not bool_and(opened_to_reader(p.audience, p.item, p.ticket)) then 'grant_unread'
              when not bool_and(p.tier < 2 or p.author = reader_person() and p.tier = 4 or reader_handles(p.owner_department, p.ticket)) then 'grant_not_owner'
              when bool_or(p.tier = 4 and p.author <> reader_person()) and not exists (
                select from grants g where g.person = reader_person() and g.item = grant_fault.item and g.kind = 'grant'
                                       and g.since <= reader_at() and g.until >= grant_fault.until) then 'grant_core' end
    from portions_of(ticket_of_item(grant_fault.item)) p where p.item = grant_fault.item;
end;

create function give_grants(who integer, items text[], grant_token text, until timestamptz, why text, by_ask bigint) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if who = reader_person() or until <= reader_at() or until > reader_at() + interval '31 days' or cardinality(items) = 0
     or exists (select from unnest(items) i where grant_fault(i, give_grants.until) is not null)
     or not exists (select from people p where p.id = who and not p.guest and (p.left_at is null or p.left_at > reader_at())) then
    raise exception 'give_grants: by who owns and reads it, to somebody else here, for a while' using errcode = 'insufficient_privilege';
  end if;
  insert into grants (person, item, since, until, by, why, token, kind, ask)
  select who, i, reader_at(), give_grants.until, reader_person(), give_grants.why, grant_token, 'grant', by_ask from unnest(items) i;
  return locks_of_item(items[1]);
end $$;

-- Live grants of a request: for who gave or holds them, and for those who own and read what is granted.
create function live_grants(of_number bigint)
returns table (token text, person integer, since timestamptz, until timestamptz, by integer, why text, kind text, portions integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select g.token::text, g.person, min(g.since), max(g.until), g.by, g.why, g.kind::text, count(distinct g.item)::integer
    from tickets t cross join lateral (select p.item, p.ticket, p.owner_department, p.audience from portions_of(t.id) p) p
    join grants g on g.item = p.item and g.since <= reader_at() and g.until > reader_at()
   where t.number = of_number
     and (reader_person() in (g.person, g.by) or reader_handles(p.owner_department, p.ticket) and opened_to_reader(p.audience, p.item, p.ticket))
   group by g.token, g.person, g.by, g.why, g.kind order by 4, 1;
end;
create function own_grants()
returns table (token text, number bigint, until timestamptz, by integer, why text, kind text, portions integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select g.token::text, t.number, max(g.until), g.by, g.why, g.kind::text, count(*)::integer
    from grants g join tickets t on t.id = ticket_of_item(g.item)
   where g.person = reader_person() and g.since <= reader_at() and g.until > reader_at()
   group by g.token, t.number, g.by, g.why, g.kind order by 3, 2;
end;

-- By who gave or holds it, or who owns and reads what it opens. Nothing: there is no such grant for this reader.
create function end_grant(grant_token text) returns table (person integer, item text, ticket bigint, audience text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  g record;
begin
  select x.* into g from grants x
   where length(grant_token) > 8 and x.token = grant_token and x.since <= reader_at() and x.until > reader_at()
     and (reader_person() in (x.person, x.by)
          or exists (select from portions_of(ticket_of_item(x.item)) p
                      where p.item = x.item and reader_handles(p.owner_department, p.ticket) and opened_to_reader(p.audience, p.item, p.ticket)))
   order by x.id limit 1;
  if not found then
    return;
  end if;
  update grants x set until = reader_at() where x.token = grant_token and x.until > reader_at();
  person := g.person;
  item := coalesce('ticket:' || g.ask, g.item);
  ticket := ticket_of_item(item);
  audience := locks_of_item(item);
  return next;
end $$;

-- Break-glass: an auditor asks, for any number that they were told; whether there is such a request is seen when a second person agreed.
create function is_second(who integer, asker integer) returns boolean
language sql stable set search_path = public, pg_temp
begin atomic
  with recursive line as (
    select asker as below, s.superior from superiors s where s.person = asker and s.since <= reader_at() and (s.until is null or s.until > reader_at())
    union
    select who, s.superior from superiors s where s.person = who and s.since <= reader_at() and (s.until is null or s.until > reader_at())
    union
    select l.below, s.superior from line l join superiors s on s.person = l.superior and s.since <= reader_at() and (s.until is null or s.until > reader_at())
  )
  select who <> asker
     and (exists (select from roles r where r.person = who and r.role in ('auditor', 'hr'))
          or exists (select from headships h where h.person = who and h.since <= reader_at() and (h.until is null or h.until > reader_at())))
     and not exists (select from line l where l.below = asker and l.superior = who or l.below = who and l.superior = asker);
end;
create function ask_glass(glass_token text, of_number bigint, why text, for_minutes integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from roles r where r.person = reader_person() and r.role = 'auditor') or for_minutes not between 1 and 60 then
    raise exception 'ask_glass: by an auditor, for an hour at most' using errcode = 'insufficient_privilege';
  end if;
  insert into broken_glass (token, person, number, why, minutes, asked_at)
  values (glass_token, reader_person(), of_number, ask_glass.why, for_minutes, reader_at());
end $$;
create function glass_asked()
returns table (token text, person integer, number bigint, why text, minutes smallint, asked_at timestamptz, second integer, agreed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select b.token::text, b.person, b.number, b.why, b.minutes, b.asked_at, b.second, b.agreed_at from broken_glass b
   where b.asked_at > reader_at() - interval '1 day' and b.asked_at <= reader_at()
     and (b.person = reader_person() or b.agreed_at is null and is_second(reader_person(), b.person))
   order by b.id desc limit 50;
end;
-- From now on the auditor reads all of the request, sealed words too, and the heads of the departments that own them are told.
create function agree_glass(glass_token text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  b record;
  o record;
begin
  update broken_glass x set second = reader_person(), agreed_at = reader_at()
   where x.token = glass_token and x.agreed_at is null and x.asked_at > reader_at() - interval '1 day' and is_second(reader_person(), x.person)
  returning x.* into b;
  if not found then
    return false;
  end if;
  insert into grants (person, item, since, until, by, why, token, kind)
  select distinct b.person, p.item, reader_at(), reader_at() + make_interval(mins => b.minutes), reader_person(), b.why, b.token, 'glass'
    from tickets t cross join lateral portions_of(t.id) p where t.number = b.number;
  for o in select distinct t.id, p.owner_department, h.person as head from tickets t cross join lateral portions_of(t.id) p
             left join headships h on h.department = p.owner_department and h.since <= reader_at() and (h.until is null or h.until > reader_at())
            where t.number = b.number and (p.tier >= 2 or p.item = 'ticket:' || t.id) loop
    with written as (
      insert into entries (tag, at, by, ticket, subject, data, audience)
      values ('glass_broken', reader_at(), reader_person(), o.id, 'ticket:' || o.id,
              jsonb_build_object('department', o.owner_department, 'auditor', b.person, 'minutes', b.minutes)
                || case when o.head is null then jsonb_build_object('asked', o.owner_department) else jsonb_build_object('recipient', o.head) end,
              and_person(locks_of_item('ticket:' || o.id), o.head)) returning id)
    insert into errands (entry, state, tries, next_at) select id, 'waiting', 0, reader_at() from written;
  end loop;
  return true;
end $$;
