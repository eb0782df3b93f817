alter table tickets drop constraint tickets_state_ck,
  add constraint tickets_state_ck check (state in ('open', 'waiting', 'resolved', 'accepted', 'declined', 'withdrawn', 'merged'));
alter table relations add constraint relations_kind_ck check (kind in ('relates', 'duplicates', 'blocks', 'child', 'split', 'follows', 'merged')),
  add constraint relations_ends_ck check (ticket <> other);
create unique index relations_uq on relations (ticket, other, kind) where ended_at is null;
create index relations_other_ix on relations (other);
