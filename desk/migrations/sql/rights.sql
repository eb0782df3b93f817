-- Who may touch which columns. Whoever is not named here may nothing.
grant select, insert on tickets, updates, attachments, promises, promise_events, hops, watches, notices, countersigns, entries to desk_app;
grant select, insert on reads, removals to desk_app;
grant select on escalations, unusual_reads to desk_app;
-- one who would rather keep the words settles it; that they go is the locksmith's
grant update (state, settled_by, settled_at) on removals to desk_app;
grant delete on watches to desk_app;
-- locks, tiers and seals are moved only by the locksmith: desk_app holds no right on those columns
grant update (department, handler, priority, critical, state, resolved_at, lapses_at, ended_at, reopened) on tickets to desk_app;
grant update (department, person, policy, due_at, breaks_at, thresholds, next_threshold_at, size, used, runs_on, at_risk, state, renewal_at,
              settled_at) on promises to desk_app;
grant update (cause, reason, reason_by, reason_at) on escalations to desk_app;
grant update (until) on hops to desk_app;
-- who could read a link of two requests is asked anew with every row: it has no locks of its own
grant select, insert, update (ended_at) on relations to desk_app;
grant update (read_at) on notices to desk_app;
-- a letter that leaves stays as it was written; what becomes of it is marked by the locksmith's functions (outbox.sql), but for what a digest tells
grant select, insert, update (state, within, fault) on sendings to desk_app;
grant select, update (ended_at, ended_by) on suspensions to desk_app;
grant select, insert, update (pace) on rhythms to desk_app;
grant select, insert on weekly_letters to desk_app;
-- a letter stays as it came: only what became of it is written down
-- where a webhook leads and what it signs with is typed once and read by no page (webhooks.sql)
grant select (id, department, name, kind, host, language, made_by, made_at, ended_at), insert, update (ended_at) on webhooks to desk_app;
grant select, insert, update (state, tries, next_at, done_at, fault, body) on webhook_calls to desk_app;
grant select, insert, update (last_good_at, fault, uidvalidity, last_uid) on channels to desk_app;
grant select on channels to desk_locksmith;
grant select, insert, update (state, tries, next_at, fault, message_id, digest, said, author, taken_by, twin, outcome, ticket, of_update, audience)
  on letters to desk_app;
-- a line of the policies is never changed: promises name the one that gave them
grant select, insert, update (position, ended_at) on policies to desk_app;
-- a forecast stays as it was made: only the load of the departments goes on
grant select, insert, update (loads) on forecasts to desk_app;
-- a marked change stays as it was written
grant select, insert on report_changes to desk_app;
-- tables without words
grant select, insert, update on departments, people, memberships, headships, superiors, absences, roles, credentials, sessions, links,
  tokens, attempts, services, fields, routing_rules, calendars, submissions, errands to desk_app;
grant select, insert, update (ended_at) on ola_targets to desk_app;
grant select, insert on calendar_days to desk_app;
-- who is let in or shut out in spite of rank is decided by the locksmith's functions; whoever leaves is let in nowhere
grant select (person, until), update (until) on grants to desk_app;
grant delete on memberships, roles, fields, attempts, submissions to desk_app;
grant usage on all sequences in schema public to desk_app;

-- The locksmith makes markers and moves locks. It holds no right on titles and bodies.
grant select (id, number, service, department, accountable, requester, requesting_department, handler, logged_by, state, critical,
              filed_at, lapses_at, tier, owner_department, reason, opens_on, opens_to, sealed, sealed_until, raised_on, prolonged, day, involved, audience, reach),
      update (number, handler, state, ended_at, tier, owner_department, reason, sentence, opens_on, sealed, sealed_until, raised_on, prolonged, involved,
              audience) on tickets to desk_locksmith;
grant select (id, token, ticket, author, at, kind, for_requester, corrects, ask, asked, tier, owner_department, reason, opens_on, opens_to, sealed,
              sealed_until, raised_on, prolonged, day, audience, reach),
      update (asked, tier, owner_department, reason, sentence, opens_on, sealed, sealed_until, raised_on, prolonged, audience) on updates to desk_locksmith;
grant select (id, token, ticket, of_update, author, tier, owner_department, reason, opens_on, opens_to, sealed, sealed_until, raised_on, prolonged, day,
              audience, reach),
      update (tier, owner_department, reason, sentence, opens_on, sealed, sealed_until, raised_on, prolonged, audience) on attachments to desk_locksmith;
