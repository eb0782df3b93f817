-- What stands beside every list of a report, whatever the list was asked for: markers of what a department promised in these months, or had in its hands,
-- and the reader may not read. Months alone narrow them: a strip that followed days, kinds, services or other departments would tell by trying what a
-- marker must not say. What counts in these months, was owed at any time in them, or was there: whatever has become of it, so that no marker comes or
-- goes when something is answered.
create function report_markers(of_department integer, since timestamptz, until timestamptz, at_most integer)
returns table (tier smallint, owner_department integer, day date, reason text, opens_on date, raised_on date, prolonged smallint, sealed_until date)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with near as materialized (
    select p.ticket, p.of_update from promises p
     where p.counts_for = of_department and p.reach = 2
       and p.counts_at >= report_markers.since and p.counts_at < report_markers.until
    union
    select p.ticket, p.of_update from promises p
     where p.counts_for = of_department and p.reach = 2 and p.started_at < report_markers.until
       and coalesce(p.settled_at, 'infinity'::timestamptz) >= report_markers.since
    union
    select h.ticket, null from hops h
     where h.department = of_department and h.reach = 2 and h.since < report_markers.until
       and coalesce(h.until, 'infinity'::timestamptz) >= report_markers.since
    union
    select t.id, null from tickets t
     where t.department = of_department and t.tier >= 2 and not t.sealed and t.filed_at < report_markers.until
       and coalesce(t.ended_at, 'infinity'::timestamptz) >= report_markers.since)
  select distinct m.tier, m.owner_department, marker_day(m.tier, m.day) as day, m.reason::text, marker_opens(m.tier, m.day, m.opens_on) as opens_on,
         marker_day(m.tier, m.raised_on) as raised_on, m.prolonged, marker_day(m.tier, m.sealed_until) as sealed_until
    from (select reader_keys() as keys, reader_own_keys() as own, reader_recused() as recused offset 0) k
   cross join near n
    join tickets t on t.id = n.ticket
    left join updates u on u.id = n.of_update
   cross join lateral (
     select t.tier, t.owner_department, t.day, t.reason, t.opens_on, t.raised_on, t.prolonged, t.sealed_until
      where not opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
     union all
     select u.tier, u.owner_department, u.day, u.reason, u.opens_on, u.raised_on, u.prolonged, u.sealed_until
      where opened_by(t.audience, 'ticket:' || t.id, t.id, k.keys, k.own, k.recused)
        and not opened_by(u.audience, 'update:' || u.id, t.id, k.keys, k.own, k.recused)) m
   where (select reader_oversees(of_department)) and not t.sealed and u.sealed is not true
   order by day desc, m.tier, m.owner_department, 4, opens_on, raised_on, m.prolonged, sealed_until limit at_most;
end;
