-- How much a department has open (or waiting for the requester), and how much of that carries a critical target; of all
-- rows that are not sealed, so that a share is one whoever asks. Two numbers, nothing else. Whoever asks is about to take a part of the share:
-- the next one waits until that is done, and each statement here sees what was done before it.
create function critical_load(of_department integer, but_not bigint, out carrying integer, out at_work integer)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('critical_load'), of_department);
  select count(*) into at_work from tickets t where t.department = of_department and t.state in ('open', 'waiting') and not t.sealed;
  select count(*) into carrying from tickets t
   where t.department = of_department and t.state in ('open', 'waiting') and t.critical and t.id is distinct from but_not
     and not t.sealed;
end $$;
