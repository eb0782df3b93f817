-- What became of what a department owed. `reported` looks with the eyes of whoever asks: row security leaves to a reader the rows that they may
-- read; the definer functions below count every unsealed one with the same text, so that figures and rows cannot differ but for markers.

-- Who answers for a department: its head, and whoever stands above its head.
create function reader_oversees(of_department integer) returns boolean language sql stable
begin atomic
  with recursive above as (
    select h.person from headships h where h.department = of_department and h.during @> reader_at()
    union
    select s.superior from above a join superiors s on s.person = a.person and s.during @> reader_at())
  select reader_reach() >= 1 and exists (select from above where person = reader_person());
end;

-- What fell due from `since` on and before `until`, and has been decided at `moment`. failed: broken, overdue (nobody has swept yet),
-- reopened; null is kept. What was withdrawn in time, waits, or runs is not decided; what was merged counts where it had failed.
create function reported(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (promise bigint, ticket bigint, kind text, service integer, same_day boolean, due_at timestamptz, failed text, reopened boolean, renewed boolean)
language sql stable
begin atomic
  select d.* from (
    select p.id, p.ticket, p.kind::text, t.service,
           p.kind in ('first_reply', 'next_reply') and p.target ->> 'kind' = 'same_day' and coalesce((p.target ->> 'extra_days')::integer, 0) = 0,
           p.due_at,
           case when p.state = 'broken' then 'broken' when p.state = 'open' and p.breaks_at <= moment then 'overdue' when e.reopened then 'reopened' end as failed,
           e.reopened, e.renewed
      from promises p join tickets t on t.id = p.ticket
     cross join lateral (select coalesce(bool_or(x.kind = 'reopened'), false) as reopened, coalesce(bool_or(x.kind = 'renewed'), false) as renewed
                           from promise_events x where x.promise = p.id and x.kind in ('reopened', 'renewed')) e
     where p.department = of_department and p.due_at >= since and p.due_at < until and not t.sealed
       and not exists (select from updates u where u.id = p.of_update and u.sealed)
       and (p.state in ('kept', 'broken') or e.reopened or p.state = 'open' and p.breaks_at <= moment)
       and (t.state <> 'merged' or p.state <> 'kept' or e.reopened)) d;
end;

-- Counts; `week`: how many of the instants in `weeks` are not after the due.
create function report_cells(of_department integer, since timestamptz, until timestamptz, weeks timestamptz[], moment timestamptz)
returns table (week integer, kind text, service integer, same_day boolean, n bigint, failed bigint, reopened bigint, renewed bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select width_bucket(r.due_at, weeks), r.kind, r.service, r.same_day, count(*), count(r.failed), count(*) filter (where r.reopened),
         count(*) filter (where r.renewed)
    from reported(of_department, since, until, moment) r where (select reader_oversees(of_department)) group by 1, 2, 3, 4;
end;

-- How long those took that have been answered: p50, p85, p95 and the longest, in seconds; business time while the clock ran, wall time from start
-- to answer. `unmeasured`: from before the days of their calendar were laid out.
create function report_spans(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (kind text, n bigint, unanswered bigint, unmeasured bigint, business bigint[], wall bigint[])
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.kind, count(s.wall), count(*) - count(s.wall), count(s.wall) - count(s.business),
         percentile_disc(array[0.5, 0.85, 0.95, 1]) within group (order by s.business),
         percentile_disc(array[0.5, 0.85, 0.95, 1]) within group (order by s.wall)
    from (select r.kind, floor(date_part('epoch', p.settled_at - p.started_at))::bigint as wall,
                 case when p.settled_at is null then null when p.runs_on is null or p.runs_on >= p.settled_at then p.used
                      else p.used + business_seconds(b, utc_second(p.settled_at)) - business_seconds(a, utc_second(p.runs_on)) end::bigint as business
            from reported(of_department, since, until, moment) r
            join promises p on p.id = r.promise
            left join calendar_days a on a.calendar = p.calendar and a.day = utc_day(p.runs_on)
            left join calendar_days b on b.calendar = p.calendar and b.day = utc_day(p.settled_at)
           where r.kind in ('first_reply', 'resolution')) s
   where (select reader_oversees(of_department)) group by s.kind;
end;

-- Requests that are in a department's hands now and not resolved, by age; `age`: how many of the instants in `ages` (ascending) are not after the filing.
create function report_backlog(of_department integer, ages timestamptz[]) returns table (age integer, n bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select width_bucket(t.filed_at, ages), count(*) from tickets t
   where t.department = of_department and t.state in ('open', 'waiting') and not t.sealed and (select reader_oversees(of_department)) group by 1;
end;

-- In place of the rows of `reported` that the reader may not read; `failures`: only of those that failed.
create function report_markers(of_department integer, since timestamptz, until timestamptz, moment timestamptz, of_kind text, of_service integer, failures boolean, only_same_day boolean)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date, raised_on date, prolonged smallint, sealed_until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct m.tier, m.owner_department, marker_day(m.tier, m.day) as day, m.reason::text, marker_opens(m.tier, m.day, m.opens_on),
         marker_day(m.tier, m.raised_on), m.prolonged, marker_day(m.tier, m.sealed_until)
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join reported(of_department, since, until, moment) r
    join promises p on p.id = r.promise
    join tickets t on t.id = r.ticket
    left join updates u on u.id = p.of_update
   cross join lateral (
     select t.tier, t.owner_department, t.day, t.reason, t.opens_on, t.raised_on, t.prolonged, t.sealed_until
      where not opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
     union all
     select u.tier, u.owner_department, u.day, u.reason, u.opens_on, u.raised_on, u.prolonged, u.sealed_until
      where opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
        and not opened_by(u.audience, 'update:' || u.id, t.id, k.keys, k.own, k.recused)) m
   where (select reader_oversees(of_department)) and (of_kind is null or r.kind = of_kind) and (of_service is null or r.service = of_service)
     and (r.failed is not null or not failures) and (r.same_day or not only_same_day)
   order by 3 desc, 1, 2 limit 100;
end;
