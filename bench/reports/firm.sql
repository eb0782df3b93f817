-- A firm of 20 departments over 24 months, in sets: what reports read, as many as wanted. $REQUESTS, $NOW are put in by firm.py.
create temp table made on commit drop as
  select n as id, 1 + ((n * 7919) % 20)::integer as department,
         date_trunc('minute', until - (730.0 * (total - n) / total) * interval '1 day') as filed,
         (n * 48271 % 1000) / 1000.0 as luck, (n * 69621 % 1000) / 1000.0 as chance
    from (select $REQUESTS::bigint as total, timestamptz '$NOW' as until) w, generate_series(1::bigint, $REQUESTS) n;
insert into tickets (id, number, service, department, accountable, requester, requesting_department, handler, priority, critical, state, channel,
                     unverified, filed_at, resolved_at, reopened, title, body, fields, involved, tier, owner_department, reason, opens_to, sealed,
                     day, audience)
select 100000 + id, 1000000 + id, (3 * department - id % 3)::integer, department, department, (21 + id % 900)::integer, (1 + id % 20)::integer, null, 'routine', false,
       case when filed > timestamptz '$NOW' - interval '6 days' and chance < 0.5 then 'open' else 'accepted' end, 'web', false, filed,
       filed + (1 + 60 * luck) * interval '1 hour', (chance < 0.04)::integer, 'A request about matter ' || id, repeat('Words of a request. ', 12),
       '{}', '{}', case when chance < 0.1 then 2 else 1 end, department, case when chance < 0.1 then 'personal_data' end, 1, false, filed::date,
       case when chance < 0.1 then array['department:' || department, 'person:' || (21 + id % 900)] else array['staff'] end
  from made;
insert into promises (id, token, ticket, kind, department, person, promisee, target, calendar, started_at, due_at, breaks_at, thresholds, size, used,
                      runs_on, level, at_risk, state, settled_at, failed_in, reopened_at, audience)
select 1000000 + 3 * (m.id - 1) + k.n, left(md5(m.id || '-' || k.n), 24), 100000 + m.id, k.kind, m.department, (5 + m.id % 1900)::integer, (21 + m.id % 900)::integer,
       case when k.n < 3 then '{"kind": "same_day"}'::jsonb else '{"kind": "budget", "seconds": 57600}' end, m.department, m.filed + k.after, m.filed + k.after + k.lasts,
       m.filed + k.after + k.lasts, '{}', 28800, (3600 * (1 + 7 * m.luck))::integer, null, 0, false,
       case when m.chance between 0.5 and 0.56 then 'broken' else 'kept' end, m.filed + k.after + k.lasts * (case when m.chance between 0.5 and 0.56 then 1.4 else m.luck end),
       case when m.chance between 0.5 and 0.56 or k.n = 3 and (100000 + m.id) % 29 = 0 then m.department end,
       case when m.chance not between 0.5 and 0.56 and k.n = 3 and (100000 + m.id) % 29 = 0 then m.filed + k.lasts * m.luck + interval '5 hours' end,
       case when m.chance < 0.1 then array['department:' || m.department, 'person:' || (21 + m.id % 900)] else array['staff'] end
  from made m cross join (values (1, 'first_reply', interval '0', interval '7 hours'), (2, 'next_reply', interval '20 hours', interval '6 hours'),
                                 (3, 'resolution', interval '0', interval '50 hours')) k (n, kind, after, lasts)
 where m.filed + k.after + k.lasts < timestamptz '$NOW' + interval '3 days';
insert into promise_events (promise, ticket, item, at, kind, data, audience)
select p.id, p.ticket, 'ticket:' || p.ticket, case e.kind when 'opened' then p.started_at else p.settled_at end, e.kind, '{}', p.audience
  from promises p cross join (values ('opened'), ('kept'), ('reopened')) e (kind)
 where p.ticket > 100000 and (e.kind <> 'reopened' or (p.kind = 'resolution' and p.ticket % 29 = 0));
insert into hops (ticket, holder, department, since, until, audience)
select 100000 + m.id, 'department', case h.n when 2 then 1 + m.department % 20 else m.department end, m.filed + h.n * interval '3 hours' - interval '3 hours',
       case when h.n < 3 and m.chance < 0.2 then m.filed + h.n * interval '3 hours' else m.filed + (10 + 60 * m.luck) * interval '1 hour' end,
       case when m.chance < 0.1 then array['department:' || m.department, 'person:' || (21 + m.id % 900)] else array['staff'] end
  from made m cross join generate_series(1, 3) h (n) where h.n = 1 or m.chance < 0.2;
insert into updates (token, ticket, author, at, unverified, kind, for_requester, asked, disputed, body, tier, owner_department, reason, opens_to, sealed,
                     prolonged, day, audience)
select left(md5('outcome-' || t.id), 24), t.id, (5 + t.id % 1900)::integer, t.resolved_at, false, 'outcome', true, '{}', false, 'It is done.', t.tier,
       t.owner_department, t.reason, 1, false, 0, t.resolved_at::date, t.audience
  from tickets t where t.id > 100000 and t.state = 'accepted';
