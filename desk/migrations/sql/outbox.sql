-- Letters that leave. Whose turn it is and what became of each is known across all locks: ids and codes, never a letter. What a letter says is
-- read by its recipient, in a transaction of their own: what they may not read any more is not handed over.

-- Due ones, each for one worker: who is killed meanwhile has not marked it, and it is due again after a while.
create function claim_sendings(moment timestamptz, again_at timestamptz, at_most integer)
returns table (id bigint, person integer, tries smallint) language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  with claimed as (
    update sendings s set next_at = again_at, tries = least(s.tries + 1, 1000)
     where s.id in (select x.id from sendings x where x.state in ('queued', 'deferred') and x.next_at <= moment
                     order by x.next_at, x.id limit at_most for update skip locked)
    returning s.id, s.person, s.tries)
  select c.id, c.person, c.tries from claimed c order by c.id;
end $$;
-- What is settled stays so.
create function sending_became(of_sending bigint, became text, later timestamptz, why text, moment timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  update sendings set state = became, next_at = coalesce(later, next_at), fault = why, sent_at = case when became = 'sent' then moment else sent_at end
   where id = of_sending and state in ('queued', 'deferred');
end $$;

-- It did not arrive. After a refusal of the address no more goes there, and whoever handles the request is told when it was the
-- requester's: whom else a request interests is nobody's business. Once: a second report of the same letter changes nothing.
-- A report names the row, or the entry and person of the letter that came back.
create function bounce_sending(of_sending bigint, of_entry bigint, of_person integer, permanent boolean, why text, new_token text, moment timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s record;
begin
  perform only_the_desk();
  update sendings x set state = 'bounced', fault = why
   where (x.id = of_sending or of_sending is null and x.entry = of_entry and x.person = of_person) and x.state in ('queued', 'deferred', 'sent')
  returning x.id, x.person, x.address, x.ticket, x.subject, x.audience into s;
  if not found then
    return;
  end if;
  if permanent then
    insert into suspensions (token, person, address, at, fault) values (new_token, s.person, s.address, moment, why) on conflict do nothing;
    if found then
      perform desk_entry('address_suspended', moment, null, 'person:' || s.person, '{}', array['person:' || s.person]);
    end if;
  end if;
  if s.person = (select t.requester from tickets t where t.id = s.ticket) then
    perform desk_entry('letter_undelivered', moment, s.ticket, s.subject, jsonb_build_object('person', s.person), s.audience);
  end if;
end $$;

-- Since when the oldest letter waits that nobody has tried to hand over; for `desk doctor`.
create function untried_since(moment timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return (select min(s.next_at) from sendings s where s.state = 'queued' and s.tries = 0 and s.next_at <= moment);
end $$;

create function digests_due(moment timestamptz, at_most integer) returns table (person integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query select distinct s.person from sendings s where s.state = 'held' and s.next_at <= moment order by 1 limit at_most;
end $$;
-- What a digest could not tell, because it may not be read any more, waits for no other.
create function drop_held(of_person integer, moment timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  update sendings s set state = 'skipped', fault = 'shut' where s.person = of_person and s.state = 'held' and s.next_at <= moment;
end $$;

-- Ids of the reader's own letters that became this request or words of it: their answer belongs under them.
create function own_letters(of_ticket bigint) returns table (message_id text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.message_id from letters l join tickets t on t.id = l.ticket
   where l.ticket = of_ticket and l.message_id is not null and opened_to_reader(t.audience, 'ticket:' || t.id, t.id)
     and case when l.of_update is null then coalesce(t.logged_by, t.requester) = reader_person()
              else exists (select from updates u where u.id = l.of_update and u.author = reader_person()) end
   order by l.id;
end;

-- Whether letters about a request arrived: one's own, and to whoever handles it those of the requester. Watchers are named to nobody.
create function deliveries(of_number bigint)
returns table (entry bigint, person integer, tag text, state text, fault text, at timestamptz, sent_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.entry, s.person, s.tag::text, s.state::text, s.fault::text, s.at, s.sent_at
    from tickets t join sendings s on s.ticket = t.id
   where t.number = of_number and opened_to_reader(t.audience, 'ticket:' || t.id, t.id) and opened_to_reader(s.audience, s.subject, s.ticket)
     and (s.subject not like 'relation:%' or relation_opened(s.subject))
     and (s.person = reader_person()
          -- how often somebody wants letters is nobody else's business
          or s.person = t.requester and reader_handles(t.department, t.id)
             and (s.state in ('queued', 'sent', 'deferred', 'bounced') or s.fault in ('suspended', 'address')))
   order by s.id desc limit 500;
end;

-- For administrators: how many letters are where, of what they read themselves: what is shut is in no figure of who may not read it.
create function sending_figures() returns table (state text, letters bigint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select s.state::text, count(*) from sendings s
   where exists (select from roles r where r.person = reader_person() and r.role = 'administrator') and s.ticket is not null
     and opened_to_reader(s.audience, s.subject, s.ticket) and (s.subject not like 'relation:%' or relation_opened(s.subject))
   group by 1;
end;
