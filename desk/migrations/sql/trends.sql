-- What trends are drawn of, beside report_cells. Sealed ones are in no count.

-- Requests that were filed for a department (the first in whose hands they were), by day; `day`: how many of the instants in `days` (ascending, the
-- last of them ends the last day) are not after the filing.
create function report_filed(of_department integer, days timestamptz[]) returns table (day integer, n bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select width_bucket(h.since, days), count(*) from hops h join tickets t on t.id = h.ticket
   where h.holder = 'department' and h.department = of_department and h.since >= days[1] and h.since < days[cardinality(days)] and not t.sealed
     and not exists (select from hops e where e.ticket = h.ticket and e.since < h.since)
     and (select reader_oversees(of_department)) group by 1;
end;

-- A change is marked by whoever answers for the department, under their own name, for every employee to read.
create policy report_changes_add on report_changes for insert to desk_app
  with check (by = (select reader_person()) and reader_oversees(department) and audience = '{staff}');

-- When a department first had a request in its hands: limits of a trend are made of what came then, until a change is marked.
create function report_begins(of_department integer) returns timestamptz
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.since from hops h join tickets t on t.id = h.ticket
   where h.holder = 'department' and h.department = of_department and not t.sealed and (select reader_oversees(of_department))
   order by h.since limit 1;
end;
