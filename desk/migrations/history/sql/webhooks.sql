alter table webhooks
  add constraint webhooks_kind_ck check (kind in ('dingtalk', 'wecom', 'feishu', 'slack', 'teams', 'plain')),
  add constraint webhooks_language_ck check (language in ('zh-CN', 'en'));
create unique index webhooks_live_uq on webhooks (department, md5(address)) where ended_at is null; -- a form that is sent twice
alter table webhook_calls
  add column reach smallint not null generated always as
    (case when 'everyone' = any (audience) then 0 when 'staff' = any (audience) then 1 else 2 end) stored,
  add constraint webhook_calls_once_uq unique (entry, webhook),
  add constraint webhook_calls_open_ck check (reach < 2), -- nothing that is shut leaves for a chat
  add constraint webhook_calls_state_ck check (state in ('waiting', 'sent', 'dead', 'dropped')),
  add constraint webhook_calls_body_ck check ((state = 'waiting') = (body is not null)),
  add constraint webhook_calls_entry_fk foreign key (entry) references entries on delete restrict;
create index webhook_calls_waiting_ix on webhook_calls (webhook, next_at, id) where state = 'waiting';
create index webhook_calls_webhook_ix on webhook_calls (webhook, id);
