-- Labels that move by hand: raised, prolonged, lowered, made core, sealed. The actions ask the rules of desk/disclosure/rules first and
-- kindly; what is asked here once more is what the database has to hold whatever the code above forgets. An item is ticket:17,
-- update:9001 or attachment:5.

-- The label of an item, the request above it, and whether the reader reads both; no row for what is not there.
create function labelled(of_item text)
returns table (item text, ticket bigint, tier smallint, owner integer, author integer, day date, opens_on date, prolonged smallint, sealed boolean,
               readable boolean, request_tier smallint, serving integer, requester integer)
language sql stable set search_path = public, pg_temp
begin atomic
  select labelled.of_item, x.ticket, x.tier, x.owner_department, x.author, x.day, x.opens_on, x.prolonged, x.sealed,
         opened_to_reader(x.audience, x.granted, x.ticket) and opened_to_reader(t.audience, 'ticket:' || t.id, t.id),
         t.tier, t.department, t.requester
    from (select i.id as ticket, 'ticket:' || i.id as granted, i.tier, i.owner_department, coalesce(i.logged_by, i.requester) as author, i.day,
                 i.opens_on, i.prolonged, i.sealed, i.audience
            from tickets i where labelled.of_item = 'ticket:' || split_part(labelled.of_item, ':', 2) and i.id = split_part(labelled.of_item, ':', 2)::bigint
          union all
          select i.ticket, 'update:' || i.id, i.tier, i.owner_department, i.author, i.day, i.opens_on, i.prolonged, i.sealed, i.audience
            from updates i where labelled.of_item = 'update:' || split_part(labelled.of_item, ':', 2) and i.id = split_part(labelled.of_item, ':', 2)::bigint
          union all
          select i.ticket, coalesce('update:' || i.of_update, 'ticket:' || i.ticket), i.tier, i.owner_department, i.author, i.day, i.opens_on,
                 i.prolonged, i.sealed, i.audience
            from attachments i where labelled.of_item = 'attachment:' || split_part(labelled.of_item, ':', 2) and i.id = split_part(labelled.of_item, ':', 2)::bigint) x
    join tickets t on t.id = x.ticket;
end;
-- Words with their corrections: these repeat each other, and what shuts one shuts all.
create function family(of_item text) returns bigint[] language sql stable set search_path = public, pg_temp
begin atomic
  select array(select u.id from updates u, (select coalesce(f.corrects, f.id) as first, f.ticket from updates f
                                             where family.of_item like 'update:%' and f.id = split_part(family.of_item, ':', 2)::bigint) r
                where u.ticket = r.ticket and (u.id = r.first or u.corrects = r.first));
end;
create function may_not(what text) returns void language plpgsql as $$
begin
  raise exception '%: not by this reader, or not with this label', what using errcode = 'insufficient_privilege';
end $$;

-- What hangs under a request and would open before it is prolonged with it, and says so like everything that is: how often, and for which reason.
create function prolong_under(of_ticket bigint, from_tier integer, because text, said text, term date) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  if said is not null then  -- words further shut than the request keep theirs where it needs none
    update updates set sentence = said where ticket = of_ticket and tier >= from_tier and opens_on < term;
    update attachments set sentence = said where ticket = of_ticket and tier >= from_tier and opens_on < term;
  end if;
  update updates set opens_on = term, prolonged = least(prolonged + 1, 2), reason = because
   where ticket = of_ticket and tier >= from_tier and opens_on < term;
  update attachments set opens_on = term, prolonged = least(prolonged + 1, 2), reason = because
   where ticket = of_ticket and tier >= from_tier and opens_on < term;
end $$;
-- Further than before, and never for a shorter time. Of a request: everything under it is at least as shut, and for as long.
create function shut_further(of_item text, to_tier integer, because text, said text, term date, to_owner integer, today date) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  of_ticket bigint := (select l.ticket from labelled(of_item) l);
  whole boolean := of_item like 'ticket:%';
  words bigint[] := family(of_item);
