-- How requests come to a department, go from hand to hand and leave. Every figure counts what is not sealed, with the locksmith's eyes, and gives nothing
-- to whoever does not answer for the department (reader_oversees). SQL knows instants only: which day or hour that was, Python says.

-- A stay: from when a request comes into a department's hands until it goes to another's, or ends; while the requester is asked it goes on.
-- nth: which of the request's stays; came_from: who had it before, if that was another; held: seconds in the department's own hands until `moment`.
create function stays(of_tickets bigint[], moment timestamptz)
returns table (ticket bigint, nth bigint, department integer, since timestamptz, until timestamptz, came_from integer, held bigint)
language sql stable
begin atomic
  select s.ticket, s.nth, s.department, s.since, s.until, s.came_from, s.held
    from (select r.ticket, r.nth, r.department, r.since, coalesce(lead(r.since) over (partition by r.ticket order by r.nth), r.ends) as until, r.came_from, r.held
            from (select c.ticket, c.nth, min(c.department) as department, min(c.since) as since, min(c.ends) as ends, min(c.came_from) as came_from,
                         floor(date_part('epoch', sum(coalesce(c.until, moment) - c.since)))::bigint as held
                    from (select b.*, count(*) filter (where b.begins) over (partition by b.ticket order by b.since, b.id) as nth
                            from (select h.*, h.department is null or lag(h.department) over w is distinct from h.department as begins,
                                         nullif(coalesce(lag(h.department) over w, lag(h.department, 2) over w), h.department) as came_from
                                    from (select x.id, x.ticket, x.holder, x.department, x.since, x.until,
                                                 last_value(x.until) over (partition by x.ticket order by x.since, x.id
                                                                           rows between unbounded preceding and unbounded following) as ends
                                            from hops x where x.ticket = any (of_tickets)) h
                                   where h.holder <> 'requester' window w as (partition by h.ticket order by h.since, h.id)) b) c
                   group by c.ticket, c.nth) r) s
   where s.department is not null;
end;

-- Arrivals and departures: as stays are, but what is resolved has departed, and comes again with its reopening. A line for each time that a
-- department had a request in its own hands. came: when it got there (null: it was there already); went: when it departed after that (null: not then).
create function visits(of_tickets bigint[]) returns table (ticket bigint, department integer, came timestamptz, went timestamptz)
language sql stable
begin atomic
  select v.ticket, v.department, case when v.before is distinct from v.department or v.departed is not null then v.since end, v.went
    from (select d.*, lag(d.department) over w as before, lag(d.went) over w as departed
            from (select n.ticket, n.id, n.department, n.since,
                         coalesce(o.at, case when n.next is distinct from n.department then coalesce(n.next_since, n.ends) end) as went
                    from (select h.*, lead(h.department) over w as next, lead(h.since) over w as next_since, lead(h.until) over w as next_until,
                                 lead(h.id) over w is null as is_last
                            from (select x.id, x.ticket, x.holder, x.department, x.since, x.until,
                                         last_value(x.until) over (partition by x.ticket order by x.since, x.id
                                                                   rows between unbounded preceding and unbounded following) as ends
                                    from hops x where x.ticket = any (of_tickets)) h
                           where h.holder <> 'requester' window w as (partition by h.ticket order by h.since, h.id)) n
                    join tickets t on t.id = n.ticket
                    -- the outcome after which it was in nobody's own hands: words say all of them, the request only the one that stands
                   cross join lateral (select case when t.reopened = 0 then t.resolved_at
                                                   else (select min(u.at) from updates u where u.ticket = n.ticket and u.kind = 'outcome' and u.at >= n.until) end as at) y
                    left join lateral (select y.at where y.at >= n.until and (n.is_last or y.at < coalesce(n.next_until, 'infinity'))) o on true) d
          window w as (partition by d.ticket order by d.since, d.id)) v
   where v.department is not null;
end;

