-- What leaves a report: what is owed today, for whoever answers for the department; and what every employee may know of months that have ended.

-- Unsealed promises that nobody has kept at `moment` and that count as late by then (failed says how), or will before `until`. With the reader's eyes the
-- rows, with the locksmith's the figure.
create function owed(of_department integer, moment timestamptz, until timestamptz)
returns table (promise bigint, ticket bigint, kind text, service integer, at timestamptz, failed text, given_up boolean) language sql stable
begin atomic
  select p.id, p.ticket, p.kind::text, t.service, p.due_at, case when p.state = 'broken' then 'broken' when p.breaks_at <= moment then 'overdue' end, false
    from promises p join tickets t on t.id = p.ticket
   where p.department = of_department and p.settled_at is null and (p.state in ('open', 'broken') or p.state = 'paused' and p.breaks_at <= moment) and p.breaks_at < owed.until and not t.sealed
     and not exists (select from updates u where u.id = p.of_update and u.sealed);
end;
create function report_owed(of_department integer, moment timestamptz, until timestamptz) returns table (overdue bigint, today bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(o.failed), count(*) - count(o.failed) from owed(of_department, moment, report_owed.until) o where (select reader_oversees(of_department));
end;

-- The days of a department that are published, `starts`: when each begins, and when the last ends. rolled: it is added up, by this zone and
-- version, and nothing of it has changed since. None while the last of them runs, whoever asks: nobody watches single promises come in.
create function published_days(of_department integer, of_zone text, of_version integer, days date[], starts timestamptz[])
returns table (day date, since timestamptz, until timestamptz, rolled boolean) language sql stable
begin atomic
  select d.day, starts[d.n], starts[d.n + 1],
         r.department is not null and not exists (select from report_late l where l.department = of_department and l.at >= starts[d.n]
                                                                              and l.at < starts[d.n + 1])
    from unnest(days) with ordinality d (day, n)
    left join report_rolled r on r.department = of_department and r.zone = of_zone and r.version = of_version and d.day >= r.first and d.day < r.until
   where (select reader_reach()) >= 1 and starts[cardinality(starts)] <= (select reader_at());
end;

-- Counts by month, in groups that nothing is in twice.
create function report_published(of_department integer, of_zone text, of_version integer, days date[], starts timestamptz[])
returns table (month date, part text, n bigint, failed bigint) language sql stable security definer set search_path = public, pg_temp
begin atomic
  with d as materialized (select x.* from published_days(of_department, of_zone, of_version, days, starts) x)
  select c.day - (extract(day from c.day)::integer - 1),
         case when c.same_day then 'same_day' when c.kind = 'expectation' then 'expectation' else 'rest' end, sum(c.n)::bigint, sum(c.failed)::bigint
    from (select d.day, r.kind, r.same_day, r.n, r.failed from d join report_days r on r.department = of_department and r.day = d.day where d.rolled
          union all
          select d.day, r.kind, r.same_day, 1, (r.failed is not null)::integer
            from d cross join lateral reported(of_department, d.since, d.until, reader_at()) r where not d.rolled) c
   group by 1, 2;
end;

-- How many minutes of business time first replies took of those that came, by month: p50 and p85.
create function report_published_spans(of_department integer, of_zone text, of_version integer, days date[], starts timestamptz[])
returns table (month date, n bigint, spans integer[]) language sql stable security definer set search_path = public, pg_temp
begin atomic
  with d as materialized (select x.* from published_days(of_department, of_zone, of_version, days, starts) x),
  minutes as (
    select x.day - (extract(day from x.day)::integer - 1) as month, x.minute, sum(x.n)::bigint as n
      from (select d.day, u.minute, u.n from d join report_lengths r on r.department = of_department and r.day = d.day and r.grain = 'day',
                   unnest(r.business, r.business_n) u (minute, n) where d.rolled and r.kind = 'first_reply'
            union all
            select d.day, r.business, 1 from d cross join lateral reported_lengths(of_department, d.since, d.until, reader_at()) r
             where not d.rolled and r.kind = 'first_reply' and r.business is not null) x
     group by 1, 2)
  select m.month, sum(m.n)::bigint, minutes_at('{0.5, 0.85}', array_agg(m.minute), array_agg(m.n)) from minutes m group by 1;
end;
