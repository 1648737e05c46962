-- The register: supplies, events, entries, and facts in two times (ADR 0002, registry.md).
-- Everything here is spread by entry_id or is a small key table of its own (scale.md): no triggers, no unique key
-- without the spreading column, no foreign key between tables spread differently.

create schema if not exists registry;
set local search_path = registry, public;

-- One clock for the whole register. Taking an instant updates the one row, so that the row's lock is held until the
-- commit and the instants of committed transactions are strictly increasing (registry.md, "Three dates and two times").
create table register_clock (
  one boolean primary key default true check (one),
  last_recorded timestamptz not null
);
insert into register_clock (last_recorded) values ('2000-01-01T00:00:00Z');

create function take_instant() returns timestamptz language sql as $$
  update registry.register_clock
     set last_recorded = greatest(clock_timestamp(), last_recorded + interval '1 microsecond')
  returning last_recorded
$$;

-- The instant of this transaction, the default of every recorded_from.
create function recorded_now() returns timestamptz language sql stable as $$
  select current_setting('sipop.recorded')::timestamptz
$$;

-- Numbers are given out in blocks: a supply's entries are numbered by their row before they are written.
create table number_blocks (
  kind text primary key check (kind in ('entry', 'household', 'event', 'supply')),
  last bigint not null default 0
);
insert into number_blocks (kind) values ('entry'), ('household'), ('event'), ('supply');

-- Supplies: what was delivered, what became of it, and the archive itself.
create table supplies (
  supply_id bigint primary key,
  comune text not null,
  progressivo integer not null,
  tipo text not null check (tipo in ('COMPLETA', 'VARIAZIONI', 'SCONOSCIUTA')),
  door text not null default 'SIPOP',
  file_name text not null,
  sha256 text not null,
  situazione_al date,
  generata timestamptz,
  software_nome text,
  software_versione text,
  assenti text,
  ricevuta text not null unique,
  esito text not null check (esito in ('ACCETTATA', 'ACCETTATA_CON_SEGNALAZIONI', 'RIFIUTATA')),
  lette jsonb not null,
  applicate jsonb not null,
  scartate jsonb not null,
  segnalate jsonb not null,
  manifest jsonb,
  -- Where the numbers of its entries and households begin, so that a replay gives the same ones.
  entry_base bigint,
  household_base bigint,
  received_at timestamptz not null default clock_timestamp(),
  recorded_at timestamptz,
  check ((esito = 'RIFIUTATA') = (recorded_at is null))
);
-- A number is used up by acceptance alone: a refused supply comes again under the same one (tracciato.md 1).
create unique index supplies_accepted on supplies (comune, progressivo) where esito <> 'RIFIUTATA';
create index supplies_comune on supplies (comune, supply_id);

create table supply_contents (
  supply_id bigint not null,
  chunk integer not null,
  bytes bytea not null,
  primary key (supply_id, chunk)
);
alter table supply_contents alter column bytes set storage external;

-- Receipts AAAA/NNNNNNN, one sequence a year, given in the supply's own transaction so that none is lost.
create table receipt_numbers (year integer primary key, last integer not null);

create table findings (
  supply_id bigint not null,
  n integer not null,
  comune text not null,
  codice text not null,
  gravita text not null check (gravita in ('B', 'E', 'W')),
  file text,
  riga integer,
  id_soggetto text not null default '',
  id_famiglia text,
  id_evento text,
  campo text not null default '',
  valore text not null default '',
  messaggio text not null,
  messaggio_en text not null,
  dettaglio jsonb,
  chiusa_da bigint,
  primary key (supply_id, n)
);
create index findings_open on findings (comune, codice) where chiusa_da is null;
create index findings_subject on findings (comune, id_soggetto) where id_soggetto <> '';

-- What was set aside, raw, with the reason kept; "closed" when a later supply mends it.
create table set_aside (
  supply_id bigint not null,
  comune text not null,
  file text not null,
  riga integer not null,
  id_soggetto text not null default '',
  -- Of a household's row, its own number; of an event, its id, the digest of its content, and for whom it waits (SIP-210).
  id_household text,
  id_evento text,
  digest text,
  waits_for text[],
  codice text not null,
  raw text not null,
  chiusa_da bigint,
  primary key (supply_id, file, riga)
);
create index set_aside_subject on set_aside (comune, id_soggetto) where chiusa_da is null;
create index set_aside_event on set_aside (comune, id_evento) where id_evento is not null;
create index set_aside_waiting on set_aside (comune) where waits_for is not null and chiusa_da is null;

