-- What the database itself can hold. Names are schema-global, hence the table's name in each.

-- directory -------------------------------------------------------------------------------------------------------
alter table departments add constraint departments_code_uq unique (code);
create unique index people_login_uq on people (lower(login));
create unique index people_email_uq on people (lower(email));
alter table people add constraint people_theme_ck check (theme in ('light', 'dark'));
alter table people add constraint people_language_ck check (language in ('zh-CN', 'en'));
alter table memberships add constraint memberships_uq unique (person, department),
  add constraint memberships_level_ck check (level in (2, 3));
create index memberships_department_ix on memberships (department);
alter table roles add constraint roles_uq unique (person, role),
  add constraint roles_role_ck check (role in ('administrator', 'auditor', 'hr'));

-- one at any moment: one superior, one head, one deputy
alter table superiors add column during tstzrange generated always as (tstzrange(since, until)) stored,
  add constraint superiors_one_uq unique (person, during without overlaps),
  add constraint superiors_other_ck check (person <> superior);
alter table headships add column during tstzrange generated always as (tstzrange(since, until)) stored,
  add constraint headships_one_uq unique (department, during without overlaps);
create index headships_person_ix on headships (person);
alter table absences add column during tstzrange generated always as (tstzrange(since, until)) stored,
  add constraint absences_one_uq unique (person, during without overlaps),
  add constraint absences_other_ck check (deputy <> person),
  add constraint absences_order_ck check (since < until);

-- accounts --------------------------------------------------------------------------------------------------------
alter table credentials add constraint credentials_person_uq unique (person);
alter table sessions add constraint sessions_secret_uq unique (secret);
create index sessions_person_ix on sessions (person) where ended_at is null;
alter table links add constraint links_secret_uq unique (secret),
  add constraint links_kind_ck check (kind in ('invitation', 'reset'));
alter table tokens add constraint tokens_secret_uq unique (secret),
  add constraint tokens_cap_ck check (cap between 0 and 4);
create index attempts_account_ix on attempts (kind, account, at);
create index attempts_address_ix on attempts (kind, address, at);

-- catalog ---------------------------------------------------------------------------------------------------------
alter table services add constraint services_code_uq unique (code),
  add constraint services_tier_ck check (tier between 0 and 3 and (tier < 2 or tier_reason is not null));
create unique index services_catch_all_uq on services (catch_all) where catch_all and not retired;
alter table fields add constraint fields_name_uq unique (service, name),
  add constraint fields_kind_ck check (kind in ('text', 'long', 'number', 'money', 'date', 'choice', 'yes_no', 'person'));

-- sla -------------------------------------------------------------------------------------------------------------
alter table calendars add constraint calendars_version_uq unique (department, version);
alter table promises add constraint promises_token_uq unique (token),
  add constraint promises_state_ck check (state in ('open', 'paused', 'kept', 'broken', 'withdrawn')),
  add constraint promises_ticket_fk foreign key (ticket) references tickets on delete restrict,
  add constraint promises_update_fk foreign key (of_update) references updates on delete restrict;
alter table promise_events add constraint promise_events_ticket_fk foreign key (ticket) references tickets on delete restrict;

-- tickets ---------------------------------------------------------------------------------------------------------
create sequence ticket_numbers start 2001;
alter table tickets add constraint tickets_number_uq unique (number),
  add constraint tickets_state_ck check (state in ('open', 'waiting', 'resolved', 'accepted', 'declined', 'withdrawn')),
  add constraint tickets_channel_ck check (channel in ('web', 'api', 'phone', 'visit'));
alter table updates add constraint updates_token_uq unique (token),
  add constraint updates_corrects_fk foreign key (corrects) references updates on delete restrict,
  add constraint updates_kind_ck check (kind in ('message', 'reply', 'note', 'question', 'outcome', 'decline', 'correction')),
  add constraint updates_note_ck check (kind <> 'note' or not for_requester);
alter table attachments add constraint attachments_token_uq unique (token),
  add constraint attachments_update_fk foreign key (of_update) references updates on delete restrict;
alter table hops add column during tstzrange generated always as (tstzrange(since, until)) stored,
  -- not WITHOUT OVERLAPS: it refuses a hop that lasts no time, when two things happen in one instant
  add constraint hops_one_ex exclude using gist (ticket with =, during with &&),
  add constraint hops_holder_ck check (holder in ('department', 'requester', 'nobody') and (holder = 'department') = (department is not null));
alter table watches add constraint watches_uq unique (ticket, person);
alter table submissions add constraint submissions_key_uq unique (person, key);

-- notices, journal --------------------------------------------------------------------------------------------------
alter table notices add constraint notices_once_uq unique (entry, person);
alter table errands add constraint errands_entry_fk foreign key (entry) references entries on delete restrict,
  add constraint errands_state_ck check (state in ('waiting', 'sent', 'done', 'dead'));
alter table entries add constraint entries_by_fk foreign key (by) references people on delete restrict;

-- disclosure: every portion says why it is shut ----------------------------------------------------------------------
do $$
declare t text;
begin
  foreach t in array array['tickets', 'updates', 'attachments'] loop
    execute format($f$
      alter table %1$I
        add constraint %2$I check (tier between 0 and 4 and opens_to between 0 and 4),
        add constraint %3$I check (not sealed or tier >= 3),
        add constraint %4$I check (tier < 2 or reason in ('personal_data', 'pay_and_appraisal', 'security_hole', 'negotiation',
          'legal', 'third_party_secret', 'investigation', 'draft_before_decision'))$f$,
      t, t || '_tier_ck', t || '_sealed_ck', t || '_reason_ck');
  end loop;
end $$;
create index grants_person_ix on grants (person, until);
create index recusals_person_ix on recusals (person);
