-- Who has viewed what, from tier 2 on (docs/decisions/0030). Rows are written by the reader's own transaction and locked like the words.
-- By which right words are read: one's own first, then rank (unless recused), then what somebody was given.
create function read_ground(audience text[], item text, of_ticket bigint, author integer, requester integer) returns text
language sql stable security definer set search_path = public, pg_temp
  return case
    when author = reader_person() then 'author'
    when requester = reader_person() and 'person:' || requester = any (audience) then 'requester'
    when of_ticket <> all (reader_recused()) and exists (select from unnest(audience) k where k like 'handlers:%' and k = any (reader_keys())) then 'handler'
    when of_ticket <> all (reader_recused()) and exists (select from unnest(audience) k where k like 'department:%' and k = any (reader_keys())) then 'member'
    when 'person:' || reader_person() = any (audience) then 'asked'
    when item = any (reader_own_keys()) then
      coalesce((select 'glass' from grants g where g.person = reader_person() and g.item = read_ground.item and g.kind = 'glass'
                   and g.since <= reader_at() and g.until > reader_at() limit 1), 'grant') end;

-- The list is for who may read the words, and for auditors, who read the list and not the words; nobody else, and nobody at all who is recused.
create function may_see_readers(audience text[], item text, of_ticket bigint, sealed boolean) returns boolean
language sql stable set search_path = public, pg_temp
  return opened_to_reader(audience, item, of_ticket)
      or not sealed and of_ticket <> all (reader_recused()) and 'person:' || reader_person() = any (reader_own_keys()) and reader_reach() >= 1
         and exists (select from roles r where r.person = reader_person() and r.role = 'auditor');

