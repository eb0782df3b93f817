-- How letters arrive, as the administrators' page and `desk doctor` ask: figures of what is not understood yet, no letter.
create function mail_channels()
  returns table (name text, last_good_at timestamptz, fault text, waiting bigint, dead bigint, oldest timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if reader_person() is not null
     and not exists (select from roles r where r.person = reader_person() and r.role = 'administrator') then
    raise exception 'mail_channels: for administrators' using errcode = 'insufficient_privilege';
  end if;
  return query
    with unsettled as (
      select l.channel, count(*) filter (where l.state = 'kept') as waiting, count(*) filter (where l.state = 'dead') as dead,
             min(l.at) filter (where l.state = 'kept') as oldest
        from letters l where l.state <> 'done' group by l.channel)
    select coalesce(c.name, u.channel)::text, c.last_good_at, c.fault::text, coalesce(u.waiting, 0), coalesce(u.dead, 0), u.oldest
      from channels c full join unsettled u on u.channel = c.name;
end $$;
