-- The chain over the journal (docs/architecture.md): who rewrites an entry, or takes one out, breaks it. Locks move by law, so they are not in it.
create function entry_digest(before bytea, e entries) returns bytea language sql stable
  return sha256(before || convert_to(jsonb_build_array(e.id, e.tag, (extract(epoch from e.at) * 1000000)::bigint, e.by, e.ticket, e.subject, e.data)::text, 'UTF8'));

-- Chains the committed entries that are in no link yet, in the order of their ids as far as they are there. One sealer at a time; whoever writes
-- the journal never waits for it. Nothing is looked for before the entry that was chained an hour ago: no transaction lasts as long.
create function chain_entries(moment timestamptz, at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e entries;
  head chain_links;
  since bigint;
  chained integer := 0;
begin
  perform only_the_desk();
  if not pg_try_advisory_xact_lock(hashtext('chain_links')) then
    return 0;
  end if;
  perform set_config('synchronous_commit', 'on', true); -- until the commit: the anchor must not know a link that a crash takes back
  select l.* into head from chain_links l order by l.position desc limit 1;
  head.position := coalesce(head.position, 0);
  head.hash := coalesce(head.hash, '');
  select l.entry into since from chain_links l where l.at <= moment - interval '1 hour' order by l.at desc, l.position desc limit 1;
  for e in select x.* from entries x where x.id > coalesce(since, 0) and not exists (select from chain_links l where l.entry = x.id)
            order by x.id limit at_most loop
    head.position := head.position + 1;
    head.hash := entry_digest(head.hash, e);
    insert into chain_links (position, entry, hash, at) values (head.position, e.id, head.hash, moment);
    chained := chained + 1;
  end loop;
  return chained;
end $$;

-- The last link. For the sealer and for whoever verifies.
create function chain_head(out head_position bigint, out head_hash bytea) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  select l.position, l.hash into head_position, head_hash from chain_links l order by l.position desc limit 1;
end $$;

create function chain_hash(at_position bigint) returns bytea language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return (select l.hash from chain_links l where l.position = at_position);
end $$;

-- The first link of some that does not hold: its entry has been altered or is gone, or a link is gone. No row: all of them hold.
create function broken_link(after_position bigint, many integer) returns table (at_position bigint, of_entry bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  return query
  select p.n, l.entry
    from generate_series(after_position + 1, least(after_position + many, (select max(x.position) from chain_links x))) p (n)
    left join chain_links l on l.position = p.n left join chain_links b on b.position = p.n - 1 left join entries e on e.id = l.entry
   where l.position is null or p.n > 1 and b.hash is null or l.hash is distinct from case when e.id is not null then entry_digest(coalesce(b.hash, ''), e) end
   order by p.n limit 1;
end $$;

-- Entries in no link, and since when the oldest of them has waited.
create function unchained(out many bigint, out oldest timestamptz) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_the_desk();
  select count(*), min(e.at) into many, oldest from entries e where not exists (select from chain_links l where l.entry = e.id);
end $$;
