alter table letters
  drop constraint letters_state_ck,
  add constraint letters_state_ck check (state in ('kept', 'done', 'held', 'dead')),
  add constraint letters_taken_by_fk foreign key (taken_by) references people on delete restrict,
  drop column token, -- as the generated step left it: empty
  add column token varchar(32) not null default replace(gen_random_uuid()::text, '-', ''); -- what pages call it
alter table letters add column bytes integer not null generated always as (octet_length(content)) stored;
create unique index letters_token_uq on letters (token);
-- the same letter is one letter: what comes second names the first as its twin
create unique index letters_once_uq on letters (message_id, digest) where twin is null and message_id is not null;
create index letters_waiting_ix on letters (id) where state in ('held', 'dead');
create index letters_author_ix on letters (author, at) where author is not null;
do $$
begin
  execute (select format('alter table tickets drop constraint tickets_channel_ck, add constraint tickets_channel_ck %s',
                         replace(pg_get_constraintdef(oid), '(ARRAY[', '(ARRAY[''mail''::character varying, '))
             from pg_constraint where conname = 'tickets_channel_ck');
end $$;
