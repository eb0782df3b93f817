-- The ledger remembers who failed: reports, and whoever else asks later, count by it (counts_for, counts_at).

-- Whoever owed a promise when it failed keeps the failure, wherever the request goes; one that was kept and is undone by a reopening failed then.
create function remember_failure() returns trigger language plpgsql as $$
begin
  new.failed_in := old.department;
  if old.state = 'kept' then
    new.reopened_at := reader_at();
  end if;
  return new;
end $$;
create trigger promises_failed before update on promises for each row
  when (new.failed_in is null and (new.state = 'broken' or old.state = 'kept' and new.settled_at is null
                                   or old.state in ('open', 'paused') and old.breaks_at <= reader_at() and old.department <> new.department))
  execute function remember_failure();
