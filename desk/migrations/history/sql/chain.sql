alter table chain_links add constraint chain_links_entry_uq unique (entry);
create index chain_links_at_ix on chain_links (at, position);
