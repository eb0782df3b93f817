-- A notice without a request says only that something climbed, to somebody who may not read it.
alter table notices add constraint notices_unseen_ck check ((ticket is null) = (subject like 'escalation:%'));
-- Levels fire in order: a share is never used up before a smaller one. What has fewer says nothing about the rest (null is no no).
alter table promises add constraint promises_thresholds_ck check (
  cardinality(thresholds) <= 4 and thresholds[1] <= thresholds[2] and thresholds[2] <= thresholds[3] and thresholds[3] <= thresholds[4]);
