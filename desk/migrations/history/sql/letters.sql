alter table letters
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint letters_place_uq unique (channel, uidvalidity, uid), -- nulls are distinct: only folders have places
  add constraint letters_place_ck check ((uid is null) = (uidvalidity is null)),
  add constraint letters_state_ck check (state in ('kept', 'done', 'dead')),
  add constraint letters_on_ticket_fk foreign key (ticket) references tickets on delete restrict,
  add constraint letters_twin_fk foreign key (twin) references letters on delete restrict;
create index letters_kept_ix on letters (next_at, id) where state = 'kept';
create index letters_message_ix on letters (message_id);
create index letters_ticket_ix on letters (ticket) where ticket is not null;
