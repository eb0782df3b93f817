-- whatever kinds and channels there are by now, and one more of each
do $$
begin
  execute (select format('alter table updates drop constraint updates_kind_ck, add constraint updates_kind_ck %s',
                         replace(pg_get_constraintdef(oid), '(ARRAY[', '(ARRAY[''extract''::character varying, '))
             from pg_constraint where conname = 'updates_kind_ck');
  execute (select format('alter table tickets drop constraint tickets_channel_ck, add constraint tickets_channel_ck %s',
                         replace(pg_get_constraintdef(oid), '(ARRAY[', '(ARRAY[''access''::character varying, '))
             from pg_constraint where conname = 'tickets_channel_ck');
end $$;
alter table grants
  add constraint grants_kind_ck check (kind in ('grant', 'glass')),
  add constraint grants_ask_fk foreign key (ask) references tickets on delete restrict;
create index grants_token_ix on grants (token);
create index grants_item_ix on grants (item);
alter table access_asks
  add constraint access_asks_ticket_uq unique (ticket),
  add constraint access_asks_ticket_fk foreign key (ticket) references tickets on delete restrict;
create index access_asks_person_ix on access_asks (person);
alter table broken_glass
  add constraint broken_glass_token_uq unique (token),
  add constraint broken_glass_minutes_ck check (minutes between 1 and 60),
  add constraint broken_glass_second_ck check (second <> person and (second is null) = (agreed_at is null));
create index broken_glass_asked_ix on broken_glass (asked_at);
-- whoever may not read the request that a notice is about is told of something else instead
alter table notices drop constraint notices_unseen_ck,
  add constraint notices_unseen_ck check ((ticket is null) = (subject not like 'ticket:%' and subject not like 'update:%'));
