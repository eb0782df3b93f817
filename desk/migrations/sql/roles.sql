-- The four roles. None is superuser or has BYPASSRLS; the one who runs this may become any of them (SET ROLE).
--   desk_owner      owns the tables; FORCE ROW LEVEL SECURITY binds it too: it reads no words
--   desk_app        web, worker, commands; always acts as a reader
--   desk_search     owns the search function and reads the index of words: no login, one function only
--   desk_locksmith  owns the functions that make markers and move locks; has no right on titles and bodies, but holds the terms of the
--                   index, which are words in pieces: it rewrites the locks among them
do $$
declare r text;
begin
  foreach r in array array['desk_owner', 'desk_app', 'desk_search', 'desk_locksmith'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
    if not pg_has_role(current_user, r, 'SET') then
      execute format('grant %I to current_user with inherit false, set true', r);
    end if;
  end loop;
  if not pg_has_role('desk_owner', 'desk_locksmith', 'SET') then
    grant desk_locksmith to desk_owner with inherit false, set true;
  end if;
  if not pg_has_role('desk_owner', 'desk_search', 'SET') then
    grant desk_search to desk_owner with inherit false, set true;
  end if;
end $$;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
do $$ begin execute format('grant all on database %I to desk_owner', current_database()); end $$;
grant all on schema public to desk_owner;
grant usage on schema public to desk_app;
grant usage, create on schema public to desk_locksmith, desk_search;
