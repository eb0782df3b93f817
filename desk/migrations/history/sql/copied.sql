-- What is copied from the promise, in the statement that reads it, needs no key of its own: the promise's hold it already.
-- Each key is a look-up and a lock for every row; they took half of what the sweep costs.
alter table escalations
  drop constraint escalations_ticket_fk,
  drop constraint escalations_department_fkey,
  drop constraint escalations_recipient_fkey;
alter table promise_events drop constraint promise_events_ticket_fk;
