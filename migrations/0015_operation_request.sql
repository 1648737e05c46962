-- What an operation asked (5008) under a name of its own: events have an operazione too, and the two are read together.
set local search_path = registry, public;
alter table supplies rename column operazione to richiesta;