begin
  if whole then
    update tickets set tier = to_tier, reason = because, sentence = said, owner_department = to_owner, opens_on = greatest(opens_on, term), raised_on = today
     where id = of_ticket;
    perform prolong_under(of_ticket, to_tier, because, said, term);
  end if;
  update updates set tier = to_tier, reason = because, sentence = said, owner_department = to_owner, opens_on = greatest(opens_on, term), raised_on = today
   where ticket = of_ticket and tier < to_tier and (whole or id = any (words));
  update attachments set tier = to_tier, reason = because, sentence = said, owner_department = to_owner, opens_on = greatest(opens_on, term), raised_on = today
   where ticket = of_ticket and tier < to_tier and (whole or of_update = any (words) or 'attachment:' || id = of_item);
  perform relock_ticket(of_ticket);
end $$;
create function raise_label(of_item text, to_tier integer, because text, said text, term date, to_owner integer, today date) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
begin
  select * into l from labelled(of_item);
  if not found or not l.readable or to_tier not in (2, 3) or to_tier <= l.tier or to_owner not in (l.owner, l.serving)
     or not (reader_handles(to_owner, l.ticket) or reader_person() in (l.author, l.requester)
             or to_tier = 2 and l.ticket <> all (reader_recused()) and exists (select from memberships m where m.person = reader_person() and m.department in (l.owner, l.serving))) then
    perform may_not('raise_label');
  end if;
  perform shut_further(of_item, to_tier, because, said, term, to_owner, today);
  return locks_of_item(of_item);
end $$;

-- A later opening for a new reason, twice at most. Files go with the words that they are labelled like; what hangs under a request stays shut
-- for as long as it.
create function prolong_label(of_item text, because text, said text, term date) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
  words bigint[] := family(of_item);
begin
  select * into l from labelled(of_item);
  if not found or not l.readable or l.tier < 2 or l.opens_on is null or term <= l.opens_on or l.prolonged >= 2
     or not (reader_handles(l.owner, l.ticket) or reader_person() in (l.author, l.requester)
             or l.tier = 2 and l.ticket <> all (reader_recused()) and exists (select from memberships m where m.person = reader_person() and m.department in (l.owner, l.serving))) then
    perform may_not('prolong_label');
  end if;
  if of_item like 'ticket:%' then
    update tickets set reason = because, sentence = said, opens_on = term, prolonged = prolonged + 1 where id = l.ticket;
    perform prolong_under(l.ticket, 2, because, said, term);
  else
    update updates set reason = because, sentence = said, opens_on = term, prolonged = l.prolonged + 1 where id = any (words) and tier = l.tier and opens_on = l.opens_on;
    update attachments set reason = because, sentence = said, opens_on = term, prolonged = l.prolonged + 1
     where ticket = l.ticket and tier = l.tier and opens_on = l.opens_on and (of_update = any (words) or 'attachment:' || id = of_item);
  end if;
  return locks_of_item(of_item);
end $$;

-- Opened early, or less shut: by whoever wrote it or handles for the owner; what a requester restricted, by these two only; core, by whoever wrote it
-- and nobody let in for a while. Words stay as shut as their request, and what hangs under a request keeps a label of its own.
create function lower_label(of_item text, to_tier integer, today date) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
  words bigint[] := family(of_item);
begin
  select * into l from labelled(of_item);
  if not found or not l.readable or l.sealed or to_tier not between 1 and l.tier - 1 or of_item like 'attachment:%'
     or of_item like 'update:%' and l.request_tier >= 2 and to_tier < l.request_tier
     or l.tier = 4 and reader_person() is distinct from l.author
     or not (reader_handles(l.owner, l.ticket) or reader_person() = case when of_item like 'ticket:%' and l.tier >= 3 then l.requester else l.author end) then
    perform may_not('lower_label');
  end if;
  if of_item like 'ticket:%' then
    update tickets set tier = to_tier, reason = case when to_tier >= 2 then reason end, opens_on = case when to_tier >= 2 then opens_on end where id = l.ticket;
  end if;
  update updates set tier = to_tier, reason = case when to_tier >= 2 then reason end, opens_on = case when to_tier >= 2 then opens_on end
   where id = any (words) and tier = l.tier and opens_on is not distinct from l.opens_on;
  update attachments set tier = to_tier, reason = case when to_tier >= 2 then reason end, opens_on = case when to_tier >= 2 then opens_on end
   where ticket = l.ticket and not sealed and tier = l.tier and opens_on is not distinct from l.opens_on
     and (of_update = any (words) or of_item = 'ticket:' || ticket and of_update is null);
  perform relock_ticket(l.ticket);
  return locks_of_item(of_item);
