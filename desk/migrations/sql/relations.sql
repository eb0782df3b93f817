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

-- A merge: what is owed goes under the request that stays, with its due, and gets the locks of that one. By who handles both, once
-- they are merged, and never to more readers: what handled words kept shut, or shut further than the one that stays, does not go.
create function move_promises(goes bigint, stays bigint, ids bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select b.id, b.department, b.handler, b.audience, b.reach into t from tickets a join tickets b on b.id = stays
   where a.id = goes and a.state = 'merged' and both_opened(goes, stays) and reader_handles(a.department) and reader_handles(b.department)
     and exists (select from relations r where r.ticket = goes and r.other = stays and r.kind = 'merged');
  if not found or exists (select from promises p join tickets a on a.id = goes where p.id = any (ids)
                            and (p.ticket <> goes or p.settled_at is not null or t.reach < case when 'everyone' = any (p.audience) then 0 when 'staff' = any (p.audience) then 1 else 2 end)) then
    raise exception 'move_promises: not merged, not by who handles both, or to more readers' using errcode = 'insufficient_privilege';
  end if;
  -- of which words it was: whoever removes those removes it too
  update promise_events e set data = e.data || jsonb_build_object('words', p.of_update)
    from promises p where p.id = any (ids) and p.of_update is not null and e.promise = p.id and e.kind = 'opened';
  update promises p set ticket = stays, of_update = null, department = t.department, person = t.handler, audience = t.audience where p.id = any (ids);
  update promise_events e set ticket = stays, item = 'ticket:' || stays, audience = t.audience where e.promise = any (ids);
  update escalations e set ticket = stays, item = 'ticket:' || stays, audience = and_person(t.audience, e.recipient) where e.promise = any (ids);
end $$;
