-- How far open promises are, for whoever may read them: business seconds used up, of how many. SQL only adds, from days that Python has
-- laid out (desk/sla/rules/utc_days.py): wall time is never converted here.
create function utc_day(at timestamptz) returns integer language sql stable parallel safe
  return floor(date_part('epoch', at) / 86400)::integer;
create function utc_second(at timestamptz) returns integer language sql stable parallel safe
  return (floor(date_part('epoch', at))::bigint % 86400)::integer;
create function beyond_three(more integer[], second integer) returns integer language sql immutable parallel safe
  return (select sum(least(greatest(second - more[n], 0), more[n + 1] - more[n])) from generate_series(1, cardinality(more), 2) n);
-- Of the whole calendar until a second of a day.
create function business_seconds(d calendar_days, second integer) returns integer language sql immutable parallel safe
  return d.before + least(greatest(second - d.from1, 0), d.to1 - d.from1) + least(greatest(second - d.from2, 0), d.to2 - d.from2)
    + least(greatest(second - d.from3, 0), d.to3 - d.from3) + case when d.more = '{}' then 0 else beyond_three(d.more, second) end;

-- At an instant after all that has happened to them; what is due at an instant in closed time has no business time, and goes by the wall.
-- Null where the days are not laid out, or nothing has been measured yet. (offset 0: each step is computed once, not in every place where
-- the next one needs it.)
create function open_shares(moment timestamptz)
returns table (promise bigint, department integer, used integer, size integer, share double precision) language sql stable parallel safe
begin atomic
  with today as materialized (
    select d.calendar, business_seconds(d, utc_second(moment)) as until_now from calendar_days d where d.day = utc_day(moment)
  )
  select u.id, u.department, u.used, u.size,
         case when u.size > 0 then u.used / u.size::double precision
              else date_part('epoch', moment - u.started_at) / nullif(date_part('epoch', u.due_at - u.started_at), 0) end
    from (select r.id, r.department, r.size, r.started_at, r.due_at,
                 case when r.day is null then r.used else r.used + greatest(0, t.until_now - business_seconds(d, r.second)) end as used
            from (select p.id, p.department, p.calendar, p.started_at, p.due_at, p.size, p.used, utc_day(p.runs_on) as day,
                         utc_second(p.runs_on) as second
                    from promises p where p.settled_at is null and p.started_at <= moment offset 0) r
            left join today t on t.calendar = r.calendar
            left join calendar_days d on d.calendar = r.calendar and d.day = r.day offset 0) u;
end;
