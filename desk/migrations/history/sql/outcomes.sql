-- When requests were resolved, whatever became of them since: a reopened one does not say it any more.
create index updates_outcome_ix on updates (at) include (ticket) where kind = 'outcome';