-- Portions of tier 2 and above whose list the reader may see: the request first (its token is the word "request"), then words under it.
create function viewed_portions(of_number bigint)
returns table (portion text, token text, tier smallint, owner_department integer, day date, people bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.portion, p.token, p.tier, p.owner_department, p.day,
         (select count(distinct r.person) from reads r where r.portion = p.portion and r.ground <> 'author')
    from (select 'ticket:' || t.id as portion, 'request' as token, t.tier, t.owner_department, t.day, t.audience, t.sealed, t.id as ticket, 0::bigint as place
            from tickets t where t.number = of_number
          union all
          select 'update:' || u.id, u.token, u.tier, u.owner_department, u.day, u.audience, u.sealed or t.sealed, u.ticket, u.id
            from tickets t join updates u on u.ticket = t.id where t.number = of_number and u.corrects is null) p
   where (p.tier >= 2 or exists (select from reads r where r.portion = p.portion)) and may_see_readers(p.audience, p.portion, p.ticket, p.sealed)
   order by p.place;
end;
create function viewers(of_number bigint, of_token text)
returns table (person integer, at timestamptz, channel text, ground text, version smallint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.person, r.at, r.channel::text, r.ground::text, r.version from viewed_portions(of_number) p join reads r on r.portion = p.portion
   where p.token = of_token order by r.at desc, r.id desc limit 500;
end;

-- A correction is told to who had read or answered what it corrects: at tiers 0 and 1 nobody is written down for reading.
create function had_read(of_update bigint) returns table (person integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select r.person from updates c join reads r on r.portion = 'update:' || c.corrects and r.at <= c.at where c.id = of_update
  union
  select w.author from updates c join updates w on w.ticket = c.ticket and w.id < c.id where c.id = of_update;
end $$;

-- Did somebody object before? Asked by who wrote the words.
create function is_disputed(of_update bigint, objections text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from updates u join entries e on e.ticket = u.ticket and e.at >= u.at and e.tag = any (objections)
                  where u.id = of_update and u.author = reader_person() and coalesce(e.by, 0) <> u.author);
end;

-- Who would read words with these locks, beside whoever writes them: how many, and who is named first. People of this firm, as everybody may know them.
create function who_reads(locks text[], of_ticket bigint, at_most integer) returns table (person integer, people bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with places as (
    select split_part(k, ':', 2)::integer as department, k like 'handlers:%' as handling from unnest(locks) k where k ~ '^(department|handlers):'
  ), ranked as (
    select m.person from places x join memberships m on m.department = x.department and (m.level >= 3 or not x.handling)
    union
    select h.person from places x join headships h on h.department = x.department and h.since <= reader_at() and (h.until is null or h.until > reader_at())
  )
  select p.id, count(*) over () from people p
   where p.id <> reader_person() and (p.left_at is null or p.left_at > reader_at())
     and ('person:' || p.id = any (locks) or 'everyone' = any (locks) or not p.guest and 'staff' = any (locks)
          or not p.guest and p.id in (select r.person from ranked r)
             and not is_recused(p.id, of_ticket, reader_at()))
   order by ('person:' || p.id = any (locks)) desc, p.id limit at_most;
end $$;

-- The second person agrees: the words go, and what copied them; a marker and keyed hashes stay. Returns what is to go from the store.
create function remove_words(of_removal bigint, digests jsonb, key text) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
  gone bigint[];
  objects text[];
begin
  select x.id, x.ticket, x.words, x.reason, x.by into r
    from removals x join tickets t on t.id = x.ticket left join updates u on u.id = x.words
   where x.id = of_removal and x.state = 'asked' and x.by <> reader_person()
     and opened_to_reader(coalesce(u.audience, t.audience), coalesce('update:' || u.id, 'ticket:' || t.id), t.id)
     and (exists (select from memberships m where m.person = reader_person() and m.level >= 3)
          or exists (select from headships h where h.person = reader_person() and h.since <= reader_at() and (h.until is null or h.until > reader_at())))
     for update of x;
  if not found then
    raise exception 'remove_words: not by a second person who may read them' using errcode = 'insufficient_privilege';
  end if;
  gone := array(select u.id from updates u where u.ticket = r.ticket and (u.id = r.words or u.corrects = r.words));
  update updates set body = '', why = null, sentence = null, removed_at = reader_at(), removed_for = r.reason where id = any (gone);
  update promises set what = '…' where of_update = any (gone) and kind = 'expectation';
  update promises p set what = '…' from promise_events e
   where p.kind = 'expectation' and e.promise = p.id and e.kind = 'opened' and (e.data ->> 'words')::bigint = any (gone)
     and p.ticket in (with recursive merged (id) as (  -- into which it went with the request, at however many steps
                        select x.other from relations x where x.ticket = r.ticket and x.kind = 'merged'
                        union select x.other from merged m join relations x on x.ticket = m.id and x.kind = 'merged')
                      select m.id from merged m);
  if r.words is null then
    update tickets set title = '…', body = '', fields = '{}', sentence = null, removed_at = reader_at(), removed_for = r.reason where id = r.ticket;
  end if;
  objects := array(select a.object from attachments a where a.ticket = r.ticket and a.removed_at is null
                                                        and (a.of_update = any (gone) or r.words is null and a.of_update is null));
  update attachments set name = '', digest = '', sentence = null, removed_at = reader_at() where object = any (objects);
  update removals set state = 'removed', settled_by = reader_person(), settled_at = reader_at(), digests = remove_words.digests, key = remove_words.key
   where id = r.id;
  -- letters that tell of them are emptied, and those that have not left stay here; a digest tells of requests by their titles
  update sendings s set content = null, fault = 'removed', state = case when s.state in ('queued', 'deferred', 'held') then 'skipped' else s.state end
   where s.ticket = r.ticket and (r.words is null or s.subject = any (array(select 'update:' || g from unnest(gone) g)))
      or r.words is null and s.id in (select x.within from sendings x where x.ticket = r.ticket);
  -- the place in the index stays, empty: what is missing there would be put in anew
  update search_entries set terms = '' where portion = any (array(select 'update:' || g from unnest(gone) g)) or r.words is null and portion = 'ticket:' || r.ticket;
  return objects;
end $$;

-- Reading outside one's own department, of one day: the figures for the rule of desk/disclosure/rules/unusual.py. `usual`: the busiest of the
-- thirty days before. Own words and own requests do not count; `granted_at`: when words were read by a grant for the first time.
create function read_elsewhere(of_day date)
returns table (person integer, department integer, ticket bigint, found bigint, usual bigint, granted_at timestamptz, glass boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  with today as (
    select r.id, r.person, coalesce(u.owner_department, t.owner_department) as department, r.ticket, r.portion, r.at, r.ground
      from reads r join tickets t on t.id = r.ticket left join updates u on u.ticket = r.ticket and 'update:' || u.id = r.portion
     where r.day = of_day and r.ground not in ('author', 'requester')
  ), outside as (
    select x.* from today x
     where not exists (select from memberships m where m.person = x.person and m.department = x.department)
       and not exists (select from headships h where h.person = x.person and h.department = x.department and h.until is null)
  ), before as (
    select o.person, o.department, b.day, count(distinct b.portion) as found
      from (select distinct x.person, x.department from outside x) o
      join reads b on b.person = o.person and b.day between of_day - 30 and of_day - 1 and b.ground not in ('author', 'requester')
      join tickets t on t.id = b.ticket left join updates u on u.ticket = b.ticket and 'update:' || u.id = b.portion
     where coalesce(u.owner_department, t.owner_department) = o.department group by o.person, o.department, b.day
  )
  select o.person, o.department, max(o.ticket), count(distinct o.portion),
         coalesce((select max(b.found) from before b where b.person = o.person and b.department = o.department), 0),
         min(o.at) filter (where o.ground = 'grant' and not exists (
           select from reads b where b.person = o.person and b.portion = o.portion and b.id < o.id)), bool_or(o.ground = 'glass')
    from outside o group by o.person, o.department;
end $$;
-- Once a day for each reader, department and reason; told to the department's head, if there is one. Returns the row's id, or nothing.
create function tell_unusual(who integer, of_department integer, of_ticket bigint, why text, portions integer, usual integer, moment timestamptz, of_day date)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head integer;
  told bigint;
begin
  perform only_the_desk();
  head := (select h.person from headships h where h.department = of_department and h.since <= moment and (h.until is null or h.until > moment));
  if head is null or head = who then
    return null;
  end if;
  insert into unusual_reads (person, department, ticket, why, found, usual, at, day, audience)
  values (who, of_department, of_ticket, tell_unusual.why, portions, tell_unusual.usual, moment, of_day, array['person:' || head])
  on conflict do nothing returning id into told;
  if told is not null then
    perform desk_entry('unusual_access', moment, null, 'unusual:' || told, jsonb_build_object('recipient', head), array['person:' || head]);
  end if;
  return told;
end $$;
