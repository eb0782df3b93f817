-- Whoever may not read the request that a notice is about is told of something else; links and files are told of with their request.
alter table notices drop constraint notices_unseen_ck,
  add constraint notices_unseen_ck check ((ticket is null) = (subject ~ '^(escalation|department|unusual|countersign):'));
