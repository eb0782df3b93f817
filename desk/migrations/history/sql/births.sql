-- `born`, `born_in`: tier and owner department at writing; `opened_on`: since when every employee reads what was born shut. Kept by
-- triggers (migrations/sql/openness.sql), so that nobody who writes or moves a label has to think of it, or could do it wrong.
do $$
declare t text;
begin
  foreach t in array array['tickets', 'updates', 'attachments'] loop
    execute format('alter table %I add column born smallint, add column born_in integer, add column opened_on date', t);
    -- under FORCE ROW LEVEL SECURITY the owner needs a policy for a moment
    execute format('create policy %I on %I to desk_owner using (true) with check (true)', t || '_upgrade', t);
  end loop;
end $$;
create policy entries_upgrade on entries to desk_owner using (true) with check (true);
-- Of what has opened already the journal knows when, but not from which tier: at least from 2; from 3 where a sentence was needed.
with opened as (select e.subject, min(e.at) as at from entries e where e.tag = 'words_opened' group by e.subject)
update tickets t set born = case when o.at is null or t.tier >= 2 then t.tier when t.sentence is null then 2 else 3 end, born_in = t.owner_department,
       opened_on = case when t.tier < 2 then (o.at at time zone 'UTC')::date end
  from tickets x left join opened o on o.subject = 'ticket:' || x.id where x.id = t.id;
with opened as (select e.subject, min(e.at) as at from entries e where e.tag = 'words_opened' group by e.subject)
update updates t set born = case when o.at is null or t.tier >= 2 then t.tier when t.sentence is null then 2 else 3 end, born_in = t.owner_department,
       opened_on = case when t.tier < 2 then (o.at at time zone 'UTC')::date end
  from updates x left join opened o on o.subject = 'update:' || x.id where x.id = t.id;
-- a file is never born more open than the words that it hangs on
update attachments a set born = greatest(a.tier, u.born), born_in = a.owner_department, opened_on = case when a.tier < 2 then u.opened_on end
  from attachments x left join updates u on u.id = x.of_update where x.id = a.id;
do $$
declare t text;
begin
  foreach t in array array['tickets', 'updates', 'attachments'] loop
    execute format('drop policy %I on %I', t || '_upgrade', t);
    execute format('alter table %I alter column born set not null, alter column born_in set not null', t);
    execute format('alter table %I add constraint %I check (born between 0 and 4)', t, t || '_born_ck');
    execute format('alter table %I add constraint %I foreign key (born_in) references departments on delete restrict', t, t || '_born_in_fk');
    -- for the figures: counted from the index alone
    execute format('create index %I on %I (day, born_in, born) include (%s, opened_on, tier) where not sealed', t || '_born_ix', t,
                   case t when 'tickets' then 'id' when 'updates' then 'ticket' else 'ticket, of_update' end);
    -- for reviews: what a department keeps shut, the oldest first
    execute format('create index %I on %I (owner_department, day) where tier >= 2', t || '_kept_ix', t);
  end loop;
end $$;
drop policy entries_upgrade on entries;
create index updates_kind_ix on updates (kind, day);
