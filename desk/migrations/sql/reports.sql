-- What became of what a department owed. `reported` looks with the eyes of whoever asks: row security leaves to a reader the rows that they may
-- read; the definer functions below count every unsealed one with the same text, so that figures and rows cannot differ but for markers.

-- Who answers for a department: its head, and whoever stands above its head. While nobody leads it (a successor is looked for, or it is closed):
-- whoever stood above the last head when that one's time ended, and not the last head; who stood under nobody is asked on, as nobody else could be.
create function reader_oversees(of_department integer) returns boolean language sql stable
begin atomic
  with recursive head as (
    select h.person, case when h.until <= reader_at() then h.until end as ended from headships h
     where h.department = of_department and h.since <= reader_at() order by h.since desc limit 1),
  above as (
    select head.person from head
    union
    select s.superior from above a cross join head join superiors s on s.person = a.person
       and case when head.ended is null then s.during @> reader_at() else s.since < head.ended and (s.until is null or s.until >= head.ended) end),
  alone as (select count(*) = 1 as alone from above)
  select reader_reach() >= 1 and exists (
    select from above a cross join head cross join alone
     where a.person = reader_person() and (head.ended is null or a.person <> head.person or alone.alone));
end;

create function owed_same_day(target jsonb) returns boolean language sql immutable
  return target ->> 'kind' = 'same_day' and coalesce((target ->> 'extra_days')::integer, 0) = 0;

-- Whether the last that ended a promise was that it is no longer owed.
create function given_up(of_promise bigint) returns boolean language sql stable
  return (select x.kind = 'withdrawn' from promise_events x where x.promise = of_promise and x.kind in ('kept', 'stopped', 'withdrawn', 'reopened')
           order by x.id desc limit 1);

