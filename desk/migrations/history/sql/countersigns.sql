-- What a second person is asked to agree to, and what its indexes and constraints are.
alter table countersigns
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint countersigns_audience_ck check (cardinality(audience) > 0),
  add constraint countersigns_token_uq unique (token),
  add constraint countersigns_kind_ck check (kind in ('core', 'seal')),
  add constraint countersigns_item_ck check (item ~ '^(ticket|update|attachment):[0-9]+$'),
  add constraint countersigns_second_ck check (second <> asked_by),
  add constraint countersigns_ticket_fk foreign key (ticket) references tickets on delete restrict;
create index countersigns_ticket_ix on countersigns (ticket);
create index countersigns_second_ix on countersigns (second, id) where answered_at is null;
do $$
declare t text;
begin
  foreach t in array array['tickets', 'updates', 'attachments'] loop
    execute format('alter table %I add constraint %I check (prolonged between 0 and 2)', t, t || '_prolonged_ck');
    execute format('create index %I on %I (sealed_until) where sealed', t || '_sealed_ix', t);
  end loop;
end $$;
alter table recusals add constraint recusals_order_ck check (until is null or until >= since),
  add constraint recusals_ticket_fk foreign key (ticket) references tickets on delete restrict;
create index recusals_ticket_ix on recusals (ticket);
alter table notices drop constraint notices_unseen_ck,
  add constraint notices_unseen_ck check ((ticket is null) = (subject like 'escalation:%' or subject like 'countersign:%'));
