do $$
declare t text;
begin
  foreach t in array array['reads', 'unusual_reads', 'removals'] loop
    execute format($f$
      alter table %1$I
        add column reach smallint not null generated always as
          (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
        add constraint %2$I check (cardinality(audience) > 0),
        add constraint %3$I foreign key (ticket) references tickets on delete restrict$f$, t, t || '_audience_ck', t || '_on_ticket_fk');
  end loop;
  -- whatever kinds there are by now, and one more
  execute (select format('alter table updates drop constraint updates_kind_ck, add constraint updates_kind_ck %s',
                         replace(pg_get_constraintdef(oid), '(ARRAY[', '(ARRAY[''cannot_tell''::character varying, '))
             from pg_constraint where conname = 'updates_kind_ck');
end $$;
-- one's own rows only: nobody learns from this key what others have read
alter table reads
  add constraint reads_daily_uq unique (person, item, file, channel, day),
  add constraint reads_channel_ck check (channel in ('page', 'api', 'file', 'mail', 'search', 'export')),
  add constraint reads_ground_ck check (ground in ('author', 'requester', 'handler', 'member', 'asked', 'grant', 'glass'));
create index reads_portion_ix on reads (portion, at);
create index reads_ticket_ix on reads (ticket);
create index reads_day_ix on reads (day, person);
create index reads_person_ix on reads (person, day);
alter table unusual_reads
  add constraint unusual_reads_daily_uq unique (person, department, why, day),
  add constraint unusual_reads_why_ck check (why in ('many', 'glass', 'hours'));
alter table updates
  add constraint updates_withheld_ck check ((withheld is not null) = (kind = 'cannot_tell')),
  add constraint updates_disputed_ck check (not disputed or kind = 'correction'),
  add constraint updates_removed_ck check ((removed_at is null) = (removed_for is null) and (removed_at is null or body = ''));
alter table tickets
  add constraint tickets_removed_ck check ((removed_at is null) = (removed_for is null) and (removed_at is null or body = ''));
alter table removals
  add constraint removals_token_uq unique (token),
  add constraint removals_state_ck check (state in ('asked', 'removed', 'refused') and (state = 'asked') = (settled_at is null)),
  add constraint removals_two_ck check (settled_by <> by or state = 'refused');
create unique index removals_asked_uq on removals (ticket, coalesce(words, 0)) where state = 'asked';
alter table notices drop constraint notices_unseen_ck,
  add constraint notices_unseen_ck check ((ticket is null) = (subject like 'escalation:%' or subject like 'unusual:%'));
