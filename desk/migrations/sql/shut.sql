-- Whoever calls a SECURITY DEFINER function sees with the eyes of the locksmith: nobody may, but for those named here.
-- Before the owner changes: a revoke by somebody else does nothing, and says so only in a warning.
do $$
declare f regprocedure;
begin
  for f in select oid from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proowner = 'desk_owner'::regrole loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;
grant execute on function
  become_reader(integer, integer, timestamptz),
  update_markers(bigint), ticket_marker(bigint), ticket_markers(integer, date, integer),
  transfer_ticket(bigint, integer), involve(bigint, bigint, text), least_load(integer, integer, timestamptz),
  critical_load(integer, bigint),
  entry_facts(bigint), concerned(bigint), operator_entry(text, timestamptz, text, jsonb, text[]),
  open_due(integer[], date, timestamptz, integer), sweep_promises(timestamptz, integer), lapse_acceptances(timestamptz, integer),
  forecast_cells(timestamptz, timestamptz, timestamptz), forecast_loads(),
  search_put(text, tsvector), search_missing(integer), search_terms(tsquery, timestamptz, bigint, integer),
  promise_facts(text), owed_on_old_calendars(integer, bigint, integer),
  move_dues(integer, timestamptz, bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], bigint[], integer[], integer[], bigint[])
  to desk_app;
alter function search_terms(tsquery, timestamptz, bigint, integer) owner to desk_search;
do $$
declare f regprocedure;
begin
  for f in select oid from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proowner = 'desk_owner'::regrole loop
    execute format('alter function %s owner to desk_locksmith', f);
  end loop;
end $$;
