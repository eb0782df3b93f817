alter table updates
  drop constraint updates_kind_ck,
  add constraint updates_kind_ck check (kind in ('message', 'reply', 'note', 'question', 'outcome', 'decline', 'correction',
                                                 'ask', 'signed', 'refused', 'back', 'answer')),
  add constraint updates_ask_ck check ((ask is not null) = (kind in ('signed', 'refused', 'back', 'answer'))),
  add constraint updates_asked_ck check (asked = '{}' or ask is not null or kind = 'ask'),
  add constraint updates_ask_fk foreign key (ask) references updates on delete restrict;
alter table ola_targets add constraint ola_targets_ck check (asking <> asked);
create unique index ola_targets_uq on ola_targets (asking, asked) where ended_at is null;
create index promises_words_ix on promises (of_update) where of_update is not null;
