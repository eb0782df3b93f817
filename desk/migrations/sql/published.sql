-- What leaves a report: what is owed today, for whoever answers for the department; and what every employee may know of months that have ended.

-- Unsealed promises that nobody has kept at `moment` and that count as late by then, or will before `until`.
create function report_owed(of_department integer, moment timestamptz, until timestamptz) returns table (overdue bigint, today bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*) filter (where p.state = 'broken' or p.breaks_at <= moment), count(*) filter (where p.state = 'open' and p.breaks_at > moment)
    from promises p join tickets t on t.id = p.ticket
   where p.department = of_department and p.settled_at is null and p.state in ('open', 'broken') and p.breaks_at < until and not t.sealed
     and not exists (select from updates u where u.id = p.of_update and u.sealed) and (select reader_oversees(of_department));
end;

-- Counts of whole months, `months`: their beginnings and the last one's end, ascending. Groups that nothing is in twice. None while the last of
-- them runs, whoever asks: nobody watches single promises come in.
create function report_published(of_department integer, months timestamptz[]) returns table (month integer, part text, n bigint, failed bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select width_bucket(r.due_at, months), case when r.same_day then 'same_day' when r.kind = 'expectation' then 'expectation' else 'rest' end,
         count(*), count(r.failed)
    from reported(of_department, months[1], months[cardinality(months)], months[cardinality(months)]) r
   where (select reader_reach()) >= 1 and months[cardinality(months)] <= (select reader_at()) group by 1, 2;
end;

-- How long first replies took of those that came, in seconds of business time: p50 and p85; `n` without those from before days were laid out.
create function report_published_spans(of_department integer, months timestamptz[]) returns table (month integer, n bigint, spans bigint[])
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.month, count(s.business), percentile_disc(array[0.5, 0.85]) within group (order by s.business)
    from (select width_bucket(r.due_at, months) as month,
                 case when p.settled_at is null then null when p.runs_on is null or p.runs_on >= p.settled_at then p.used
                      else p.used + business_seconds(b, utc_second(p.settled_at)) - business_seconds(a, utc_second(p.runs_on)) end::bigint as business
            from reported(of_department, months[1], months[cardinality(months)], months[cardinality(months)]) r
            join promises p on p.id = r.promise
            left join calendar_days a on a.calendar = p.calendar and a.day = utc_day(p.runs_on)
            left join calendar_days b on b.calendar = p.calendar and b.day = utc_day(p.settled_at)
           where r.kind = 'first_reply') s
   where (select reader_reach()) >= 1 and months[cardinality(months)] <= (select reader_at()) group by 1;
end;
