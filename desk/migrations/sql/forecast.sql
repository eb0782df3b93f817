-- What the forecast learns from: counts of resolutions that were alike, never rows, words or persons. What is sealed is in no count.
-- 0 calm, 1 busy, 2 very busy; the rule of desk/sla/rules/prediction/cells.py once more, a test compares the two.
create function load_of(open_requests bigint, handlers bigint) returns smallint language sql immutable
  return ((open_requests >= 5 * greatest(handlers, 1))::integer + (open_requests >= 15 * greatest(handlers, 1))::integer)::smallint;

-- Resolutions promised since then and decided before a moment; `recent`: from the cutoff on. A promise stands in the cell of every stage of its time
-- (until 50, 75, 100 % are used up, pauses left out) that it reached still open, with the load and the handovers of the instant when
-- that stage began. n: kept or broken in the end, late: broken; risked: not withdrawn within the stage, ended: resolved within it.
create function forecast_cells(since timestamptz, cutoff timestamptz, moment timestamptz)
returns table (recent boolean, service integer, stage smallint, load smallint, hops smallint, n bigint, late bigint, risked bigint, ended bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  with resolutions as materialized (
    select p.id, p.ticket, p.department, t.service, p.started_at, p.settled_at, p.thresholds, p.state,
           case when p.state = 'broken' then p.breaks_at else p.settled_at end as decided_at
      from promises p join tickets t on t.id = p.ticket
     where p.kind = 'resolution' and not t.sealed and (p.settled_at is null or p.settled_at >= forecast_cells.since)
  ), decided as (
    select r.*, case when r.state = 'broken' then 2 else (r.decided_at > r.thresholds[1])::integer + (r.decided_at > r.thresholds[2])::integer end as last
      from resolutions r
     where r.state in ('kept', 'broken', 'withdrawn') and r.started_at >= forecast_cells.since and r.decided_at < moment and cardinality(r.thresholds) = 4
  ), stages as materialized (
    select d.id, d.ticket, d.department, d.service, d.decided_at, d.state, d.last, s.stage, (array[d.started_at] || d.thresholds)[s.stage + 1] as begins
      from decided d cross join lateral generate_series(0, d.last) s (stage)
  ), flow as (
    select o.department, o.started_at as at, 1 as change, null::bigint as id, null::integer as stage from resolutions o
     union all select o.department, o.settled_at, -1, null, null from resolutions o where o.settled_at is not null
     union all select s.department, s.begins, 0, s.id, s.stage from stages s
  ), loads as (
    select f.id, f.stage, sum(f.change) over (partition by f.department order by f.at) as open_requests from flow f
  ), handlers as (
    select m.department, count(*) as n from memberships m where m.level >= 3 group by m.department
  ), passed as (
    select h.ticket, h.since as at
      from (select x.ticket, x.since, x.department, lag(x.department) over (partition by x.ticket order by x.since, x.id) as giving
              from hops x where x.holder = 'department' and x.ticket in (select d.ticket from decided d)) h
     where h.giving <> h.department
  ), handed as (
    select s.id, s.stage, count(*) as times from stages s join passed p on p.ticket = s.ticket and p.at <= s.begins group by s.id, s.stage
  )
  select s.decided_at >= cutoff, s.service, s.stage::smallint, load_of(l.open_requests, coalesce(w.n, 0)), least(coalesce(h.times, 0), 2)::smallint,
         count(*) filter (where s.state <> 'withdrawn'), count(*) filter (where s.state = 'broken'),
         count(*) filter (where s.state <> 'withdrawn' or s.stage < s.last), count(*) filter (where s.state = 'kept' and s.stage = s.last)
    from stages s join loads l on l.id = s.id and l.stage = s.stage
    left join handlers w on w.department = s.department left join handed h on h.id = s.id and h.stage = s.stage
   group by 1, 2, 3, 4, 5;
end $$;

-- How busy each department is now.
create function forecast_loads() returns table (department integer, load smallint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select o.department, load_of(o.n, (select count(*) from memberships m where m.department = o.department and m.level >= 3))
    from (select p.department, count(*) as n from promises p join tickets t on t.id = p.ticket and not t.sealed
           where p.kind = 'resolution' and p.settled_at is null group by p.department) o;
end $$;
