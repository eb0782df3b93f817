-- Takes away all code that the desk has in this database: policies, triggers, functions, rights; of our own roles only.
-- Nothing cascades: a function that a column or an index stands on would belong to the history, and stops the sweep.
do $$
declare
  r text;
  s text;
begin
  if to_regclass('public.people') is not null then
    -- Whoever begins as a reader looks itself up there: this waits for readers under way, and makes the next ones wait.
    lock table people in access exclusive mode;
  end if;
  for s in select format('drop policy %I on %s', polname, polrelid::regclass) from pg_policy p join pg_class c on c.oid = polrelid
            where c.relowner = 'desk_owner'::regrole
           union all
           select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger t join pg_class c on c.oid = tgrelid
            where c.relowner = 'desk_owner'::regrole and not tgisinternal loop
    execute s;
  end loop;
  -- all of one owner in one statement, as they may need each other; the others' stand on desk_owner's
  foreach r in array array['desk_search', 'desk_locksmith', 'desk_owner'] loop
    select 'drop function ' || string_agg(oid::regprocedure::text, ', ') into s from pg_proc
     where pronamespace = 'public'::regnamespace and proowner = r::regrole;
    if s is not null then
      execute format('set local role %I', r);
      execute s;
      set local role desk_owner;
    end if;
  end loop;
  for s in select format('revoke all on %s from desk_app, desk_search, desk_locksmith', oid::regclass) from pg_class
            where relnamespace = 'public'::regnamespace and relowner = 'desk_owner'::regrole and relkind in ('r', 'p', 'v') loop
    execute s;
  end loop;
  for s in select format('revoke all on sequence %s from desk_app, desk_search, desk_locksmith', oid::regclass) from pg_class
            where relnamespace = 'public'::regnamespace and relowner = 'desk_owner'::regrole and relkind = 'S' loop
    execute s;
  end loop;
end $$;
