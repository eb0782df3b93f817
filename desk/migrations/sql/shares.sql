-- How far open promises are, for whoever may read them: business seconds used up, of how many. SQL only adds, from days that Python has
-- laid out (desk/sla/rules/utc_days.py): wall time is never converted here.
create function utc_day(at timestamptz) returns integer language sql immutable parallel safe
  return floor(date_part('epoch', at) / 86400)::integer;
create function utc_second(at timestamptz) returns integer language sql immutable parallel safe
  return (date_part('epoch', at) - floor(date_part('epoch', at) / 86400) * 86400)::integer;
create function beyond_three(more integer[], second integer) returns integer language sql immutable parallel safe
  return (select sum(least(greatest(second - more[n], 0), more[n + 1] - more[n])) from generate_series(1, cardinality(more), 2) n);
-- Of the whole calendar until a second of a day.
create function business_seconds(d calendar_days, second integer) returns integer language sql immutable parallel safe
  return d.before + least(greatest(second - d.from1, 0), d.to1 - d.from1) + least(greatest(second - d.from2, 0), d.to2 - d.from2)
    + least(greatest(second - d.from3, 0), d.to3 - d.from3) + case when d.more = '{}' then 0 else beyond_three(d.more, second) end;

-- At an instant after all that has happened to them; what is due at an instant in closed time has no business time, and goes by the wall.
-- Null where the days are not laid out, or nothing has been measured yet.
create function open_shares(moment timestamptz)
returns table (promise bigint, department integer, used integer, size integer, share double precision) language sql stable parallel safe
begin atomic
  with today as materialized (
    select d.calendar, business_seconds(d, utc_second(moment)) as until_now from calendar_days d where d.day = utc_day(moment)
  )
  select p.id, p.department, u.used, p.size,
         case when p.size > 0 then u.used / p.size::double precision
              else date_part('epoch', moment - p.started_at) / nullif(date_part('epoch', p.due_at - p.started_at), 0) end
    from promises p left join today t on t.calendar = p.calendar
    left join calendar_days d on d.calendar = p.calendar and d.day = utc_day(p.runs_on)
   cross join lateral (select case when p.runs_on is null then p.used
                                   else p.used + greatest(0, t.until_now - business_seconds(d, utc_second(p.runs_on))) end) u (used)
   where p.settled_at is null and p.started_at <= moment;
end;
