-- The reader of a transaction, set in the message that begins it. After COMMIT a setting is '' and not NULL: nullif().
create function reader_person() returns integer language sql stable parallel safe
  return nullif(current_setting('desk.person', true), '')::integer;
create function reader_keys() returns text[] language sql stable parallel safe
  return coalesce(nullif(current_setting('desk.keys', true), ''), '{}')::text[];
create function reader_own_keys() returns text[] language sql stable parallel safe
  return coalesce(nullif(current_setting('desk.own_keys', true), ''), '{}')::text[];
-- 1 staff, 0 everyone, -1 nobody
create function reader_reach() returns smallint language sql stable parallel safe
  return coalesce(nullif(current_setting('desk.reach', true), ''), '-1')::smallint;
create function reader_recused() returns bigint[] language sql stable parallel safe
  return coalesce(nullif(current_setting('desk.recused', true), ''), '{}')::bigint[];

-- Raises when a person is the reader: what the desk does by itself, nobody does in its stead.
create function only_the_desk() returns void language plpgsql stable as $$
begin
  if reader_person() is not null then
    raise exception 'only the desk itself does this, as nobody' using errcode = 'insufficient_privilege';
  end if;
end $$;

create function reader_at() returns timestamptz language sql stable parallel safe
  return nullif(current_setting('desk.at', true), '')::timestamptz;
-- Level 3 or head, whatever the access reaches: keys are for reading, and a program of low reach may still work.
create function reader_handles(of_department integer) returns boolean language sql stable
  return exists (select from memberships m where m.person = reader_person() and m.department = of_department and m.level >= 3)
      or exists (select from headships h where h.person = reader_person() and h.department = of_department
                                           and h.since <= reader_at() and (h.until is null or h.until > reader_at()));
-- In one request: rank gives nothing to whoever is recused from it.
create function reader_handles(of_department integer, of_ticket bigint) returns boolean language sql stable
  return of_ticket <> all (reader_recused()) and reader_handles(of_department);

-- Keys from the directory and from the grants that are live at `moment`. `cap` is what the access reaches (a token's tier):
-- 0 open words, 1 what staff reads, 2 own words and departments, 3 what handlers read, 4 grants.
create function become_reader(who integer, cap integer, moment timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  outsider boolean;
  works text[];
  handles text[];
  granted text[];
  keys text[] := '{}';
  own text[] := '{}';
  recused bigint[] := '{}';
  reach integer := -1;
begin
  -- one statement: it runs before every page
  select p.guest,
         array(select 'department:' || m.department from memberships m where m.person = who
               union select 'department:' || h.department from headships h
                      where h.person = who and h.since <= moment and (h.until is null or h.until > moment)),
         array(select 'handlers:' || m.department from memberships m where m.person = who and m.level >= 3
               union select 'handlers:' || h.department from headships h
                      where h.person = who and h.since <= moment and (h.until is null or h.until > moment)),
         array(select r.ticket from recusals r where r.person = who and r.since <= moment and (r.until is null or r.until > moment)),
         array(select distinct g.item from grants g where g.person = who and g.since <= moment and g.until > moment)
    into outsider, works, handles, recused, granted
    from people p where p.id = who and (p.left_at is null or p.left_at > moment);
  if outsider is null then
    recused := '{}';
    if who = 0 then  -- nobody in particular who works here (db.HOUSE): what leaves for a chat is read so
      reach := least(cap, 1);
      keys := case when cap >= 1 then array['everyone', 'staff'] else array['everyone'] end;
    end if;
  else
    reach := case when cap >= 1 and not outsider then 1 else 0 end;
    own := case when cap >= 2 then array['person:' || who] else '{}' end || case when cap >= 4 then granted end;
    keys := array['everyone'] || case when reach = 1 then array['staff'] end
         || case when cap >= 2 and not outsider then works end || case when cap >= 3 and not outsider then handles end || own;
  end if;
  perform set_config('desk.person', coalesce(who::text, ''), true), set_config('desk.at', moment::text, true),
          set_config('desk.keys', keys::text, true), set_config('desk.own_keys', own::text, true),
          set_config('desk.recused', recused::text, true), set_config('desk.reach', reach::text, true);
end $$;