-- Requests that a department has had and that got into anybody's hands from `since` on and before `until`; with `ends`, or were resolved or ended then:
-- wherever they stood (one that waits for its requester is handed over without a hop), and whatever became of them since. Once or several times.
create function moved(of_department integer, since timestamptz, until timestamptz, ends boolean) returns table (ticket bigint)
language sql stable
begin atomic
  select x.ticket from (
    select h.ticket from departments d join hops h on h.department = d.id and h.since >= moved.since and h.since < moved.until
    union all
    select u.ticket from updates u where u.kind = 'outcome' and u.at >= moved.since and u.at < moved.until and ends
    union all
    select t.id from departments d join tickets t on t.department = d.id and t.ended_at >= moved.since and t.ended_at < moved.until
                                                 and t.resolved_at is null where ends
    union all
    select h.ticket from hops h where h.holder = 'nobody' and h.since >= moved.since and h.since < moved.until and ends) x
   where x.ticket in (select o.ticket from hops o where o.department = of_department);
end;

-- Requests that came and went, by quarters of an hour since 1970: every zone's days and hours begin with one.
create function report_arrivals(of_department integer, since timestamptz, until timestamptz)
returns table (quarter bigint, came bigint, went bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select floor(date_part('epoch', e.at) / 900)::bigint, count(*) filter (where e.came), count(*) filter (where not e.came)
    from visits(array(select m.ticket from moved(of_department, report_arrivals.since, report_arrivals.until, true) m)) v
    join tickets t on t.id = v.ticket
   cross join lateral (values (v.came, true), (v.went, false)) e (at, came)
   where (select reader_oversees(of_department)) and v.department = of_department and not t.sealed
     and e.at >= report_arrivals.since and e.at < report_arrivals.until
   group by 1;
end;

-- Handovers to (`came`) and from a department by the other one; waited: p50 and the longest of what the receiver had it in its own hands, in seconds;
-- returned: came back later to whoever had handed it over.
create function report_handovers(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (other integer, came boolean, n bigint, waited bigint[], returned bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with s as materialized (
    select x.* from stays(array(select m.ticket from moved(of_department, report_handovers.since, report_handovers.until, false) m), moment) x)
  select case when s.department = of_department then s.came_from else s.department end, s.department = of_department, count(*),
         percentile_disc(array[0.5, 1]) within group (order by s.held),
         count(*) filter (where l.nth > s.nth)
    from s join tickets t on t.id = s.ticket
    left join (select b.ticket, b.department, max(b.nth) as nth from s b group by 1, 2) l on l.ticket = s.ticket and l.department = s.came_from
   where (select reader_oversees(of_department)) and not t.sealed and s.came_from is not null and of_department in (s.department, s.came_from)
     and s.since >= report_handovers.since and s.since < report_handovers.until
   group by 1, 2;
end;

-- Requests that went to and fro: three handovers or more between the same two departments, one of them then. Ids: the desk reads of them what it may.
create function report_to_and_fro(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (ticket bigint, other integer, times bigint, last_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.ticket, s.department + s.came_from - of_department, count(*), max(s.since)
    from stays(array(select m.ticket from moved(of_department, report_to_and_fro.since, report_to_and_fro.until, false) m), moment) s
    join tickets t on t.id = s.ticket
   where (select reader_oversees(of_department)) and not t.sealed and s.came_from is not null and of_department in (s.department, s.came_from)
   group by 1, 2
  having count(*) >= 3 and bool_or(s.since >= report_to_and_fro.since and s.since < report_to_and_fro.until);
end;

-- Requests that were resolved then, or ended without, and that the department had held until then.
create function finished(of_department integer, since timestamptz, until timestamptz) returns table (ticket bigint, filed_at timestamptz, at timestamptz)
language sql stable
begin atomic
  with near as materialized (
    select x.id from (
      select t.id from departments d join tickets t on t.department = d.id and t.resolved_at >= finished.since and t.resolved_at < finished.until
      union all
      select t.id from departments d join tickets t on t.department = d.id and t.ended_at >= finished.since and t.ended_at < finished.until
                                                   and t.resolved_at is null) x
     where x.id in (select o.ticket from hops o where o.department = of_department))
  select t.id, t.filed_at, coalesce(t.resolved_at, t.ended_at) from near n join tickets t on t.id = n.id
   where not t.sealed
     and exists (select from hops o where o.ticket = t.id and o.department = of_department and o.since <= coalesce(t.resolved_at, t.ended_at));
end;

-- Of these: wall time until then by holder, in microseconds; holder 'all' is the whole from filing to then, of the requests themselves.
create function report_hands(of_department integer, since timestamptz, until timestamptz)
returns table (holder text, department integer, n bigint, wall bigint, longest bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with c as materialized (
    select f.ticket as id, f.filed_at, f.at from finished(of_department, report_hands.since, report_hands.until) f
     where (select reader_oversees(of_department)))
  select p.holder, p.department, count(*), sum(p.wall)::bigint, max(p.wall)::bigint
    from (select h.holder::text, h.department, sum(date_part('epoch', least(h.until, c.at) - h.since) * 1000000)::bigint as wall
            from c join hops h on h.ticket = c.id and h.since < c.at group by c.id, h.holder, h.department
          union all
          select 'all', null, (date_part('epoch', c.at - c.filed_at) * 1000000)::bigint from c) p
   group by 1, 2;
end;

-- Sign-offs that fell due then and were not taken back in time: given within `spot`, in time, late, or not given yet.
create function report_sign_offs(of_department integer, since timestamptz, until timestamptz, spot interval)
returns table (spot_n bigint, in_time bigint, late bigint, owed bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*) filter (where p.settled_at - p.started_at <= spot),
         count(*) filter (where p.settled_at - p.started_at > spot and p.state = 'kept'),
         count(*) filter (where p.settled_at - p.started_at > spot and p.state <> 'kept' and not g.given_up),
         count(*) filter (where p.settled_at is null or g.given_up)
    from promises p join tickets t on t.id = p.ticket
   cross join lateral (select p.state = 'broken' and p.settled_at is not null and given_up(p.id) as given_up) g
   where (select reader_oversees(of_department)) and p.counts_for = of_department and p.kind = 'sign_off' and p.state <> 'withdrawn'
     and p.counts_at >= report_sign_offs.since and p.counts_at < report_sign_offs.until
     and not t.sealed and not exists (select from updates u where u.id = p.of_update and u.sealed);
end;

-- With which the requester had to do once: never in other hands, never reopened, nothing said or asked before the outcome.
create function at_once(of_ticket bigint, of_department integer, times_reopened integer, resolved timestamptz) returns boolean language sql stable
  return times_reopened = 0
     and not exists (select from hops h where h.ticket = of_ticket and h.department <> of_department)
     and not exists (select from updates u where u.ticket = of_ticket and u.kind in ('reply', 'cannot_tell', 'question') and u.at <= resolved and not u.sealed);

-- Requests that the department resolved then, and those of them that were done at once.
create function report_first_contact(of_department integer, since timestamptz, until timestamptz) returns table (n bigint, hits bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(*), count(*) filter (where at_once(t.id, of_department, t.reopened, t.resolved_at))
    from tickets t
   where (select reader_oversees(of_department)) and t.department = of_department and not t.sealed
     and t.resolved_at >= report_first_contact.since and t.resolved_at < report_first_contact.until;
end;

-- How the work of a service rests on people: how many resolved then, how many handlers, the most that one of them did. Never who; nothing below five.
create function report_single_points(of_department integer, since timestamptz, until timestamptz)
returns table (service integer, n bigint, people bigint, most bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.service, sum(w.n)::bigint, count(*), max(w.n)
    from (select t.service, t.handler, count(*) as n from tickets t
           where (select reader_oversees(of_department)) and t.department = of_department and not t.sealed
             and t.resolved_at >= report_single_points.since and t.resolved_at < report_single_points.until
           group by 1, 2) w
   group by 1 having sum(w.n) >= 5;
end;

-- From which departments the requests came that a department got then; with null: from everywhere, and the most from one requester.
create function report_requesters(of_department integer, since timestamptz, until timestamptz)
returns table (department integer, n bigint, people bigint, most bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with came as materialized (
    select t.requesting_department, t.requester from tickets t
     where (select reader_oversees(of_department)) and not t.sealed and t.id in (
       select v.ticket from visits(array(select h.ticket from hops h where h.department = of_department and h.since >= report_requesters.since
                                            and h.since < report_requesters.until)) v
        where v.department = of_department and v.came >= report_requesters.since and v.came < report_requesters.until))
  select c.requesting_department, count(*), null, null from came c group by 1
  union all
  select null, coalesce(sum(p.n), 0)::bigint, count(*), max(p.n) from (select c.requester, count(*) as n from came c group by 1) p having count(*) > 0;
end;

-- The one verdict of a request that several departments held: of what this one promised, by who else held it until then; of what others promised while
-- this one held it; and what those others, asked within such requests, owed as help.
create function report_mutual(of_department integer, since timestamptz, until timestamptz, moment timestamptz)
returns table (other integer, part text, n bigint, kept bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.other, v.part, count(*), count(*) filter (where v.kept)
    from (select o.department as other, 'ours' as part, r.failed is null as kept
            from reported(of_department, report_mutual.since, report_mutual.until, moment) r join promises p on p.id = r.promise
           cross join lateral (select distinct h.department from hops h where h.ticket = r.ticket and h.department <> of_department
                                  and h.since < coalesce(p.settled_at, moment)) o
           where r.kind = 'resolution'
          union all
          select n.owing, case r.kind when 'ola' then 'help' else 'theirs' end, r.failed is null
            from (select q.id, d.id as owing
                    from departments d join promises q on q.counts_for = d.id and q.kind in ('resolution', 'ola')
                                                      and q.counts_at >= report_mutual.since
                                                      and q.counts_at < report_mutual.until
                   where d.id <> of_department and q.ticket in (select h.ticket from hops h where h.department = of_department) offset 0) n
            join promises c on c.id = n.id
           cross join lateral (select x.kind, x.failed from reported(n.owing, report_mutual.since, report_mutual.until, moment) x where x.promise = c.id offset 0) r
           where exists (select from hops h where h.ticket = c.ticket and h.department = of_department and h.since < coalesce(c.settled_at, moment))) v
   where (select reader_oversees(of_department)) group by 1, 2;
end;

-- Requests that were a department's when they ended in that period without being resolved, and that have not gone on since: declined, withdrawn by their
-- requesters, merged into others. What was handed over while its requester was asked is the receiver's, though no hop says so yet.
create function report_ended(of_department integer, since timestamptz, until timestamptz) returns table (state text, n bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.state::text, count(*) from tickets t
   where t.department = of_department and t.ended_at >= report_ended.since and t.ended_at < report_ended.until
     and t.state in ('declined', 'withdrawn', 'merged') and not t.sealed and (select reader_oversees(of_department)) group by 1;
end;

-- The requests behind a figure: came, went; received from another department, handed to it; finished; held by one before; resolved (of a service), at once;
-- came, asked by a department; declined, withdrawn, merged; backlog (at hand now, filed in that period). Names of rows, which the reader may read or not.
create function report_requests(of_department integer, since timestamptz, until timestamptz, moment timestamptz, what text, other integer)
returns bigint[] language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when not reader_oversees(of_department) then '{}' else array(
    select distinct t.id from (
      select v.ticket
        from visits(array(select m.ticket from moved(of_department, report_requests.since, report_requests.until, what = 'went') m
                           where what in ('came', 'went', 'asked_by'))) v
       where v.department = of_department and case what when 'went' then v.went else v.came end >= report_requests.since
         and case what when 'went' then v.went else v.came end < report_requests.until
      union all
      select s.ticket
        from stays(array(select m.ticket from moved(of_department, report_requests.since, report_requests.until, false) m
                          where what in ('received', 'handed')), moment) s
       where s.since >= report_requests.since and s.since < report_requests.until
         and case what when 'received' then s.department = of_department and s.came_from = other
                       else s.department = other and s.came_from = of_department end
      union all
      select f.ticket from finished(of_department, report_requests.since, report_requests.until) f
       where what = 'finished'
          or what = 'held' and exists (select from hops h where h.ticket = f.ticket and h.department = other and h.since < f.at)
      union all
      select r.id from tickets r
       where what in ('resolved', 'at_once') and r.department = of_department and r.resolved_at >= report_requests.since
         and r.resolved_at < report_requests.until and (other is null or r.service = other)
         and (what = 'resolved' or at_once(r.id, of_department, r.reopened, r.resolved_at))
      union all
      select e.id from tickets e
       where what in ('declined', 'withdrawn', 'merged') and e.department = of_department and e.state = what
         and e.ended_at >= report_requests.since and e.ended_at < report_requests.until
      union all
      select b.id from tickets b
       where what = 'backlog' and b.department = of_department and b.state in ('open', 'waiting')
         and b.filed_at >= report_requests.since and b.filed_at < report_requests.until) x
      join tickets t on t.id = x.ticket
     where not t.sealed and (what <> 'asked_by' or t.requesting_department = other)) end;
end;
