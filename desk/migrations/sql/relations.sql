-- Whether the reader reads both requests: nothing is told of a link to whom one of its ends is shut.
create function both_opened(one bigint, other bigint) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) = 2 from tickets t where t.id in (one, both_opened.other) and opened_to_reader(t.audience, 'ticket:' || t.id, t.id));
end $$;
create function relation_opened(subject text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select from relations r where r.id = split_part(subject, ':', 2)::bigint and both_opened(r.ticket, r.other));
end $$;

-- Whoever is recused from a request is so from what is made of it. The reason, the hour and who said so stay where they were given: that may be read by
-- fewer, and here it is since it was made, by who made it.
create function copy_recusals(sources bigint[], made bigint, maker integer default null) returns void language plpgsql set search_path = public, pg_temp as $$
begin
  insert into recusals (person, ticket, since, until, by, why)
  select distinct on (r.person) r.person, made, reader_at(), r.until, coalesce(maker, r.by), '' from recusals r
   where r.ticket = any (sources) and (r.until is null or r.until > reader_at())
     and not exists (select from recusals x where x.ticket = made and x.person = r.person and (x.until is null or x.until > reader_at()))
   order by r.person, r.until desc nulls first;
  update tickets t set handler = null where t.id = made and t.handler in (select r.person from recusals r where r.ticket = made);
  update promises p set person = null where p.ticket = made and p.settled_at is null and p.person in (select r.person from recusals r where r.ticket = made)
     and p.kind in ('first_reply', 'next_reply', 'resolution', 'handover');
end $$;
-- By whoever made it out of what they read.
create function follow_recusals(of_ticket bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sources bigint[] := array(select r.other from relations r join tickets t on t.id = r.ticket and coalesce(t.logged_by, t.requester) = reader_person()
                             where r.ticket = of_ticket and r.by = reader_person() and r.kind in ('child', 'split', 'follows') and both_opened(r.ticket, r.other));
begin
  if sources = '{}' then
    raise exception 'follow_recusals: by whoever made it out of another that they read' using errcode = 'insufficient_privilege';
  end if;
  perform copy_recusals(sources, of_ticket, reader_person());
end $$;
-- Whether somebody is recused from the one and not, for as long, from the other. For who reads both.
create function recused_less(one bigint, other bigint) returns boolean language sql stable security definer set search_path = public, pg_temp
  return both_opened(one, other)
     and exists (select from recusals r where r.ticket = one and (r.until is null or r.until > reader_at())
                    and not exists (select from recusals x where x.ticket = other and x.person = r.person and x.since <= reader_at()
                                       and (x.until is null or x.until >= r.until)));

-- A merge: what is owed goes under the request that stays, with its due, and gets the locks of that one. By who handles both, once
-- they are merged, and never to more readers: what handled words kept shut, or shut further than the one that stays, does not go.
create function move_promises(goes bigint, stays bigint, ids bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select b.id, b.department, b.handler, b.audience, b.reach into t from tickets a join tickets b on b.id = stays
   where a.id = goes and a.state = 'merged' and both_opened(goes, stays) and reader_handles(a.department, a.id) and reader_handles(b.department, b.id)
     and not recused_less(goes, stays) and not a.sealed and not b.sealed
     and exists (select from relations r where r.ticket = goes and r.other = stays and r.kind = 'merged');
  if not found or exists (select from promises p join tickets a on a.id = goes where p.id = any (ids)
                            and (p.ticket <> goes or p.settled_at is not null or exists (select from updates u where u.id = p.of_update and u.sealed) or t.reach < case when 'everyone' = any (p.audience) then 0 when 'staff' = any (p.audience) then 1 else 2 end)) then
    raise exception 'move_promises: not merged, not by who handles both, or to more readers' using errcode = 'insufficient_privilege';
  end if;
  -- of which words it was: whoever removes those removes it too
  update promise_events e set data = e.data || jsonb_build_object('words', p.of_update)
    from promises p where p.id = any (ids) and p.of_update is not null and e.promise = p.id and e.kind = 'opened';
  update promises p set ticket = stays, of_update = null, department = t.department, person = t.handler, audience = t.audience where p.id = any (ids);
  update promise_events e set ticket = stays, item = 'ticket:' || stays, audience = t.audience where e.promise = any (ids);
  update escalations e set ticket = stays, item = 'ticket:' || stays, audience = and_person(t.audience, e.recipient) where e.promise = any (ids);
end $$;
