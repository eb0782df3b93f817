-- Days that have ended, added up. `reported` stays the one text that says what counts: a day is rolled from it, and a day of which something
-- has changed since is counted from it again, until the night.

-- Whatever changes of a promise after the instant that it counts at may change a day that has been rolled: here it is marked.
create function mark_late() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into report_late (department, at) values (new.counts_for, new.counts_at);
  if tg_op = 'UPDATE' and (old.counts_for, old.counts_at) is distinct from (new.counts_for, new.counts_at) then
    insert into report_late (department, at) values (old.counts_for, old.counts_at);
  end if;
  return null;
end $$;
create trigger promises_late_given after insert on promises for each row
  when ((new.counts_at <= reader_at()) is not false) execute function mark_late();
create trigger promises_late after update on promises for each row
  when ((new.counts_at <= reader_at() or old.counts_at <= reader_at()) is not false
        and (old.state, old.breaks_at, old.counts_for, old.counts_at, old.ticket, old.of_update, old.settled_at)
            is distinct from (new.state, new.breaks_at, new.counts_for, new.counts_at, new.ticket, new.of_update, new.settled_at))
  execute function mark_late();
-- `words` null: all of the request.
create function mark_late_of(of_ticket bigint, words bigint) returns void language sql
begin atomic
  insert into report_late (department, at)
  select p.counts_for, p.counts_at from promises p
   where p.ticket = of_ticket and (words is null or p.of_update = words);
end;
create function mark_late_of_request() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform mark_late_of(new.id, null);
  return null;
end $$;
create trigger tickets_late after update on tickets for each row
  when (old.sealed <> new.sealed or old.service <> new.service or (old.state = 'merged') <> (new.state = 'merged'))
  execute function mark_late_of_request();
create function mark_late_of_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform mark_late_of(new.ticket, new.id);
  return null;
end $$;
create trigger updates_late after update on updates for each row when (old.sealed <> new.sealed) execute function mark_late_of_words();

-- How far each department is rolled, and when that counts which has changed since.
create function report_rolls(of_departments integer[])
returns table (department integer, zone text, version integer, first date, until date, late timestamptz[])
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d, r.zone::text, r.version, r.first, r.until,
         array(select distinct l.at from report_late l where l.department = d)
    from unnest(of_departments) d left join report_rolled r on r.department = d
   where reader_oversees(d) or reader_person() is null;
end;

