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
  transfer_ticket(bigint, integer), involve(bigint, bigint, text), both_opened(bigint, bigint), relation_opened(text), move_promises(bigint, bigint, bigint[]), follow_recusals(bigint), recused_less(bigint, bigint), least_load(integer, integer, timestamptz),
  critical_load(integer, bigint),
  raise_label(text, integer, text, text, date, integer, date), prolong_label(text, text, text, date), lower_label(text, integer, date),
  chance_number(), unseal(text, date), answer_countersign(text, boolean, timestamptz, date), item_readers(text, timestamptz, integer), labelled_portions(bigint),
  recuse(bigint, integer, text, timestamptz, timestamptz), end_recusal(bigint, integer, timestamptz), recusals_of(bigint, timestamptz),
  end_seals(integer[], date, timestamptz, integer),
  mail_channels(),
  chain_entries(timestamptz, integer), chain_head(), chain_hash(bigint), broken_link(bigint, integer), unchained(),
  entry_facts(bigint), concerned(bigint, timestamptz), operator_entry(text, timestamptz, text, jsonb, text[]),
  open_due(integer[], date, timestamptz, integer), sweep_promises(timestamptz, integer), lapse_acceptances(timestamptz, integer),
  read_ground(text[], text, bigint, integer, integer), viewed_portions(bigint), viewers(bigint, text), had_read(bigint), is_disputed(bigint, text[]), who_reads(text[], bigint, integer),
  remove_words(bigint, jsonb, text), read_elsewhere(date),
  tell_unusual(integer, integer, bigint, text, integer, integer, timestamptz, date),
  forecast_cells(timestamptz, timestamptz, timestamptz), forecast_loads(),
  openness_cells(date, date), openness_waits(integer, date, date), openness_overdue(date, integer[]), openness_honesty(date, date, text[]),
  report_cells(integer[], integer[], timestamptz[], timestamptz[], integer[], integer[], date[], date[], timestamptz),
  report_spans(integer[], timestamptz[], timestamptz[], integer[], text[], date[], date[], timestamptz),
  report_failures(integer, timestamptz[], timestamptz[], timestamptz[], timestamptz[], timestamptz), report_rolls(integer[]),
  roll_days(integer, text, integer, date, timestamptz[], timestamptz), forget_rolls(integer), report_beginnings(),
  report_filed(integer, timestamptz[]), report_begins(integer),
  report_causes(integer, bigint[]), report_backlog(integer, timestamptz[]),
  report_requests(integer, timestamptz, timestamptz, timestamptz, text, integer), report_ended(integer, timestamptz, timestamptz),
  report_markers(integer, timestamptz, timestamptz, integer), report_owed(integer, timestamptz, timestamptz), report_published(integer, text, integer, date[], timestamptz[]),
  report_published_spans(integer, text, integer, date[], timestamptz[]),
  report_arrivals(integer, timestamptz, timestamptz), report_handovers(integer, timestamptz, timestamptz, timestamptz), report_to_and_fro(integer, timestamptz, timestamptz, timestamptz),
  report_hands(integer, timestamptz, timestamptz), report_sign_offs(integer, timestamptz, timestamptz, interval), report_first_contact(integer, timestamptz, timestamptz), report_single_points(integer, timestamptz, timestamptz),
  report_requesters(integer, timestamptz, timestamptz), report_mutual(integer, timestamptz, timestamptz, timestamptz),
  marker_stands(bigint, integer, integer, date, text, date), open_ask(bigint, integer, integer, date, text, date),
  note_ask(bigint, bigint, integer, integer, date, text, date, date), asked_access(bigint), asked_portions(bigint),
  grant_fault(text, timestamptz), give_grants(integer, text[], text, timestamptz, text, bigint), live_grants(bigint), own_grants(), end_grant(text),
  ask_glass(text, bigint, text, integer), glass_asked(), agree_glass(text),
  letters_waiting(integer), letters_looked_at(bigint), decide_letters(text, text, timestamptz),
  search_put(text, tsvector), search_missing(integer), search_terms(tsquery, timestamptz, bigint, integer),
  claim_sendings(timestamptz, timestamptz, integer), sending_became(bigint, text, timestamptz, text, timestamptz),
  bounce_sending(bigint, bigint, integer, boolean, text, text, timestamptz), digests_due(timestamptz, integer), drop_held(integer, timestamptz),
  own_letters(bigint), deliveries(bigint), sending_figures(), untried_since(timestamptz),
  webhook_target(bigint), webhook_outcomes(),
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
