-- Letters that wait for a person: who handles requests or keeps the desk sees that there is one, from whom and why. Never its words.
create function handles_any() returns boolean language sql stable set search_path = public, pg_temp
  return exists (select from memberships m where m.person = reader_person() and m.level >= 3)
      or exists (select from headships h where h.person = reader_person() and h.since <= reader_at() and (h.until is null or h.until > reader_at()));
create function may_see_letters() returns boolean language sql stable set search_path = public, pg_temp
  return reader_reach() >= 1 and (
    exists (select from roles r where r.person = reader_person() and r.role = 'administrator') or handles_any());
create function letters_waiting(at_most integer)
returns table (token text, at timestamptz, channel text, address text, state text, outcome text, fault text, bytes integer, tries smallint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.token::text, l.at, split_part(l.channel, ':', 1), coalesce(nullif(l.author, ''), l.sender)::text, l.state::text, l.outcome::text, l.fault, l.bytes, l.tries
    from letters l where l.state in ('held', 'dead') and may_see_letters() order by l.id desc limit at_most;
end;
-- Letters that became a request or words under it, for who may look at them as they came: their writer; and of the one that
-- filed a request whoever reads that. A function of what the reader reads, so that what is shut changes nothing in it.
create function letters_looked_at(of_number bigint)
returns table (id bigint, token text, at timestamptz, author text, own boolean, ticket bigint, of_update bigint, tier smallint)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.id, l.token::text, l.at, p.name, p.id = reader_person(), t.id, l.of_update, coalesce(u.tier, t.tier)
    from tickets t join letters l on l.ticket = t.id left join updates u on u.id = l.of_update
    join people p on p.id = coalesce(u.author, t.logged_by, t.requester)
   where t.number = of_number and opened_to_reader(t.audience, 'ticket:' || t.id, t.id) and l.state = 'done'
     and case when l.of_update is null then l.outcome = 'request' and t.removed_at is null
              else l.outcome <> 'automatic' and u.author = reader_person() and u.removed_at is null
                   and opened_to_reader(u.audience, 'update:' || u.id, t.id) end;
end;
-- What somebody decides: replay (once more), take (in a handler's name, by the worker: nobody reads it before it is a request), aside.
-- `of_token` null: replay all that are dead. Returns how many letters it was done with.
create function decide_letters(of_token text, what text, moment timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  done integer;
begin
  if not may_see_letters() or what = 'take' and not handles_any() or of_token is null and what <> 'replay' then
    raise exception 'letters: not for this reader' using errcode = 'insufficient_privilege';
  end if;
  update letters l
     set state = case what when 'aside' then 'done' else 'kept' end, tries = 0, next_at = moment,
         taken_by = case what when 'take' then reader_person() end
   where case when of_token is null then l.state = 'dead' else l.token = of_token and l.state in ('held', 'dead') end
     and (what <> 'take' or l.state = 'held');
  get diagnostics done = row_count;
  return done;
end $$;