end $$;

-- Existence hidden until a day, or (null) no more. A request that was filed under a number of the sequence, because more people read it then, goes
-- under one of chance for ever; what was restricted from the start has one already.
create function set_seal(of_item text, until date, today date) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  l record;
  words bigint[] := family(of_item);
begin
  select * into l from labelled(of_item);
  if of_item like 'ticket:%' then
    update tickets set sealed = until is not null, sealed_until = coalesce(until, least(sealed_until, today)),
           number = case when until is null or number >= 1000000000 then number else chance_number() end
     where id = l.ticket;
  end if;
  update updates set sealed = until is not null, sealed_until = coalesce(until, least(sealed_until, today))
   where id = any (words) and tier >= 3 and sealed = (until is null);
  update attachments set sealed = until is not null, sealed_until = coalesce(until, least(sealed_until, today))
   where ticket = l.ticket and tier >= 3 and sealed = (until is null) and (of_update = any (words) or 'attachment:' || id = of_item);
  perform relock_ticket(l.ticket);
end $$;
-- A correction is sealed, raised and prolonged like the words that it corrects, and a file like its words: otherwise a marker of its own would tell
-- of both. Whoever writes says nothing of it; nobody writes what is sealed from the start.
create function take_seal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  above bigint := case tg_table_name when 'updates' then to_jsonb(new) ->> 'corrects' else to_jsonb(new) ->> 'of_update' end;
begin
  select coalesce(bool_or(u.sealed), false), max(u.sealed_until), max(u.raised_on), coalesce(max(u.prolonged), 0)
    into new.sealed, new.sealed_until, new.raised_on, new.prolonged from updates u where u.id = above and u.ticket = new.ticket;
  return new;
end $$;
create trigger updates_take_seal before insert on updates for each row when (current_user = 'desk_app') execute function take_seal();
create trigger attachments_take_seal before insert on attachments for each row when (current_user = 'desk_app') execute function take_seal();
-- Outside the sequence, by which everything else is counted: a restricted request that is sealed leaves no hole there.
create function chance_number() returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  chosen bigint;
begin
  loop
    chosen := 1000000000 + ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint % 9000000000;
    exit when not exists (select from tickets t where t.number = chosen);
  end loop;
  return chosen;
end $$;
create function unseal(of_item text, today date) returns text[] language plpgsql security definer set search_path = public, pg_temp as $$
declare
  l record;
begin
  select * into l from labelled(of_item);
  if not found or not l.readable or not l.sealed or not (reader_handles(l.owner, l.ticket) or reader_person() = l.author) then
    perform may_not('unseal');
  end if;
  perform set_seal(of_item, null, today);
  return locks_of_item(of_item);
end $$;

-- Two people of different lines: neither stands above the other, they have neither a superior nor a department in common.
create function line_above(who integer, moment timestamptz) returns integer[] language sql stable set search_path = public, pg_temp
begin atomic
  with recursive above as (
    select s.superior, 1 as step from superiors s where s.person = line_above.who and s.since <= line_above.moment and (s.until is null or s.until > line_above.moment)
    union all
    select s.superior, a.step + 1 from above a join superiors s on s.person = a.superior and s.since <= line_above.moment and (s.until is null or s.until > line_above.moment)
     where a.step < 20)
  select array(select a.superior from above a order by a.step);
end;
create function departments_of(who integer, moment timestamptz) returns integer[] language sql stable set search_path = public, pg_temp
  return array(select p.department from people p where p.id = who union select m.department from memberships m where m.person = who
               union select h.department from headships h where h.person = who and h.since <= moment and (h.until is null or h.until > moment));