-- What counts from `since` on and before `until`, and has been decided at `moment`: `at` is the due, or when what was kept was reopened.
-- failed: broken, overdue (nobody has swept yet), reopened; null is kept, which is told when its time is over, as a failure is: who is early
-- comes no sooner than who is late. What was withdrawn in time, waits, or runs is not decided; what was merged counts where it had failed.
-- given_up: nobody owes it any more, and nobody has done it.
create function reported(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (promise bigint, ticket bigint, kind text, service integer, same_day boolean, at timestamptz, failed text, reopened boolean, renewed boolean,
               given_up boolean)
language sql stable
begin atomic
  select d.* from (
    select p.id, p.ticket, p.kind::text, t.service,
           case when p.kind not in ('first_reply', 'next_reply') then false when e.retargeted is null then owed_same_day(p.target)
                else (select owed_same_day(x.data -> 'target') from promise_events x where x.id = e.retargeted) end,
           p.counts_at,
           case when p.state = 'broken' then 'broken' when p.state in ('open', 'paused') and p.breaks_at <= moment then 'overdue'
                when p.reopened_at is not null then 'reopened' end as failed,
           e.reopened, e.renewed, case when p.settled_at is not null and p.state <> 'kept' then given_up(p.id) else false end
      from promises p join tickets t on t.id = p.ticket
     cross join lateral (select coalesce(bool_or(x.kind = 'reopened'), false) as reopened, coalesce(bool_or(x.kind = 'renewed'), false) as renewed,
                                max(x.id) filter (where x.kind = 'retargeted') as retargeted
                           from promise_events x where x.promise = p.id and x.kind in ('reopened', 'renewed', 'retargeted')) e
     where p.counts_for = of_department
       and p.counts_at >= since and p.counts_at < until and not t.sealed
       and not exists (select from updates u where u.id = p.of_update and u.sealed)
       and (p.state = 'broken' or p.reopened_at is not null or p.state in ('kept', 'open', 'paused') and p.breaks_at <= moment)
       and (t.state <> 'merged' or p.state <> 'kept' or p.reopened_at is not null)) d;
end;

-- Of first replies and resolutions, how many whole minutes each took; null where there is no answer, or no day laid out.
create function reported_lengths(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (kind text, at timestamptz, wall integer, business integer) language sql stable
begin atomic
  select r.kind, r.at, case when not r.given_up then floor(date_part('epoch', p.settled_at - p.started_at) / 60)::integer end,
         (case when p.settled_at is null or r.given_up then null when p.runs_on is null or p.runs_on >= p.settled_at then p.used
               else p.used + business_seconds(b, utc_second(p.settled_at)) - business_seconds(a, utc_second(p.runs_on)) end / 60)::integer
    from reported(of_department, since, until, moment) r
    join promises p on p.id = r.promise
    left join calendar_days a on a.calendar = p.calendar and a.day = utc_day(p.runs_on)
    left join calendar_days b on b.calendar = p.calendar and b.day = utc_day(p.settled_at)
   where r.kind in ('first_reply', 'resolution');
end;

-- Of these departments, those that the reader answers for.
create function reader_overseen(of_departments integer[]) returns integer[] language sql stable
  return array(select d from (select distinct unnest(of_departments) as d) x where reader_oversees(d));

-- Counts by department and week: of spans of time from the ledger, and of days that are rolled (rolled.sql). Each span and each run of days
-- comes with its department and week.
create function report_cells(of_departments integer[], weeks integer[], since timestamptz[], until timestamptz[],
                             day_departments integer[], day_weeks integer[], first_days date[], last_days date[], moment timestamptz)
returns table (department integer, week integer, kind text, service integer, same_day boolean, n bigint, failed bigint, reopened bigint, renewed bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with o as materialized (select reader_overseen(of_departments || day_departments) as mine)
  select c.department, c.week, c.kind, c.service, c.same_day, sum(c.n)::bigint, sum(c.failed)::bigint, sum(c.reopened)::bigint, sum(c.renewed)::bigint
    from (select s.d as department, s.w as week, r.kind, r.service, r.same_day, count(*) as n, count(r.failed) as failed,
                 count(*) filter (where r.reopened) as reopened, count(*) filter (where r.renewed) as renewed
            from o cross join unnest(of_departments, weeks, since, until) s (d, w, a, z)
           cross join lateral reported(s.d, s.a, s.z, moment) r where s.d = any (o.mine) group by 1, 2, 3, 4, 5
          union all
          select d.department, s.w, d.kind, d.service, d.same_day, sum(d.n), sum(d.failed), sum(d.reopened), sum(d.renewed)
            from o cross join unnest(day_departments, day_weeks, first_days, last_days) s (d, w, a, z)
            join report_days d on d.department = s.d and d.day between s.a and s.z
           where s.d = any (o.mine) group by 1, 2, 3, 4, 5) c
   group by 1, 2, 3, 4, 5;
end;

-- The minute by which each share of them was done: how many took each of these minutes, in any order.
create function minutes_at(shares float8[], minutes integer[], counts bigint[]) returns integer[] language sql immutable
begin atomic
  select array_agg(k.minute order by k.nth)
    from (select s.nth, min(r.minute) filter (where r.until_here >= ceil(s.share * r.n)) as minute
            from (select u.minute, sum(u.n) over (order by u.minute) as until_here, sum(u.n) over () as n from unnest(minutes, counts) u (minute, n)) r
           cross join unnest(shares) with ordinality s (share, nth) group by 1) k;
end;

-- How long those took that have been answered: p50, p85, p95 and the longest, in whole minutes; business time while the clock ran, wall time
-- from start to answer. `unmeasured`: from before the days of their calendar were laid out. From spans of time and from what is rolled, a
-- day or a month at a time.
create function report_spans(of_departments integer[], since timestamptz[], until timestamptz[],
                             day_departments integer[], grains text[], first_days date[], last_days date[], moment timestamptz)
returns table (kind text, n bigint, unanswered bigint, unmeasured bigint, business integer[], wall integer[])
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with o as materialized (select reader_overseen(of_departments || day_departments) as mine),
  rolled as materialized (
    select l.* from o cross join unnest(day_departments, grains, first_days, last_days) s (d, g, a, z)
      join report_lengths l on l.department = s.d and l.grain = s.g and l.day between s.a and s.z where s.d = any (o.mine)),
  fresh as materialized (
    select r.kind, r.wall, r.business from o cross join unnest(of_departments, since, until) s (d, a, z)
     cross join lateral reported_lengths(s.d, s.a, s.z, moment) r where s.d = any (o.mine)),
  minutes as (
    select x.kind, x.clock, x.minute, sum(x.n)::bigint as n
      from (select r.kind, 'wall' as clock, u.minute, u.n from rolled r, unnest(r.wall, r.wall_n) u (minute, n)
            union all select r.kind, 'business', u.minute, u.n from rolled r, unnest(r.business, r.business_n) u (minute, n)
            union all select f.kind, 'wall', f.wall, 1 from fresh f where f.wall is not null
            union all select f.kind, 'business', f.business, 1 from fresh f where f.business is not null) x group by 1, 2, 3),
  steps as (
    select m.kind, m.clock, sum(m.n)::bigint as n, minutes_at('{0.5, 0.85, 0.95, 1}', array_agg(m.minute), array_agg(m.n)) as minutes
      from minutes m group by 1, 2),
  missing as (
    select x.kind, sum(x.unanswered)::bigint as unanswered, sum(x.unmeasured)::bigint as unmeasured
      from (select r.kind, r.unanswered, r.unmeasured from rolled r
            union all select f.kind, (f.wall is null)::integer, (f.wall is not null and f.business is null)::integer from fresh f) x group by 1)
  select m.kind, coalesce(w.n, 0), m.unanswered, m.unmeasured, b.minutes, w.minutes
    from missing m left join steps w on w.kind = m.kind and w.clock = 'wall' left join steps b on b.kind = m.kind and b.clock = 'business';
end;

-- Which promises failed: names of rows, which the reader may read or not.
create function report_failures(of_department integer, since timestamptz[], until timestamptz[], rolled_since timestamptz[], rolled_until timestamptz[],
                                moment timestamptz)
returns bigint[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when reader_oversees(of_department) then
    array(select r.promise from unnest(since, until) s (a, z) cross join lateral reported(of_department, s.a, s.z, moment) r
           where r.failed is not null)
    || array(select x.promise from unnest(rolled_since, rolled_until) s (a, z)
               join report_failed x on x.department = of_department and x.at >= s.a and x.at < s.z)
    else '{}' end;
end;

-- Why they failed, in the words of the highest level that has said so; null: nobody has.
create function report_causes(of_department integer, of_promises bigint[]) returns table (cause text, n bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select e.cause, count(*) from promises p join tickets t on t.id = p.ticket
    left join lateral (select s.cause::text from escalations s where s.promise = p.id and s.reason is not null order by s.level desc limit 1) e on true
   where p.id = any (of_promises) and p.counts_for = of_department and not t.sealed and (select reader_oversees(of_department)) group by 1;
end;

-- Requests that are in a department's hands now and not resolved, by age; `age`: how many of the instants in `ages` (ascending) are not after the filing.
create function report_backlog(of_department integer, ages timestamptz[]) returns table (age integer, n bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select width_bucket(t.filed_at, ages), count(*) from tickets t
   where t.department = of_department and t.state in ('open', 'waiting') and not t.sealed and (select reader_oversees(of_department)) group by 1;
end;
