-- Why something became late: one of a few words (desk/sla/rules/escalation.py), or from before there were these.
alter table escalations add constraint escalations_cause_ck
  check (cause in ('waited', 'unclear', 'overload', 'absent', 'routed', 'system', 'misjudged', 'forgotten') and reason is not null or cause is null);
