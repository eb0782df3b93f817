alter table escalations
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint escalations_audience_ck check (cardinality(audience) > 0),
  add constraint escalations_token_uq unique (token),
  add constraint escalations_level_uq unique (promise, level),
  add constraint escalations_level_ck check (level between 1 and 4),
  add constraint escalations_via_ck check (via in ('direct', 'deputy', 'unfilled', 'top') and (via in ('direct', 'deputy')) = (recipient is not null)),
  add constraint escalations_ticket_fk foreign key (ticket) references tickets on delete restrict;
create index escalations_recipient_ix on escalations (recipient, id desc);
create index escalations_ticket_ix on escalations (ticket);

-- What is owed already has no thresholds yet: by wall time, which is near enough for words that were given before levels were known.
-- Under FORCE ROW LEVEL SECURITY the owner needs a policy for a moment.
create policy promises_upgrade on promises to desk_owner using (true) with check (true);
update promises set level = case when state = 'broken' then 3 when at_risk then 2 else 0 end,
       thresholds = array[started_at + (due_at - started_at) * 0.5, started_at + (due_at - started_at) * 0.75, breaks_at,
                          breaks_at + (due_at - started_at) * 0.5]
 where settled_at is null;
drop policy promises_upgrade on promises;
