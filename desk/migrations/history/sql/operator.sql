-- The operator at the shell (import, invite, token) acts as nobody and holds no key, so what it did to people, departments,
-- services and calendars is recorded here, with nobody as the doer. Never about a request.
create function operator_entry(tag text, moment timestamptz, subject text, data jsonb, audience text[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if reader_person() is not null or subject like 'ticket:%' or subject like 'update:%' then
    raise exception 'operator_entry: only for the operator, and never about a request' using errcode = 'insufficient_privilege';
  end if;
  return desk_entry(tag, moment, null, subject, data, audience);
end $$;
alter function operator_entry(text, timestamptz, text, jsonb, text[]) owner to desk_locksmith;
revoke execute on function operator_entry(text, timestamptz, text, jsonb, text[]) from public;
grant execute on function operator_entry(text, timestamptz, text, jsonb, text[]) to desk_app;