create function of_another_line(one integer, other integer, moment timestamptz) returns boolean language sql stable set search_path = public, pg_temp
  return one <> other and one <> all (line_above(other, moment)) and other <> all (line_above(one, moment))
     and ((line_above(one, moment))[1] is distinct from (line_above(other, moment))[1] or (line_above(one, moment))[1] is null)
     and not departments_of(one, moment) && departments_of(other, moment);

-- The answer of a second person: nothing was shut before it. With their yes the words are core, or sealed.
create function answer_countersign(of_token text, yes boolean, moment timestamptz, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c record;
  l record;
  outcome text;
begin
  select * into c from countersigns x where x.token = of_token and x.second = reader_person() for update;
  if not found or c.answered_at is not null or yes and not of_another_line(c.asked_by, c.second, moment) then
    perform may_not('answer_countersign');
  end if;
  perform from tickets t where t.id = c.ticket for no key update;
  select * into l from labelled(c.item);
  if yes and (l.tier < 3 or l.sealed or c.kind = 'core' and (l.tier = 4 or c.item like 'ticket:%') or c.kind = 'seal' and c.until > today + 90) then
    perform may_not('answer_countersign');
  end if;
  update countersigns set answered_at = moment, agreed = yes where id = c.id;
  outcome := case when not yes then 'countersign_refused' when c.kind = 'core' then 'core_agreed' else 'seal_agreed' end;
  if yes and c.kind = 'core' then
    perform shut_further(c.item, 4, c.reason, c.sentence, c.until, l.owner, today);
  elsif yes then
    perform set_seal(c.item, c.until, today);
  end if;
  with written as (
    insert into entries (tag, at, by, ticket, subject, data, audience)
    values (outcome, moment, c.second, c.ticket, c.item, jsonb_build_object('recipient', c.asked_by), locks_of_item(c.item)) returning id)
  insert into errands (entry, state, tries, next_at) select w.id, 'waiting', 0, moment from written w;
  return c.kind;
end $$;

create function is_recused(who integer, of_ticket bigint, moment timestamptz) returns boolean language sql stable set search_path = public, pg_temp
  return exists (select from recusals r where r.person = who and r.ticket = of_ticket and r.since <= moment and (r.until is null or r.until > moment));
-- Who holds a lock by name or by rank, and by which; whom everybody's locks let in, nobody has to list.
create function readers_of(audience text[], granted text, of_ticket bigint, moment timestamptz) returns table (person integer, lock text)
language sql stable set search_path = public, pg_temp
begin atomic
  select p.id, h.lock
    from (select split_part(k, ':', 2)::integer as person, k as lock, true as own from unnest(readers_of.audience) k where k like 'person:%'
          union all
          select g.person, 'grant', true from grants g where g.item = readers_of.granted and g.since <= readers_of.moment and g.until > readers_of.moment
          union all
          select m.person, k, false from unnest(readers_of.audience) k
            join memberships m on k = 'department:' || m.department or m.level >= 3 and k = 'handlers:' || m.department
          union all
          select d.person, k, false from unnest(readers_of.audience) k
            join headships d on k in ('department:' || d.department, 'handlers:' || d.department)
                            and d.since <= readers_of.moment and (d.until is null or d.until > readers_of.moment)) h
    join people p on p.id = h.person and (p.left_at is null or p.left_at > readers_of.moment)
   where h.own or not p.guest and not is_recused(p.id, readers_of.of_ticket, readers_of.moment);
end;
create function granted_as(of_item text) returns text language sql stable set search_path = public, pg_temp
  return case when of_item not like 'attachment:%' then of_item
              else (select coalesce('update:' || a.of_update, 'ticket:' || a.ticket) from attachments a where a.id = split_part(of_item, ':', 2)::bigint) end;
-- For whoever reads the item: who else does.
create function item_readers(of_item text, moment timestamptz, at_most integer) returns table (person integer, lock text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.person, min(r.lock) from labelled(item_readers.of_item) l
   cross join lateral readers_of(locks_of_item(l.item), granted_as(l.item), l.ticket, item_readers.moment) r
   where l.readable group by r.person order by min(r.lock), r.person limit item_readers.at_most;
end;

-- For the operator who asks why somebody reads what: ids and labels of everything in a request, and its locks, which are made of ids.
create function labelled_portions(of_number bigint)
returns table (portion text, token text, item text, granted text, ticket bigint, kind text, tier smallint, owner integer, day date, reason text, opens_on date,
               raised_on date, prolonged smallint, sealed boolean, sealed_until date, author integer, requester integer, audience text[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select 'request', 'request', 'ticket:' || t.id, 'ticket:' || t.id, t.id, 'request', t.tier, t.owner_department, t.day, t.reason::text, t.opens_on,
         t.raised_on, t.prolonged, t.sealed, t.sealed_until, coalesce(t.logged_by, t.requester), t.requester, t.audience
    from tickets t where t.number = of_number
  union all
  (select 'words', u.token::text, 'update:' || u.id, 'update:' || u.id, t.id, u.kind::text, u.tier, u.owner_department, u.day, u.reason::text, u.opens_on,
          u.raised_on, u.prolonged, u.sealed, u.sealed_until, u.author, t.requester, u.audience
     from tickets t join updates u on u.ticket = t.id where t.number = of_number order by u.id)
  union all
  (select 'file', a.token::text, 'attachment:' || a.id, coalesce('update:' || a.of_update, 'ticket:' || t.id), t.id, 'file', a.tier, a.owner_department, a.day,
          a.reason::text, a.opens_on, a.raised_on, a.prolonged, a.sealed, a.sealed_until, a.author, t.requester, a.audience
     from tickets t join attachments a on a.ticket = t.id where t.number = of_number order by a.id);
end $$;

-- Recusal: by oneself, by who leads the owner department, by an auditor. A request that is in those hands goes back to its department.
create function recuse(of_ticket bigint, who integer, why text, moment timestamptz, ends timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select id, owner_department, department into t from tickets where id = of_ticket and opened_to_reader(audience, 'ticket:' || id, id);
  if not found or not (who = reader_person() or may_recuse(t.owner_department, t.department, moment)) then
    perform may_not('recuse');
  end if;
  insert into recusals (person, ticket, since, until, by, why) values (who, of_ticket, moment, ends, reader_person(), recuse.why);
  update tickets set handler = null where id = of_ticket and handler = who;
  update promises set person = null where ticket = of_ticket and person = who and settled_at is null and kind in ('first_reply', 'next_reply', 'resolution', 'handover');
end $$;
create function may_recuse(owner integer, serving integer, moment timestamptz) returns boolean language sql stable set search_path = public, pg_temp
  return exists (select from roles r where r.person = reader_person() and r.role = 'auditor')
      or exists (select from headships h where h.person = reader_person() and h.department in (owner, serving)
                                           and h.since <= moment and (h.until is null or h.until > moment));
create function end_recusal(of_ticket bigint, who integer, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  select id, owner_department, department into t from tickets where id = of_ticket and opened_to_reader(audience, 'ticket:' || id, id);
  if not found or who = reader_person() or not may_recuse(t.owner_department, t.department, moment) then
    perform may_not('end_recusal');
  end if;
  update recusals set until = moment where ticket = of_ticket and person = who and since <= moment and (until is null or until > moment);
  return found;
end $$;
-- For whoever reads the request: who is recused from it; what came along from another request (no reason), for who handles or decides only.
create function recusals_of(of_ticket bigint, moment timestamptz) returns table (person integer, since timestamptz, until timestamptz, by integer, why text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.person, r.since, r.until, r.by, r.why from tickets t join recusals r on r.ticket = t.id
   where t.id = recusals_of.of_ticket and opened_to_reader(t.audience, 'ticket:' || t.id, t.id)
     and (r.until is null or r.until > recusals_of.moment)
     and (r.why <> '' or r.person = reader_person() or reader_handles(t.department, t.id) or may_recuse(t.owner_department, t.department, recusals_of.moment))
   order by r.since, r.id;
end;
