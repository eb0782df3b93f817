alter table channels add constraint channels_name_uq unique (name);
create index letters_unsettled_ix on letters (channel, state) where state <> 'done';