-- Events: the only writer. A COMPLETA is one event; its facts carry the row of the file beside it.
create table events (
  event_id bigint primary key,
  supply_id bigint not null,
  comune text not null,
  riga integer,
  id_evento text,
  operazione text not null,
  tipo text not null default 'N' check (tipo in ('N', 'R', 'A')),
  data_evento text,
  decorrenza date,
  registrazione date,
  pratica text,
  riferimento jsonb,
  dati jsonb,
  -- "Of two on one day the later registered": a correction stands where the event it corrects stood (tracciato.md 3).
  rank_day date,
  rank_event bigint,
  -- Of an R or an A: the event it speaks of in the end (the N, or the COMPLETA), and which fact of it.
  root_event bigint,
  root_fact text,
  digest text,
  recorded_from timestamptz not null default recorded_now()
);
create index events_supply on events (supply_id);
create index events_id on events (comune, id_evento) where id_evento is not null;
create index events_root on events (root_event) where root_event is not null;

-- Events whose ground was annulled: they fell, and are no longer applied (SIP-206).
create table fallen_events (
  event_id bigint primary key,
  fallen_by bigint not null,
  recorded_from timestamptz not null default recorded_now()
);

-- Whom and what an event touched: the way from an annulment to all that was built on it.
create table event_entries (
  event_id bigint not null,
  entry_id bigint not null,
  primary key (entry_id, event_id)
);
create index event_entries_event on event_entries (event_id);
create table event_households (
  event_id bigint not null,
  household_id bigint not null,
  primary key (household_id, event_id)
);
create index event_households_event on event_households (event_id);

-- Entries (schede): one person as one register knows them; and the key table by the register's own number.
create table entries (
  entry_id bigint primary key,
  comune text not null,
  id_soggetto text not null,
  event_id bigint not null,
  recorded_from timestamptz not null default recorded_now()
);
create table register_numbers (
  comune text not null,
  id_soggetto text not null,
  entry_id bigint not null,
  primary key (comune, id_soggetto)
);

-- Which entries are one person: a recorded fact. A person's identifier is that of its first entry.
create table person_entries (
  entry_id bigint primary key,
  person_id bigint not null,
  basis text not null check (basis in ('own', 'codice-fiscale', 'operator')),
  event_id bigint not null,
  recorded_from timestamptz not null default recorded_now()
);
create index person_entries_person on person_entries (person_id);
create table person_entries_past (
  like person_entries,
  recorded_to timestamptz not null,
  closed_by bigint not null
);
create index person_entries_past_entry on person_entries_past (entry_id);
create index person_entries_past_person on person_entries_past (person_id);

-- Every codice fiscale an entry bears or bore.
create table person_keys (
  codice_fiscale text not null,
  entry_id bigint not null,
  primary key (codice_fiscale, entry_id)
);

-- Fact tables. source_row names the row of the supply: row x 16 + file (src/registry/claims/source-row.ts).
-- stated: the columns the event spoke of, the others being as they were; null: all of them.
-- valid_from <= valid_to; equal is legal: it counts in flows and holds on no day (tracciato.md 1).
create table identities (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  birth_from date not null,
  birth_to date not null,
  stated_to date,
  sesso text not null,
  birth_text text not null,
  codice_fiscale text,
  validita_cf text,
  cognome text,
  nome text,
  surname_key text not null,
  given_key text not null,
  comune_nascita text,
  stato_nascita text,
  localita_nascita text,
  atto_nascita text,
  motivo text,
  sealed boolean not null default false,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create index identities_name_birth on identities (surname_key, birth_from);
create index identities_names on identities (surname_key, given_key);

create table registrations (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  comune text not null,
  motivo_iscrizione text not null,
  comune_provenienza text,
  stato_provenienza text,
  motivo_cancellazione text,
  comune_destinazione text,
  stato_destinazione text,
  end_event_id bigint,
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create unique index registrations_open on registrations (entry_id) where valid_to = 'infinity';
create index registrations_comune on registrations (comune, valid_to);

-- Ends of registration that came as events of their own, also those that found nobody there.
create table departures (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  motivo_cancellazione text not null,
  comune_destinazione text,
  stato_destinazione text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row)
);

create table deaths (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  comune_morte text,
  stato_morte text,
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row)
);

