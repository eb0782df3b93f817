-- The rule of desk/disclosure/rules once more; a test compares the two on random portions.
create function portion_locks(tier integer, author integer, owner integer, serving integer, requesting integer, requester integer,
                              for_requester boolean, open_request boolean, asked text[]) returns text[] language sql immutable parallel safe
  return array(select distinct k from unnest(case
    when tier = 0 and open_request then array['everyone']
    when tier <= 1 then array['staff']
    when tier = 2 then array['person:' || author, 'person:' || requester, 'department:' || owner, 'department:' || serving, 'department:' || requesting] || asked
    when tier = 3 then array['person:' || author, 'handlers:' || owner] || asked || case when for_requester then array['person:' || requester] end
    else array['person:' || author] || case when for_requester then array['person:' || requester] end
  end) k order by k);

-- What the desk itself does is journaled like anybody's doing, with the errand that makes it known.
create function desk_entry(tag text, moment timestamptz, of_ticket bigint, subject text, data jsonb, audience text[]) returns bigint
language sql set search_path = public, pg_temp
begin atomic
  with written as (insert into entries (tag, at, ticket, subject, data, audience)
                   values (desk_entry.tag, moment, of_ticket, desk_entry.subject, desk_entry.data, desk_entry.audience) returning id)
  insert into errands (entry, state, tries, next_at) select id, 'waiting', 0, moment from written returning entry;
end;

-- Of what somebody is told beside those who hold the locks anyway.
create function and_person(audience text[], who integer) returns text[] language sql immutable parallel safe
  return case when who is null then audience else audience || ('person:' || who::text) end;

-- Every lock of a request from its labels: called when a party or a tier has changed, and by nothing else.
create function relock_ticket(of_ticket bigint) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select * into t from (select id, tier, requester, logged_by, owner_department, department, requesting_department, involved from tickets where id = of_ticket) x;
  update tickets set audience = portion_locks(tier, coalesce(logged_by, requester), owner_department, department, requesting_department, requester, true, tier = 0, involved)
   where id = of_ticket;
  update updates set audience = portion_locks(tier, author, owner_department, t.department, t.requesting_department, t.requester, for_requester, t.tier = 0, asked)
   where ticket = of_ticket;
  update attachments a set audience = portion_locks(a.tier, a.author, a.owner_department, t.department, t.requesting_department, t.requester,
      coalesce((select u.for_requester from updates u where u.id = a.of_update), true), t.tier = 0,
      coalesce((select u.asked from updates u where u.id = a.of_update), t.involved))
   where a.ticket = of_ticket;
  update promises p set audience = coalesce((select u.audience from updates u where u.id = p.of_update), (select x.audience from tickets x where x.id = p.ticket))
   where p.ticket = of_ticket;
  update hops h set audience = (select x.audience from tickets x where x.id = h.ticket) where h.ticket = of_ticket;
  update promise_events e set audience = locks_of_item(e.item) where e.promise in (select p.id from promises p where p.ticket = of_ticket);
  -- whoever it climbed to hears of what they may not read, but never of what is sealed
  update escalations e set audience = and_person(locks_of_item(e.item), case when not is_sealed(e.item) then e.recipient end) where e.ticket = of_ticket;
  update entries e set audience = locks_of_item(case when e.subject like 'relation:%' then 'ticket:' || of_ticket else e.subject end) where e.ticket = of_ticket;
  update reads r set audience = coalesce((select a.audience from attachments a where a.id = r.file), locks_of_item(r.item)) where r.ticket = of_ticket;
  update removals r set audience = coalesce((select u.audience from updates u where u.id = r.words), (select x.audience from tickets x where x.id = r.ticket))
   where r.ticket = of_ticket;
  update notices n set audience = locks_of_item(case when n.subject like 'relation:%' then 'ticket:' || of_ticket else n.subject end)
   where n.ticket is not null and n.entry in (select e.id from entries e where e.ticket = of_ticket);
  update notices n set audience = case when is_sealed(x.item) then locks_of_item(x.item) else array['person:' || n.person] end
    from escalations x
   where x.ticket = of_ticket and n.ticket is null and n.subject = 'escalation:' || x.id
     and n.entry in (select e.id from entries e where e.ticket = of_ticket);
  -- a letter tells what a notice tells
  update sendings s set audience = locks_of_item(case when s.subject like 'relation:%' then 'ticket:' || of_ticket else s.subject end)
   where s.ticket = of_ticket;
  update sendings s set audience = n.audience from notices n
   where s.ticket is null and n.ticket is null and n.entry = s.entry and n.person = s.person
     and n.entry in (select e.id from entries e where e.ticket = of_ticket);
  perform relock_terms_of(of_ticket);
end $$;
create function locks_of_item(item text) returns text[] language sql stable set search_path = public, pg_temp
  return case when item like 'update:%' then (select u.audience from updates u where u.id = split_part(item, ':', 2)::bigint)
              when item like 'attachment:%' then (select a.audience from attachments a where a.id = split_part(item, ':', 2)::bigint)
              else (select t.audience from tickets t where t.id = split_part(item, ':', 2)::bigint) end;

-- Of words, or of the request that they stand under.
create function is_sealed(item text) returns boolean language sql stable set search_path = public, pg_temp
  return case when item like 'update:%' then (select u.sealed or t.sealed from updates u join tickets t on t.id = u.ticket where u.id = split_part(item, ':', 2)::bigint)
              else (select t.sealed from tickets t where t.id = split_part(item, ':', 2)::bigint) end;

-- Whoever is asked within a request takes part in it: at tiers 2 and 3 they read the request, the ask and its answers. By who handles
-- it, or by who was asked and passes it on (or stands in for them). Core opens to nobody by rank. Returns the locks of the ask's words.
create function involve(of_ticket bigint, of_update bigint, lock text) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select x.tier, x.department, u.asked into t from tickets x join updates u on u.ticket = x.id and u.id = of_update and u.kind = 'ask'
   where x.id = of_ticket and opened_to_reader(x.audience, 'ticket:' || x.id, x.id);
  if not found or t.tier > 3 or lock !~ (case when t.tier = 3 then '^(person|handlers):[0-9]+$' else '^(person|department|handlers):[0-9]+$' end)
     or not (reader_handles(t.department, of_ticket) or 'person:' || reader_person() = any (t.asked)
             or exists (select from absences a where a.deputy = reader_person() and a.since <= reader_at() and a.until > reader_at()
                                                 and 'person:' || a.person = any (t.asked))) then
    raise exception 'involve: not by who handles the request or was asked' using errcode = 'insufficient_privilege';
  end if;
  update tickets set involved = array(select distinct unnest(involved || lock) order by 1) where id = of_ticket;
  update updates set asked = array(select distinct unnest(asked || lock) order by 1) where id = of_update or ask = of_update;
  perform relock_ticket(of_ticket);
  return (select u.audience from updates u where u.id = of_update);
end $$;

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