-- Rolls days that follow one another, from `first` on; `starts`: when each begins, and when the last ends. What is not decided yet of them
-- keeps its day in `report_late`. The marks go first: what is committed after that is either counted here or has left a mark.
create function roll_days(of_department integer, of_zone text, of_version integer, first_day date, starts timestamptz[], moment timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  days integer := cardinality(starts) - 1;
  since timestamptz := starts[1];
  til timestamptz := starts[cardinality(starts)];
begin
  perform only_the_desk();
  perform pg_advisory_xact_lock(hashtext('report_rolled'));
  delete from report_late l where l.department = of_department and l.at >= since and l.at < til;
  delete from report_days d where d.department = of_department and d.day >= first_day and d.day < first_day + days;
  delete from report_lengths d where d.department = of_department and d.day >= first_day and d.day < first_day + days and d.grain = 'day';
  delete from report_lengths d where d.department = of_department and d.grain = 'month' and d.day < first_day + days
     and d.day >= date_trunc('month', first_day)::date;
  delete from report_failed f where f.department = of_department and f.at >= since and f.at < til;

  with found as materialized (select r.* from reported(of_department, since, til, moment) r), failed as (
    insert into report_failed (promise, department, at)
    select f.promise, of_department, f.at from found f where f.failed is not null)
  insert into report_days (department, day, kind, service, same_day, n, failed, reopened, renewed)
  select of_department, first_day + width_bucket(f.at, starts) - 1, f.kind, f.service, f.same_day, count(*), count(f.failed),
         count(*) filter (where f.reopened), count(*) filter (where f.renewed)
    from found f group by 2, 3, 4, 5;

  with found as materialized (
    select first_day + width_bucket(l.at, starts) - 1 as day, l.kind, l.wall, l.business
      from reported_lengths(of_department, since, til, moment) l)
  insert into report_lengths (department, day, grain, kind, unanswered, unmeasured, business, business_n, wall, wall_n)
  select of_department, t.day, 'day', t.kind, t.unanswered, t.unmeasured,
         coalesce(b.minutes, '{}'), coalesce(b.counts, '{}'), coalesce(w.minutes, '{}'), coalesce(w.counts, '{}')
    from (select f.day, f.kind, count(*) filter (where f.wall is null) as unanswered,
                 count(*) filter (where f.wall is not null and f.business is null) as unmeasured from found f group by 1, 2) t
    left join (select x.day, x.kind, array_agg(x.business order by x.business) as minutes, array_agg(x.n order by x.business) as counts
                 from (select f.day, f.kind, f.business, count(*)::integer as n from found f where f.business is not null group by 1, 2, 3) x
                group by 1, 2) b using (day, kind)
    left join (select x.day, x.kind, array_agg(x.wall order by x.wall) as minutes, array_agg(x.n order by x.wall) as counts
                 from (select f.day, f.kind, f.wall, count(*)::integer as n from found f where f.wall is not null group by 1, 2, 3) x
                group by 1, 2) w using (day, kind);

  insert into report_late (department, at)
  select of_department, p.counts_at from promises p
   where p.counts_for = of_department and p.counts_at >= since and p.counts_at < til
     and p.state in ('kept', 'open', 'paused') and p.breaks_at > moment;
  insert into report_rolled (department, zone, version, first, until) values (of_department, of_zone, of_version, first_day, first_day + days)
  on conflict (department) do update set zone = of_zone, version = of_version, first = least(report_rolled.first, excluded.first),
     until = greatest(report_rolled.until, excluded.until);
  perform roll_month(of_department, m::date) from report_rolled r
    cross join generate_series(date_trunc('month', first_day), first_day + days - 1, interval '1 month') m
   where r.department = of_department and r.first <= m::date and r.until >= (m + interval '1 month')::date;
end $$;

-- A month whose days are all rolled, added up once more: `day` is its first.
create function roll_month(of_department integer, month date) returns void language plpgsql as $$
begin
  delete from report_lengths d where d.department = of_department and d.grain = 'month' and d.day = month;
  with found as materialized (
    select l.* from report_lengths l where l.department = of_department and l.grain = 'day' and l.day >= month
       and l.day < (month + interval '1 month')::date)
  insert into report_lengths (department, day, grain, kind, unanswered, unmeasured, business, business_n, wall, wall_n)
  select of_department, month, 'month', t.kind, t.unanswered, t.unmeasured,
         coalesce(b.minutes, '{}'), coalesce(b.counts, '{}'), coalesce(w.minutes, '{}'), coalesce(w.counts, '{}')
    from (select f.kind, sum(f.unanswered)::integer as unanswered, sum(f.unmeasured)::integer as unmeasured from found f group by 1) t
    left join (select x.kind, array_agg(x.minute order by x.minute) as minutes, array_agg(x.n order by x.minute) as counts
                 from (select f.kind, u.minute, sum(u.n)::integer as n from found f, unnest(f.business, f.business_n) u (minute, n) group by 1, 2) x
                group by 1) b using (kind)
    left join (select x.kind, array_agg(x.minute order by x.minute) as minutes, array_agg(x.n order by x.minute) as counts
                 from (select f.kind, u.minute, sum(u.n)::integer as n from found f, unnest(f.wall, f.wall_n) u (minute, n) group by 1, 2) x
                group by 1) w using (kind);
end $$;

-- Formulas or zone have changed: the department is rolled anew from the beginning.
create function forget_rolls(of_department integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  delete from report_days d where d.department = of_department;
  delete from report_lengths d where d.department = of_department;
  delete from report_failed d where d.department = of_department;
  delete from report_rolled d where d.department = of_department;
end $$;

-- When the first promise of each department counts.
create function report_beginnings() returns table (department integer, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.id, p.at from departments d cross join lateral (select min(p.counts_at) as at from promises p where p.counts_for = d.id) p
   where p.at is not null and reader_person() is null;
end;