-- follows: the household whose address this is; a change of that address then moves the dwelling too, also one learned of
-- late. derived: laid out from the household's addresses or from a renamed street, not asserted of the entry itself.
create table dwellings (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  follows bigint,
  derived boolean not null default false,
  comune text not null,
  street_key text not null,
  civico_key text not null,
  specie text,
  toponimo text,
  civico text,
  esponente text,
  scala text,
  piano text,
  interno text,
  cap text,
  frazione text,
  sezione text,
  lat text,
  lon text,
  senza_fissa_dimora boolean not null default false,
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create unique index dwellings_open on dwellings (entry_id) where valid_to = 'infinity';
create index dwellings_address on dwellings (comune, street_key, civico_key);

create table memberships (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  household_id bigint not null,
  progressivo integer,
  stated_to date,
  relazione text not null,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create unique index memberships_open on memberships (entry_id) where valid_to = 'infinity';

-- Who ever belonged to a household: the way from a household to its entries.
create table household_members (
  household_id bigint not null,
  entry_id bigint not null,
  primary key (household_id, entry_id)
);

create table civil_statuses (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato_civile text not null,
  id_coniuge text,
  cf_coniuge text,
  atto text,
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create unique index civil_statuses_open on civil_statuses (entry_id) where valid_to = 'infinity';

create table citizenships (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato text not null,
  altra text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create unique index citizenships_open on citizenships (entry_id) where valid_to = 'infinity';

-- Parents as written, and one key for each (the register's number where given, "036023:S1", else the code).
create table parents (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  id_padre text,
  cf_padre text,
  id_madre text,
  cf_madre text,
  father_key text,
  mother_key text,
  stated text[],
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create index parents_father on parents (father_key) where father_key is not null;
create index parents_mother on parents (mother_key) where mother_key is not null;

create table documents (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  rilascio date,
  scadenza date,
  tipo text,
  numero text,
  stated text[],
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create index documents_number on documents (numero) where numero is not null;

create table permits (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  scadenza date,
  tipo text,
  stated text[],
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);

create table declarations (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  titolo_studio text,
  posizione_professionale text,
  condizione_non_professionale text,
  stated text[],
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);

create table protections (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  protetto boolean not null,
  recorded_from timestamptz not null default recorded_now(),
  primary key (entry_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);

-- Households: the life of each, and its address; spread by household.
create table households (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  comune text not null,
  kind text not null check (kind in ('famiglia', 'convivenza')),
  id_household text not null,
  motivo text,
  denominazione text,
  id_intestatario text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (household_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create table household_addresses (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  derived boolean not null default false,
  specie text,
  toponimo text,
  civico text,
  esponente text,
  scala text,
  piano text,
  interno text,
  cap text,
  frazione text,
  sezione text,
  lat text,
  lon text,
  senza_fissa_dimora boolean not null default false,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamptz not null default recorded_now(),
  primary key (household_id, valid_from, event_id, source_row),
  check (valid_from <= valid_to)
);
create table household_numbers (
  comune text not null,
  kind text not null,
  id_household text not null,
  household_id bigint not null,
  primary key (comune, kind, id_household)
);

-- Facts superseded: the same rows with the end of their recorded spell and the event that retracted them.
do $$
declare t text; k text;
begin
  foreach t in array array['identities', 'registrations', 'departures', 'deaths', 'dwellings', 'memberships', 'civil_statuses',
    'citizenships', 'parents', 'documents', 'permits', 'declarations', 'protections', 'households', 'household_addresses']
  loop
    execute format('create table %I (like %I, recorded_to timestamptz not null, closed_by bigint not null, check (recorded_from < recorded_to))', t || '_past', t);
    k := case when t in ('households', 'household_addresses') then 'household_id' else 'entry_id' end;
    execute format('create index %I on %I (%I)', t || '_past_key', t || '_past', k);
  end loop;
end $$;
create index dwellings_past_address on dwellings_past (comune, street_key, civico_key);
create index identities_past_name on identities_past (surname_key, birth_from);
create index registrations_past_comune on registrations_past (comune);

grant usage on schema registry to sipop_app, sipop_stats, sipop_auditor;
grant select, insert, update, delete on all tables in schema registry to sipop_app;
