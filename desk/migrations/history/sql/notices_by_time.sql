-- The list of notices goes by the time that it shows.
drop index notices_person_ix;
create index notices_person_ix on notices (person, at desc, id desc);
