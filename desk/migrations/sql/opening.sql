-- What has waited long enough opens by itself, to `opens_to`, and says so in the journal: requests, then words, then files. Words and
-- files under a request that stays shut stay as shut as it, and for as long.
create function open_due(departments integer[], today date, moment timestamptz, at_most integer default 500)
returns table (item text, ticket bigint) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
begin
  perform only_the_desk();
  for t in select x.id as ticket from tickets x where x.opens_on <= today and x.owner_department = any (departments) order by x.opens_on limit at_most for update skip locked loop
    update tickets x set tier = x.opens_to, reason = case when x.opens_to >= 2 then x.reason end, opens_on = null, sealed = x.sealed and x.opens_to >= 3
     where x.id = t.ticket;
    perform relock_ticket(t.ticket);
    perform desk_entry('words_opened', moment, t.ticket, 'ticket:' || t.ticket, '{}', locks_of_item('ticket:' || t.ticket));
    item := 'ticket:' || t.ticket; ticket := t.ticket; return next;
  end loop;
  for t in select u.id, u.ticket, u.tier, u.opens_to, o.floor, o.until from updates u cross join lateral shut_above(u.ticket) o
            where u.opens_on <= today and u.owner_department = any (departments) and (o.until is null or o.until > today)
            order by u.opens_on limit at_most for update of u skip locked loop
    update updates u set tier = greatest(t.opens_to, t.floor), reason = case when greatest(t.opens_to, t.floor) >= 2 then u.reason end,
           opens_on = case when t.opens_to < t.floor then t.until end, sealed = u.sealed and greatest(t.opens_to, t.floor) >= 3
     where u.id = t.id;
    update attachments a set tier = u.tier, reason = u.reason, opens_on = u.opens_on, sealed = u.sealed from updates u
     where u.id = t.id and a.of_update = u.id and a.ticket = u.ticket and a.tier >= u.tier and a.opens_on <= today;
    item := 'update:' || t.id; ticket := t.ticket;
    if greatest(t.opens_to, t.floor) < t.tier then
      perform relock_ticket(t.ticket);
      perform desk_entry('words_opened', moment, t.ticket, item, '{}', locks_of_item(item));
    end if;
    return next;
  end loop;
  for t in select a.id, a.ticket, a.tier, a.opens_to, o.floor, o.until from attachments a cross join lateral shut_above(a.ticket, a.of_update) o
            where a.opens_on <= today and a.owner_department = any (departments) and (o.until is null or o.until > today)
            order by a.opens_on limit at_most for update of a skip locked loop
    update attachments a set tier = greatest(t.opens_to, t.floor), reason = case when greatest(t.opens_to, t.floor) >= 2 then a.reason end,
           opens_on = case when t.opens_to < t.floor then t.until end, sealed = a.sealed and greatest(t.opens_to, t.floor) >= 3
     where a.id = t.id;
    item := 'attachment:' || t.id; ticket := t.ticket;
    if greatest(t.opens_to, t.floor) < t.tier then
      perform relock_ticket(t.ticket);
      perform desk_entry('words_opened', moment, t.ticket, item, '{}', locks_of_item(item));
    end if;
    return next;
  end loop;
end $$;
-- How shut what hangs under a request has to stay (0: it need not), and until when; a file also by its words. What itself is due and has
-- not opened yet (another worker holds it) is waited for.
create function shut_above(of_ticket bigint, of_words bigint default null, out floor smallint, out until date)
language sql stable set search_path = public, pg_temp
begin atomic
  select coalesce(max(x.tier), 0)::smallint, max(x.opens_on)
    from (select t.tier, t.opens_on from tickets t where t.id = of_ticket and t.tier >= 2
          union all select u.tier, u.opens_on from updates u where u.id = of_words and u.tier >= 2) x;
end;

-- A seal ends on its day; from then on there is a marker, which says that there was one.
create function end_seals(departments integer[], today date, moment timestamptz, at_most integer default 500)
returns table (item text, ticket bigint) language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  for item, ticket in
    select 'ticket:' || x.id, x.id from (select t.id from tickets t where t.sealed and t.sealed_until <= today and t.owner_department = any (departments)
                                          order by t.sealed_until limit at_most for update skip locked) x
    union all
    select 'update:' || x.id, x.ticket from (select u.id, u.ticket from updates u where u.sealed and u.sealed_until <= today and u.owner_department = any (departments)
                                              order by u.sealed_until limit at_most for update skip locked) x
    union all
    select 'attachment:' || x.id, x.ticket from (select a.id, a.ticket from attachments a where a.sealed and a.sealed_until <= today and a.owner_department = any (departments)
                                                  order by a.sealed_until limit at_most for update skip locked) x loop
    perform set_seal(end_seals.item, null, today);
    perform desk_entry('seal_ended', moment, end_seals.ticket, end_seals.item, '{}', locks_of_item(end_seals.item));
    return next;
  end loop;
end $$;
