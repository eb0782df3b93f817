-- What the forecast learns from: counts of resolutions that were alike, never rows, words or persons. What is sealed is in no count.
-- 0 calm, 1 busy, 2 very busy; the rule of desk/sla/rules/prediction/cells.py once more, a test compares the two.
create function load_of(open_requests bigint, handlers bigint) returns smallint language sql immutable
  return ((open_requests >= 5 * greatest(handlers, 1))::integer + (open_requests >= 15 * greatest(handlers, 1))::integer)::smallint;

-- Resolutions promised since then and decided before a moment; `recent`: from the cutoff on. A promise stands in the cell of every stage of its time
-- (until 50, 75, 100 % are used up, pauses left out) that it reached still open, with the load and the handovers of the instant when
-- that stage began. n: kept or broken in the end, late: broken; risked: not withdrawn within the stage, ended: resolved within it.
create function forecast_cells(since timestamptz, cutoff timestamptz, moment timestamptz)
returns table (recent boolean, service integer, stage smallint, load smallint, hops smallint, n bigint, late bigint, risked bigint, ended bigint)
language plpgsql stable security definer set search_path = public, pg_temp set work_mem = '64MB' as $$
begin
  perform only_the_desk();
  return query
  with resolutions as materialized (
    select p.ticket, p.department, t.service, p.started_at, p.settled_at, p.thresholds, p.state,
           case when p.state = 'broken' then p.breaks_at else p.settled_at end as decided_at
      from promises p join tickets t on t.id = p.ticket
     where p.kind = 'resolution' and not t.sealed and (p.settled_at is null or p.settled_at >= forecast_cells.since)
  ), decided as materialized (
    select r.*, r.decided_at >= cutoff as recent, case when r.state = 'broken' then 2
                  else (r.decided_at > r.thresholds[1])::integer + (r.decided_at > r.thresholds[2])::integer end as last
      from resolutions r
     where r.state in ('kept', 'broken', 'withdrawn') and r.started_at >= forecast_cells.since and r.decided_at < moment and cardinality(r.thresholds) = 4
  ), flow as (
    select d.department, case s.stage when 0 then d.started_at else d.thresholds[s.stage] end as at, 0 as change,
           d.ticket, d.recent, d.service, d.state, d.last, s.stage
      from decided d join (values (0), (1), (2)) s (stage) on s.stage <= d.last
     union all select r.department, r.started_at, 1, null, null, null, null, null, null from resolutions r
     union all select r.department, r.settled_at, -1, null, null, null, null, null, null from resolutions r where r.settled_at is not null
  ), stages as (
    select f.*, sum(f.change) over (partition by f.department order by f.at) as open_requests from flow f
  ), handlers as (
    select m.department, count(*) as n from memberships m where m.level >= 3 group by m.department
  ), passed as materialized (
    select h.ticket, array_agg(h.since) as moments
      from (select x.ticket, x.since, x.department, lag(x.department) over (partition by x.ticket order by x.since, x.id) as giving
              from hops x where x.holder = 'department' and x.since >= forecast_cells.since) h
     where h.giving <> h.department group by h.ticket
  ), seen as (
    select s.*, load_of(s.open_requests, coalesce(w.n, 0)) as load,
           case when p.moments is null then 0::smallint
                else least((select count(*) from unnest(p.moments) m where m <= s.at), 2)::smallint end as hops
      from stages s left join handlers w on w.department = s.department left join passed p on p.ticket = s.ticket
     where s.ticket is not null
  )
  select s.recent, s.service, s.stage::smallint, s.load, s.hops,
         count(*) filter (where s.state <> 'withdrawn'), count(*) filter (where s.state = 'broken'),
         count(*) filter (where s.state <> 'withdrawn' or s.stage < s.last), count(*) filter (where s.state = 'kept' and s.stage = s.last)
    from seen s group by 1, 2, 3, 4, 5;
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
