-- From a household to what its comune calls it: a supply of changes asks it of households of which nothing is held. Without it
-- every supply read the whole table, 20 ms of 400,000 households.
set local search_path = registry, public;

create index household_numbers_household on household_numbers (household_id);
