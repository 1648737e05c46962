-- Renamings and cessions of a comune, which hold for whatever is learned of later: every supply of changes asks for them. Without it
-- each read all the events of its comune: in a year of 710,000 residents (564 supplies) a fifth of PostgreSQL's time.
set local search_path = registry, public;

create index events_standing on events (comune, event_id) where operazione in ('TOPONOMASTICA', 'TERRITORIO');
