alter table sendings
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint sendings_token_uq unique (token),
  add constraint sendings_entry_uq unique (entry, person),
  add constraint sendings_state_ck check (state in ('queued', 'sent', 'deferred', 'bounced', 'held', 'skipped')),
  add constraint sendings_sent_ck check ((state = 'sent') <= (sent_at is not null)),
  add constraint sendings_entry_fk foreign key (entry) references entries on delete restrict,
  add constraint sendings_ticket_fk foreign key (ticket) references tickets on delete restrict,
  add constraint sendings_within_fk foreign key (within) references sendings on delete restrict;
create index sendings_due_ix on sendings (next_at, id) where state in ('queued', 'deferred');
create index sendings_held_ix on sendings (next_at) where state = 'held';
create index sendings_mine_ix on sendings (person, at, id);
create index sendings_ticket_ix on sendings (ticket) where ticket is not null;
create index sendings_within_ix on sendings (within) where within is not null;
alter table suspensions
  add constraint suspensions_token_uq unique (token),
  add constraint suspensions_ended_ck check ((ended_at is null) = (ended_by is null));
create unique index suspensions_address_uq on suspensions (lower(address)) where ended_at is null;
create index suspensions_person_ix on suspensions (person);
alter table rhythms
  add constraint rhythms_matter_uq unique (person, matter),
  add constraint rhythms_matter_ck check (matter in ('asked', 'mine', 'work', 'watched')),
  add constraint rhythms_pace_ck check (pace in ('now', 'digest', 'none'));
-- what comes as a letter is a request by mail, whoever says so first
do $$
begin
  if (select pg_get_constraintdef(oid) from pg_constraint where conname = 'tickets_channel_ck') not like '%''mail''%' then
    execute (select format('alter table tickets drop constraint tickets_channel_ck, add constraint tickets_channel_ck %s',
                           replace(pg_get_constraintdef(oid), '(ARRAY[', '(ARRAY[''mail''::character varying, '))
               from pg_constraint where conname = 'tickets_channel_ck');
  end if;
end $$;
