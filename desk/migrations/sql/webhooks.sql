-- What no page shows: where a webhook leads and what it signs with. For the worker, of one that has not ended.
create function webhook_target(of_webhook bigint) returns table (address text, secret text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query select w.address, w.secret from webhooks w where w.id = of_webhook and w.ended_at is null;
end $$;

-- How its calls have fared, in cells: for who keeps it, without a word of them.
create function webhook_outcomes()
returns table (webhook bigint, waiting bigint, dead bigint, sent_at timestamptz, failed_at timestamptz, fault text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select w.id, c.waiting, c.dead, c.sent_at, f.next_at, f.fault::text from webhooks w
   cross join lateral (select count(*) filter (where k.state = 'waiting') as waiting, count(*) filter (where k.state = 'dead') as dead,
                              max(k.done_at) filter (where k.state = 'sent') as sent_at
                         from webhook_calls k where k.webhook = w.id) c
    left join lateral (select coalesce(k.done_at, k.at) as next_at, k.fault from webhook_calls k
                        where k.webhook = w.id and k.fault is not null order by k.id desc limit 1) f on true
   where w.ended_at is null
     and (exists (select from roles r where r.person = reader_person() and r.role = 'administrator')
          or exists (select from headships h where h.person = reader_person() and h.department = w.department
                                               and h.since <= reader_at() and (h.until is null or h.until > reader_at())));
end $$;
