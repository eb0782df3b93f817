-- How much is open: with which tier words were born, and counts of them. Never rows, words or persons; what is sealed is in no count.
create function keep_birth() returns trigger language plpgsql as $$
begin
  new.born := new.tier;
  new.born_in := new.owner_department;
  new.opened_on := null;
  return new;
end $$;
-- The day east of Greenwich begins earlier: what is due on the next day of UTC opens on that day.
create function keep_opening() returns trigger language plpgsql as $$
declare
  today date := (reader_at() at time zone 'UTC')::date;
begin
  new.opened_on := case when new.tier >= 2 then null when today is null or old.opens_on = today + 1 then old.opens_on else today end;
  return new;
end $$;
do $$
declare t text;
begin
  foreach t in array array['tickets', 'updates', 'attachments'] loop
    execute format('create trigger %I before insert on %I for each row execute function keep_birth()', t || '_born', t);
    execute format('create trigger %I before update of tier on %I for each row when (old.born >= 2 and (old.tier >= 2) <> (new.tier >= 2))'
                   ' execute function keep_opening()', t || '_opened', t);
    execute format('alter table %I enable always trigger %I', t, t || '_born'); -- rows that are copied in are born too
  end loop;
end $$;

grant select (born, born_in, opened_on) on tickets, updates, attachments to desk_locksmith;
grant select (disputed) on updates to desk_locksmith;

-- Every employee may know; a guest, or a program that reaches no further than one, gets nothing.
-- Portions by department, month and tier of birth. What is core now is counted when its month has ended, and its days from the first of
-- it: its marker says no day either.
create function openness_cells(since date, until date) returns table (department integer, month date, tier smallint, portions bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.born_in, p.day - (extract(day from p.day)::integer - 1), p.born, sum(p.n)::bigint
    from (select t.born_in, t.day, t.born, t.tier, count(*) as n from tickets t
           where t.day >= since and t.day < until and not t.sealed group by 1, 2, 3, 4
          union all
          select u.born_in, u.day, u.born, u.tier, count(*) from updates u
           where u.day >= since and u.day < until and not u.sealed
             and not exists (select from tickets s where s.id = u.ticket and s.sealed) group by 1, 2, 3, 4
          union all
          select a.born_in, a.day, a.born, a.tier, count(*) from attachments a
           where a.day >= since and a.day < until and not a.sealed
             and not exists (select from tickets s where s.id = a.ticket and s.sealed)
             and not exists (select from updates s where s.id = a.of_update and s.sealed) group by 1, 2, 3, 4) p
   where (select reader_reach()) >= 1 and (p.tier < 4 or p.day < until - (extract(day from until)::integer - 1))
   group by 1, 2, 3;
end;

-- How long what was born shut in a department has waited, in days: until it opened, or until now if it has not.
create function openness_waits(of_department integer, since date, until date)
returns table (month date, days integer, opened boolean, portions bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.day - (extract(day from p.day)::integer - 1), greatest(0, coalesce(o.opened_on, until) - p.day), o.opened_on is not null, count(*)
    from (select marker_day(t.tier, t.day) as day, t.tier, t.opened_on from tickets t
           where t.day >= since and t.day < until and t.born_in = of_department and t.born >= 2 and not t.sealed
          union all
          select marker_day(u.tier, u.day) as day, u.tier, u.opened_on from updates u
           where u.day >= since and u.day < until and u.born_in = of_department and u.born >= 2 and not u.sealed
             and not exists (select from tickets s where s.id = u.ticket and s.sealed)
          union all
          select marker_day(a.tier, a.day) as day, a.tier, a.opened_on from attachments a
           where a.day >= since and a.day < until and a.born_in = of_department and a.born >= 2 and not a.sealed
             and not exists (select from tickets s where s.id = a.ticket and s.sealed)
             and not exists (select from updates s where s.id = a.of_update and s.sealed)) p
   cross join lateral (select case when p.opened_on < until then p.opened_on end as opened_on) o
   where (select reader_reach()) >= 1 and (p.tier < 4 or p.day < until - (extract(day from until)::integer - 1))
   group by 1, 2, 3;
end;

-- What a department still keeps shut although its day has passed, or although it is older than the longest term of its tier (`longest`:
-- of tiers 2, 3 and 4, in days).
create function openness_overdue(today date, longest integer[]) returns table (department integer, portions bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select k.owner_department, count(*)
    from (select t.owner_department, t.opens_on, t.day, t.tier from tickets t where t.tier >= 2 and not t.sealed
          union all
          select u.owner_department, u.opens_on, u.day, u.tier from updates u
           where u.tier >= 2 and not u.sealed and not exists (select from tickets s where s.id = u.ticket and s.sealed)
          union all
          select a.owner_department, a.opens_on, a.day, a.tier from attachments a
           where a.tier >= 2 and not a.sealed and not exists (select from tickets s where s.id = a.ticket and s.sealed)
             and not exists (select from updates s where s.id = a.of_update and s.sealed)) k
   where (select reader_reach()) >= 1 and (marker_opens(k.tier, k.day, k.opens_on) < today
                                          or marker_opens(k.tier, k.day, k.day + longest[k.tier - 1]) < today) group by 1;
end;

-- Honest answers and corrections by department and month: "I can't tell you" (`refusals`: its kinds), corrected by the author or by others.
create function openness_honesty(since date, until date, refusals text[])
returns table (department integer, month date, refused bigint, corrected_self bigint, corrected_disputed bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select u.born_in, u.day - (extract(day from u.day)::integer - 1), count(*) filter (where u.kind = any (refusals)),
         count(*) filter (where u.kind = 'correction' and not u.disputed), count(*) filter (where u.kind = 'correction' and u.disputed)
    from updates u
   where u.day >= since and u.day < until and u.kind = any (array['correction'] || refusals) and not u.sealed
     and (u.tier < 4 or u.day < until - (extract(day from until)::integer - 1))
     and not exists (select from tickets s where s.id = u.ticket and s.sealed) and (select reader_reach()) >= 1
   group by 1, 2;
end;