grant select (id, token, ticket, of_update, kind, department, person, promisee, started_at, due_at, breaks_at, next_threshold_at, at_risk, state,
              settled_at, failed_in, reopened_at, counts_for, counts_at, target, calendar, thresholds, level, size, used, runs_on, audience, reach),
      update (calendar, due_at, breaks_at, thresholds, level, next_threshold_at, size, used, runs_on, at_risk, state, audience, ticket, of_update,
              department, person)
      on promises to desk_locksmith;
grant select (resolved_at, ended_at, reopened) on tickets to desk_locksmith; -- reports count when requests came, went and came back
grant select on relations to desk_locksmith;
grant update (ticket, item) on promise_events, escalations to desk_locksmith;
grant update (data) on promise_events to desk_locksmith; -- of which words a promise was, when its request is merged
grant select, insert, update (audience) on escalations to desk_locksmith;
grant usage on sequence escalations_id_seq to desk_locksmith;
grant select on superiors to desk_locksmith;
grant select (id, department, version) on calendars to desk_locksmith;
grant select on calendar_days to desk_locksmith;
grant select (id, name_zh, name_en) on departments to desk_locksmith;
grant select, insert, update (audience) on promise_events, entries to desk_locksmith;
grant select (id, ticket, holder, department, since, until, audience, reach), update (until, audience) on hops to desk_locksmith;
grant select (id, person, entry, ticket, subject, audience), update (audience) on notices to desk_locksmith;
grant select on watches, people, memberships, headships, absences, roles, grants, recusals, countersigns to desk_locksmith;
grant insert, update (until) on recusals to desk_locksmith;
grant update (answered_at, agreed) on countersigns to desk_locksmith;
grant usage on sequence recusals_id_seq to desk_locksmith;
grant select, insert on errands to desk_locksmith;
grant select, insert on chain_links to desk_locksmith;
grant usage on sequence promise_events_id_seq, entries_id_seq to desk_locksmith;
-- It takes words away without ever reading them, and says who has read what.
grant update (title, body, fields, removed_at, removed_for) on tickets to desk_locksmith;
grant update (body, why, removed_at, removed_for) on updates to desk_locksmith;
grant select (token) on updates to desk_locksmith;
grant select (object, removed_at), update (name, digest, removed_at) on attachments to desk_locksmith;
grant update (what) on promises to desk_locksmith;
grant select, update on removals to desk_locksmith;
grant select, update (audience) on reads to desk_locksmith;
grant select, insert, update (audience) on unusual_reads to desk_locksmith;
grant select on roles to desk_locksmith;
grant usage on sequence unusual_reads_id_seq to desk_locksmith;

-- access that is asked for, granted and ended (grants.sql)
grant select, insert on access_asks, broken_glass to desk_locksmith;
grant update (second, agreed_at) on broken_glass to desk_locksmith;
grant insert, update (until) on grants to desk_locksmith;
grant select (channel) on tickets to desk_locksmith;
grant usage on sequence access_asks_id_seq, broken_glass_id_seq, grants_id_seq to desk_locksmith;

-- letters that leave: everything but what they say, which it only takes away
grant select (id, token, entry, person, ticket, subject, tag, address, state, tries, next_at, fault, within, at, sent_at, audience, reach),
      update (state, tries, next_at, fault, sent_at, content, audience) on sendings to desk_locksmith;
grant select, insert on suspensions to desk_locksmith;
grant usage on sequence suspensions_id_seq to desk_locksmith;
grant select (id, ticket, of_update, message_id) on letters to desk_locksmith;
grant select on webhooks to desk_locksmith;
grant select (id, webhook, state, at, done_at, fault) on webhook_calls to desk_locksmith;
grant select (removed_at) on tickets, updates to desk_locksmith;
-- letters that wait: who, when, why and how big; never what they say
grant select (id, token, at, channel, sender, author, state, outcome, fault, bytes, tries),
      update (state, tries, next_at, taken_by) on letters to desk_locksmith;

-- the index of words: the locksmith writes it, the search reads it, the desk does neither
grant select, insert, update (ticket, terms) on search_entries to desk_locksmith;
grant usage on sequence search_entries_id_seq to desk_locksmith;
grant select on search_entries to desk_search;
-- what is rolled of the ledger is written and read by the locksmith's functions alone
grant select, insert, update, delete on report_rolled, report_days, report_lengths, report_failed, report_late to desk_locksmith;
grant usage on report_rolled_id_seq, report_days_id_seq, report_lengths_id_seq, report_failed_id_seq, report_late_id_seq to desk_locksmith;
