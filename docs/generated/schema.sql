-- Made by `npm run docs` from a migrated database: do not edit. The reasons are in migrations/.

create table access.agreements (
  agreement_id text not null,
  body_id text not null,
  legal_basis text not null,
  delivers text,
  every_days integer,
  services text[] not null,
  profiles text[] not null,
  purposes text[] not null,
  network cidr[] not null default '{}'::cidr[],
  certificate boolean not null default false,
  valid_from date not null,
  valid_to date,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (agreement_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((valid_from <= valid_to)),
  CHECK ((every_days > 0))
);
CREATE INDEX agreements_body ON access.agreements USING btree (body_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);
CREATE UNIQUE INDEX agreements_now ON access.agreements USING btree (agreement_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.alert_rules (
  rule_id text not null,
  kind text not null,
  parameters jsonb not null,
  active boolean not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (rule_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((kind = ANY (ARRAY['odd-hours'::text, 'volume'::text, 'refusals'::text, 'colleagues'::text, 'neighbours'::text, 'well-known'::text, 'looked-up-by-many'::text])))
);
CREATE UNIQUE INDEX alert_rules_now ON access.alert_rules USING btree (rule_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.bodies (
  body_id text not null,
  name text not null,
  kind text not null,
  comune text,
  ended boolean not null default false,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (body_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK (((kind = 'comune'::text) = (comune IS NOT NULL))),
  CHECK ((kind = ANY (ARRAY['gestore'::text, 'comune'::text, 'sanita'::text, 'polizia'::text, 'giustizia'::text, 'scuola'::text, 'sociale'::text, 'statistica'::text, 'coordinamento'::text, 'altro'::text])))
);
CREATE UNIQUE INDEX bodies_comune ON access.bodies USING btree (comune) WHERE ((recorded_to = 'infinity'::timestamp with time zone) AND (NOT ended));
CREATE UNIQUE INDEX bodies_now ON access.bodies USING btree (body_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.bound_keys (
  user_id text not null,
  kind text not null,
  issuer text not null,
  value text not null,
  bound_by text not null,
  bound_at timestamp with time zone not null,
  used_at timestamp with time zone,
  PRIMARY KEY (kind, issuer, value, user_id),
  CHECK ((kind = ANY (ARRAY['certificate'::text, 'certificate-person'::text, 'oidc'::text]))),
  CHECK (((length(value) >= 1) AND (length(value) <= 255)))
);
CREATE INDEX bound_keys_user ON access.bound_keys USING btree (user_id);

create table access.breaches (
  breach_id text not null,
  known_at timestamp with time zone not null,
  what text not null,
  persons integer,
  data text not null,
  consequences text not null,
  measures text not null,
  state text not null,
  closed_at timestamp with time zone,
  reason text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (breach_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  CHECK (((state <> 'unlikely-risk'::text) OR (reason IS NOT NULL))),
  CHECK (((state <> 'notified'::text) OR (closed_at <= (known_at + 'PT72H'::interval)) OR (reason IS NOT NULL))),
  CHECK ((persons >= 0)),
  CHECK ((state = ANY (ARRAY['open'::text, 'notified'::text, 'unlikely-risk'::text])))
);
CREATE UNIQUE INDEX breaches_now ON access.breaches USING btree (breach_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.client_keys (
  client_id text not null,
  platform_id text not null,
  jwks jsonb not null,
  purposes jsonb not null,
  certificate_digest text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (client_id, recorded_from),
  CHECK ((certificate_digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((recorded_from < recorded_to))
);
CREATE UNIQUE INDEX client_keys_now ON access.client_keys USING btree (client_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);
CREATE UNIQUE INDEX client_keys_platform ON access.client_keys USING btree (platform_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.clients (
  client_id text not null,
  body_id text not null,
  name text not null,
  state text not null,
  reason text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (client_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'ended'::text])))
);
CREATE UNIQUE INDEX clients_now ON access.clients USING btree (client_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.drafts (
  user_id text not null,
  name text not null,
  box bytea not null,
  written_at timestamp with time zone not null,
  PRIMARY KEY (user_id, name),
  CHECK ((octet_length(box) <= 262144)),
  CHECK ((length(name) <= 60))
);
CREATE INDEX drafts_written ON access.drafts USING btree (written_at);

create table access.epoch (
  one boolean not null default true,
  n bigint not null default 0,
  PRIMARY KEY (one),
  CHECK (one)
);

create table access.grants (
  holder_id text not null,
  profile_id text not null,
  comuni text[] not null default '{}'::text[],
  reviewed_on date not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (holder_id, profile_id, recorded_from),
  CHECK ((recorded_from < recorded_to))
);
CREATE UNIQUE INDEX grants_now ON access.grants USING btree (holder_id, profile_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.invitations (
  digest bytea not null,
  user_id text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  PRIMARY KEY (digest),
  CHECK ((length(digest) = 32))
);

create table access.last_uses (
  holder_id text not null,
  used_at timestamp with time zone not null,
  address text not null,
  PRIMARY KEY (holder_id)
);

create table access.passkeys (
  passkey_id text not null,
  user_id text not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  synced boolean not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  blocked_at timestamp with time zone,
  PRIMARY KEY (passkey_id),
  CHECK ((counter >= 0)),
  CHECK (((length(name) >= 1) AND (length(name) <= 60))),
  CHECK (((length(passkey_id) >= 1) AND (length(passkey_id) <= 1364)))
);
CREATE INDEX passkeys_user ON access.passkeys USING btree (user_id);

create table access.passwords (
  user_id text not null,
  hash text not null,
  set_at timestamp with time zone not null,
  must_change boolean not null,
  PRIMARY KEY (user_id),
  CHECK ((hash ~~ '$argon2id$%'::text))
);

create table access.pending_steps (
  digest bytea not null,
  kind text not null,
  user_id text,
  content text not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (digest),
  CHECK ((octet_length(digest) = 32)),
  CHECK ((kind = ANY (ARRAY['passkey-registration'::text, 'passkey-sign-in'::text, 'oidc'::text])))
);
CREATE INDEX pending_steps_expiry ON access.pending_steps USING btree (expires_at);

create table access.processing_activities (
  activity_id text not null,
  name text not null,
  controller text not null,
  purposes text not null,
  legal_basis text not null,
  persons text not null,
  data text not null,
  recipients text not null,
  transfers text not null,
  retention text not null,
  measures text not null,
  ended boolean not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (activity_id, recorded_from),
  CHECK ((activity_id ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  CHECK ((recorded_from < recorded_to))
);
CREATE UNIQUE INDEX processing_activities_now ON access.processing_activities USING btree (activity_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.profiles (
  profile_id text not null,
  italian text not null,
  english text not null,
  account text not null,
  operations text[] not null,
  fields text[] not null,
  territory text not null,
  purposes text[] not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (profile_id, recorded_from),
  CHECK ((account = ANY (ARRAY['ordinary'::text, 'administration'::text]))),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((territory = ANY (ARRAY['own'::text, 'listed'::text, 'province'::text, 'self'::text])))
);
CREATE UNIQUE INDEX profiles_now ON access.profiles USING btree (profile_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.purposes (
  purpose_id text not null,
  italian text not null,
  english text not null,
  legal_basis text not null,
  disclosed boolean not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (purpose_id, recorded_from),
  CHECK ((recorded_from < recorded_to))
);
CREATE UNIQUE INDEX purposes_now ON access.purposes USING btree (purpose_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.quota_uses (
  holder_id text not null,
  day date not null,
  taken integer not null,
  PRIMARY KEY (holder_id, day),
  CHECK ((taken >= 0))
);

create table access.quotas (
  quota_id text not null,
  per_day integer not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (quota_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((per_day >= 0))
);
CREATE UNIQUE INDEX quotas_now ON access.quotas USING btree (quota_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.recoveries (
  digest bytea not null,
  user_id text not null,
  number text not null,
  address text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  state text not null,
  decided_by text,
  decided_at timestamp with time zone,
  PRIMARY KEY (digest),
  CHECK (((state = 'waiting'::text) = (decided_by IS NULL))),
  CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
  CHECK ((octet_length(digest) = 32)),
  CHECK ((number ~ '^[0-9]{8}$'::text)),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text])))
);
CREATE INDEX recoveries_user ON access.recoveries USING btree (user_id);

create table access.retention_rules (
  rule_id text not null,
  term_days integer not null,
  law text not null,
  active boolean not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (rule_id, recorded_from),
  CHECK ((recorded_from < recorded_to)),
  CHECK (((length(law) >= 1) AND (length(law) <= 300))),
  CHECK ((rule_id = ANY (ARRAY['drafts'::text, 'uploads'::text, 'verification-batches'::text, 'used-tokens'::text, 'sign-in-failures'::text, 'sessions'::text, 'pending-steps'::text, 'invitations'::text, 'recoveries'::text, 'quota-uses'::text, 'audit-verifications'::text]))),
  CHECK (((term_days >= 0) AND (term_days <= 36500)))
);
CREATE UNIQUE INDEX retention_rules_now ON access.retention_rules USING btree (rule_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);

create table access.second_factors (
  user_id text not null,
  box bytea not null,
  last_step bigint,
  confirmed boolean not null,
  made_at timestamp with time zone not null,
  PRIMARY KEY (user_id)
);

create table access.sessions (
  digest bytea not null,
  holder_id text not null,
  key_kind text not null,
  second_factor boolean not null,
  certificate boolean not null,
  must_change boolean not null,
  csrf text not null,
  address text not null,
  made_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  certificate_digest bytea,
  PRIMARY KEY (digest),
  CHECK ((octet_length(certificate_digest) = 32)),
  CHECK ((octet_length(digest) = 32)),
  CHECK ((key_kind = ANY (ARRAY['password'::text, 'passkey'::text, 'certificate'::text, 'oidc'::text])))
);
CREATE UNIQUE INDEX sessions_holder ON access.sessions USING btree (holder_id);

create table access.sign_in_failures (
  digest bytea not null,
  at timestamp with time zone not null,
  CHECK ((octet_length(digest) = 32))
);
CREATE INDEX sign_in_failures_at ON access.sign_in_failures USING btree (at);
CREATE INDEX sign_in_failures_digest ON access.sign_in_failures USING btree (digest, at);

create table access.used_tokens (
  digest bytea not null,
  expires_at timestamp with time zone not null,
  PRIMARY KEY (digest),
  CHECK ((octet_length(digest) = 32))
);
CREATE INDEX used_tokens_expiry ON access.used_tokens USING btree (expires_at);

create table access.users (
  user_id text not null,
  body_id text not null,
  surname text not null,
  given_name text not null,
  codice_fiscale text not null,
  office text,
  account text not null,
  state text not null,
  reason text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null default 'infinity'::timestamp with time zone,
  changed_by text not null,
  PRIMARY KEY (user_id, recorded_from),
  CHECK ((account = ANY (ARRAY['ordinary'::text, 'administration'::text]))),
  CHECK ((recorded_from < recorded_to)),
  CHECK ((state = ANY (ARRAY['invited'::text, 'active'::text, 'suspended'::text, 'ended'::text])))
);
CREATE INDEX users_body ON access.users USING btree (body_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);
CREATE UNIQUE INDEX users_now ON access.users USING btree (user_id) WHERE (recorded_to = 'infinity'::timestamp with time zone);
CREATE UNIQUE INDEX users_person ON access.users USING btree (codice_fiscale, account) WHERE ((recorded_to = 'infinity'::timestamp with time zone) AND (state <> 'ended'::text));

create table audit.checkpoints (
  note text not null,
  size bigint not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (note),
  CHECK ((size >= 0))
);
CREATE INDEX checkpoints_size ON audit.checkpoints USING btree (size);

create table audit.leaves (
  leaf_index bigint not null,
  leaf_hash bytea not null,
  seal bytea not null,
  body json not null,
  PRIMARY KEY (leaf_index),
  CHECK ((length(leaf_hash) = 32)),
  CHECK ((leaf_index >= 0)),
  CHECK ((length(seal) = 16))
);
CREATE INDEX leaves_at ON audit.leaves USING brin (((body ->> 'at'::text))) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX leaves_subjects ON audit.leaves USING gin ((((body)::jsonb -> 'subjects'::text)));
CREATE INDEX leaves_user ON audit.leaves USING btree (((body ->> 'user'::text)), leaf_index);

create table audit.nodes (
  level smallint not null,
  node_index bigint not null,
  hash bytea not null,
  PRIMARY KEY (level, node_index),
  CHECK ((length(hash) = 32)),
  CHECK ((level = ANY (ARRAY[8, 16, 24, 32, 40]))),
  CHECK ((node_index >= 0))
);

create table audit.subject_keys (
  subject text not null,
  key bytea not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  PRIMARY KEY (subject),
  CHECK ((length(key) = 32))
);

create table audit.verifications (
  run_id uuid not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  done bigint not null default 0,
  total bigint not null default 0,
  report jsonb,
  failed boolean not null default false,
  PRIMARY KEY (run_id)
);
CREATE INDEX verifications_at ON audit.verifications USING btree (started_at);

create table registry.citizenships (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato text not null,
  altra text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE UNIQUE INDEX citizenships_open ON registry.citizenships USING btree (entry_id) WHERE (valid_to = 'infinity'::date);

create table registry.citizenships_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato text not null,
  altra text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX citizenships_past_key ON registry.citizenships_past USING btree (entry_id);

create table registry.civil_statuses (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato_civile text not null,
  id_coniuge text,
  cf_coniuge text,
  atto text,
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE UNIQUE INDEX civil_statuses_open ON registry.civil_statuses USING btree (entry_id) WHERE (valid_to = 'infinity'::date);
CREATE INDEX civil_statuses_spouse_code ON registry.civil_statuses USING btree (cf_coniuge) WHERE ((valid_to = 'infinity'::date) AND (stato_civile = ANY (ARRAY['2'::text, '6'::text])) AND (id_coniuge IS NULL) AND (cf_coniuge IS NOT NULL));
CREATE INDEX civil_statuses_spouse_number ON registry.civil_statuses USING btree (id_coniuge) WHERE ((valid_to = 'infinity'::date) AND (stato_civile = ANY (ARRAY['2'::text, '6'::text])) AND (id_coniuge IS NOT NULL));

create table registry.civil_statuses_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  stato_civile text not null,
  id_coniuge text,
  cf_coniuge text,
  atto text,
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX civil_statuses_past_key ON registry.civil_statuses_past USING btree (entry_id);

create table registry.deaths (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  comune_morte text,
  stato_morte text,
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row)
);

create table registry.deaths_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  comune_morte text,
  stato_morte text,
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX deaths_past_key ON registry.deaths_past USING btree (entry_id);

create table registry.declarations (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  titolo_studio text,
  posizione_professionale text,
  condizione_non_professionale text,
  stated text[],
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);

create table registry.declarations_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  titolo_studio text,
  posizione_professionale text,
  condizione_non_professionale text,
  stated text[],
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX declarations_past_key ON registry.declarations_past USING btree (entry_id);

create table registry.departures (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  motivo_cancellazione text not null,
  comune_destinazione text,
  stato_destinazione text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row)
);

create table registry.departures_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  motivo_cancellazione text not null,
  comune_destinazione text,
  stato_destinazione text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX departures_past_key ON registry.departures_past USING btree (entry_id);

create table registry.documents (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  rilascio date,
  scadenza date,
  tipo text,
  numero text,
  stated text[],
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX documents_number ON registry.documents USING btree (numero) WHERE (numero IS NOT NULL);

create table registry.documents_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  rilascio date,
  scadenza date,
  tipo text,
  numero text,
  stated text[],
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX documents_past_key ON registry.documents_past USING btree (entry_id);
CREATE INDEX documents_past_number ON registry.documents_past USING btree (numero) WHERE (numero IS NOT NULL);

create table registry.dwellings (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
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
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX dwellings_address ON registry.dwellings USING btree (comune, street_key, civico_key);
CREATE UNIQUE INDEX dwellings_open ON registry.dwellings USING btree (entry_id) WHERE (valid_to = 'infinity'::date);

create table registry.dwellings_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  follows bigint,
  derived boolean not null,
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
  senza_fissa_dimora boolean not null,
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX dwellings_past_address ON registry.dwellings_past USING btree (comune, street_key, civico_key);
CREATE INDEX dwellings_past_key ON registry.dwellings_past USING btree (entry_id);

create table registry.entries (
  entry_id bigint not null,
  comune text not null,
  id_soggetto text not null,
  event_id bigint not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id)
);

create table registry.event_entries (
  event_id bigint not null,
  entry_id bigint not null,
  PRIMARY KEY (entry_id, event_id)
);
CREATE INDEX event_entries_event ON registry.event_entries USING btree (event_id);

create table registry.event_households (
  event_id bigint not null,
  household_id bigint not null,
  PRIMARY KEY (household_id, event_id)
);
CREATE INDEX event_households_event ON registry.event_households USING btree (event_id);

create table registry.events (
  event_id bigint not null,
  supply_id bigint not null,
  comune text not null,
  riga integer,
  id_evento text,
  operazione text not null,
  tipo text not null default 'N'::text,
  data_evento text,
  decorrenza date,
  registrazione date,
  pratica text,
  riferimento jsonb,
  dati jsonb,
  rank_day date,
  rank_event bigint,
  root_event bigint,
  root_fact text,
  digest text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (event_id),
  CHECK ((tipo = ANY (ARRAY['N'::text, 'R'::text, 'A'::text])))
);
CREATE INDEX events_id ON registry.events USING btree (comune, id_evento) WHERE (id_evento IS NOT NULL);
CREATE INDEX events_root ON registry.events USING btree (root_event) WHERE (root_event IS NOT NULL);
CREATE INDEX events_standing ON registry.events USING btree (comune, event_id) WHERE (operazione = ANY (ARRAY['TOPONOMASTICA'::text, 'TERRITORIO'::text]));
CREATE INDEX events_supply ON registry.events USING btree (supply_id);

create table registry.fallen_events (
  event_id bigint not null,
  fallen_by bigint not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (event_id)
);

create table registry.findings (
  supply_id bigint not null,
  n integer not null,
  comune text not null,
  codice text not null,
  gravita text not null,
  file text,
  riga integer,
  id_soggetto text not null default ''::text,
  id_famiglia text,
  id_evento text,
  campo text not null default ''::text,
  valore text not null default ''::text,
  messaggio text not null,
  messaggio_en text not null,
  dettaglio jsonb,
  chiusa_da bigint,
  PRIMARY KEY (supply_id, n),
  CHECK ((gravita = ANY (ARRAY['B'::text, 'E'::text, 'W'::text])))
);
CREATE INDEX findings_open ON registry.findings USING btree (comune, codice) WHERE (chiusa_da IS NULL);
CREATE INDEX findings_subject ON registry.findings USING btree (comune, id_soggetto) WHERE (id_soggetto <> ''::text);

create table registry.household_addresses (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
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
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (household_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX household_addresses_street ON registry.household_addresses USING btree (upper(toponimo));

create table registry.household_addresses_past (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  derived boolean not null,
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
  senza_fissa_dimora boolean not null,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX household_addresses_past_key ON registry.household_addresses_past USING btree (household_id);

create table registry.household_members (
  household_id bigint not null,
  entry_id bigint not null,
  PRIMARY KEY (household_id, entry_id)
);

create table registry.household_numbers (
  comune text not null,
  kind text not null,
  id_household text not null,
  household_id bigint not null,
  PRIMARY KEY (comune, kind, id_household)
);
CREATE INDEX household_numbers_household ON registry.household_numbers USING btree (household_id);

create table registry.households (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  comune text not null,
  kind text not null,
  id_household text not null,
  motivo text,
  denominazione text,
  id_intestatario text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (household_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to)),
  CHECK ((kind = ANY (ARRAY['famiglia'::text, 'convivenza'::text])))
);

create table registry.households_past (
  household_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  stated_to date,
  comune text not null,
  kind text not null,
  id_household text not null,
  motivo text,
  denominazione text,
  id_intestatario text,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX households_past_key ON registry.households_past USING btree (household_id);

create table registry.identities (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
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
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX identities_sealed ON registry.identities USING btree (entry_id) WHERE sealed;
CREATE INDEX identities_surname_birth ON registry.identities USING btree (surname_key, birth_from, birth_to, given_key, entry_id);
CREATE INDEX identities_surname_given ON registry.identities USING btree (surname_key, given_key, entry_id);

create table registry.identities_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
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
  sealed boolean not null,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX identities_past_key ON registry.identities_past USING btree (entry_id);
CREATE INDEX identities_past_name ON registry.identities_past USING btree (surname_key, birth_from);

create table registry.linkage_candidates (
  candidate_id bigint not null,
  entry_a bigint not null,
  entry_b bigint not null,
  weight double precision not null,
  probability double precision not null,
  fields jsonb not null,
  model bigint not null,
  sealed boolean not null default false,
  state text not null default 'open'::text,
  found_supply bigint not null,
  found_recorded timestamp with time zone not null default recorded_now(),
  gone_recorded timestamp with time zone,
  PRIMARY KEY (entry_a, entry_b, found_recorded),
  CHECK ((entry_a < entry_b)),
  CHECK ((found_recorded < gone_recorded)),
  CHECK ((state = ANY (ARRAY['open'::text, 'same'::text, 'different'::text, 'later'::text])))
);
CREATE UNIQUE INDEX linkage_candidates_held ON registry.linkage_candidates USING btree (entry_a, entry_b) WHERE (gone_recorded IS NULL);
CREATE INDEX linkage_candidates_id ON registry.linkage_candidates USING btree (candidate_id);
CREATE INDEX linkage_candidates_other ON registry.linkage_candidates USING btree (entry_b);
CREATE INDEX linkage_candidates_queue ON registry.linkage_candidates USING btree (state, weight DESC) WHERE (gone_recorded IS NULL);

create table registry.linkage_decisions (
  decision_id bigint not null,
  kind text not null,
  entry_id bigint not null,
  other_entry_id bigint not null,
  undoes bigint,
  operator text not null,
  reason text not null,
  until date,
  seen jsonb not null default '{}'::jsonb,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (decision_id),
  CHECK ((entry_id < other_entry_id)),
  CHECK (((kind = 'undo'::text) = (undoes IS NOT NULL))),
  CHECK (((until IS NULL) OR (kind = 'later'::text))),
  CHECK ((kind = ANY (ARRAY['same'::text, 'different'::text, 'later'::text, 'undo'::text]))),
  CHECK ((operator <> ''::text)),
  CHECK ((reason <> ''::text))
);
CREATE INDEX linkage_decisions_entry ON registry.linkage_decisions USING btree (entry_id);
CREATE INDEX linkage_decisions_other ON registry.linkage_decisions USING btree (other_entry_id);
CREATE UNIQUE INDEX linkage_decisions_undone ON registry.linkage_decisions USING btree (undoes) WHERE (undoes IS NOT NULL);

create table registry.linkage_keys (
  block_key bigint not null,
  entry_id bigint not null,
  PRIMARY KEY (block_key, entry_id)
);

create table registry.linkage_models (
  model_id bigint not null,
  parameters jsonb not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (model_id)
);

create table registry.linkage_runs (
  run_id bigint not null,
  model_id bigint not null,
  since timestamp with time zone,
  upto timestamp with time zone not null,
  counts jsonb not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (run_id)
);

create table registry.memberships (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  household_id bigint not null,
  progressivo integer,
  stated_to date,
  relazione text not null,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE UNIQUE INDEX memberships_open ON registry.memberships USING btree (entry_id) WHERE (valid_to = 'infinity'::date);

create table registry.memberships_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  household_id bigint not null,
  progressivo integer,
  stated_to date,
  relazione text not null,
  stated text[],
  from_text text,
  to_text text,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX memberships_past_key ON registry.memberships_past USING btree (entry_id);

create table registry.name_forms (
  kind text not null,
  form text not null,
  name_key text not null,
  sound text not null,
  bones text not null,
  head text not null,
  tail text not null,
  PRIMARY KEY (kind, form, name_key),
  CHECK ((kind = ANY (ARRAY['C'::text, 'N'::text])))
);
CREATE INDEX name_forms_bones ON registry.name_forms USING btree (kind, bones) WHERE (bones <> ''::text);
CREATE INDEX name_forms_head ON registry.name_forms USING btree (kind, head) WHERE (head <> ''::text);
CREATE INDEX name_forms_sound ON registry.name_forms USING btree (kind, sound);
CREATE INDEX name_forms_tail ON registry.name_forms USING btree (kind, tail) WHERE (tail <> ''::text);

create table registry.number_blocks (
  kind text not null,
  last bigint not null default 0,
  PRIMARY KEY (kind),
  CHECK ((kind = ANY (ARRAY['entry'::text, 'household'::text, 'event'::text, 'supply'::text])))
);

create table registry.omocodic_keys (
  codice_fiscale text not null,
  entry_id bigint not null,
  PRIMARY KEY (codice_fiscale, entry_id)
);

create table registry.operation_answers (
  supply_id bigint not null,
  answer text not null,
  PRIMARY KEY (supply_id)
);

create table registry.parents (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  id_padre text,
  cf_padre text,
  id_madre text,
  cf_madre text,
  father_key text,
  mother_key text,
  stated text[],
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX parents_father ON registry.parents USING btree (father_key) WHERE (father_key IS NOT NULL);
CREATE INDEX parents_mother ON registry.parents USING btree (mother_key) WHERE (mother_key IS NOT NULL);

create table registry.parents_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  id_padre text,
  cf_padre text,
  id_madre text,
  cf_madre text,
  father_key text,
  mother_key text,
  stated text[],
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX parents_past_key ON registry.parents_past USING btree (entry_id);

create table registry.permits (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  scadenza date,
  tipo text,
  stated text[],
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);

create table registry.permits_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  scadenza date,
  tipo text,
  stated text[],
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX permits_past_key ON registry.permits_past USING btree (entry_id);

create table registry.person_entries (
  entry_id bigint not null,
  person_id bigint not null,
  basis text not null,
  event_id bigint,
  recorded_from timestamp with time zone not null default recorded_now(),
  decision_id bigint,
  PRIMARY KEY (entry_id),
  CHECK ((basis = ANY (ARRAY['own'::text, 'codice-fiscale'::text, 'operator'::text]))),
  CHECK ((num_nonnulls(event_id, decision_id) = 1))
);
CREATE INDEX person_entries_person ON registry.person_entries USING btree (person_id);

create table registry.person_entries_past (
  entry_id bigint not null,
  person_id bigint not null,
  basis text not null,
  event_id bigint,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint,
  decision_id bigint,
  closed_by_decision bigint,
  CHECK ((num_nonnulls(event_id, decision_id) = 1)),
  CHECK ((num_nonnulls(closed_by, closed_by_decision) = 1))
);
CREATE INDEX person_entries_past_entry ON registry.person_entries_past USING btree (entry_id);
CREATE INDEX person_entries_past_person ON registry.person_entries_past USING btree (person_id);

create table registry.person_keys (
  codice_fiscale text not null,
  entry_id bigint not null,
  PRIMARY KEY (codice_fiscale, entry_id)
);
CREATE INDEX person_keys_entry ON registry.person_keys USING btree (entry_id);

create table registry.protections (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
  event_id bigint not null,
  source_row integer not null,
  protetto boolean not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);

create table registry.protections_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
  event_id bigint not null,
  source_row integer not null,
  protetto boolean not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX protections_past_key ON registry.protections_past USING btree (entry_id);

create table registry.receipt_numbers (
  year integer not null,
  last integer not null,
  PRIMARY KEY (year)
);

create table registry.reconciliation_findings (
  entry_id bigint not null,
  other_entry_id bigint,
  kind text not null,
  finding_key text not null,
  owner text not null,
  other text not null,
  about date not null,
  waits_from date,
  event_id bigint,
  detail jsonb not null default '{}'::jsonb,
  opened_at timestamp with time zone not null default recorded_now(),
  opened_by bigint,
  closed_at timestamp with time zone,
  closed_by bigint,
  closing_event bigint,
  opened_by_decision bigint,
  closed_by_decision bigint,
  PRIMARY KEY (entry_id, finding_key, opened_at),
  CHECK ((opened_at < closed_at))
);
CREATE INDEX reconciliation_closed_by_decision ON registry.reconciliation_findings USING btree (closed_by_decision) WHERE (closed_by_decision IS NOT NULL);
CREATE UNIQUE INDEX reconciliation_open ON registry.reconciliation_findings USING btree (entry_id, finding_key) WHERE (closed_at IS NULL);
CREATE INDEX reconciliation_opened_by_decision ON registry.reconciliation_findings USING btree (opened_by_decision) WHERE (opened_by_decision IS NOT NULL);
CREATE INDEX reconciliation_other ON registry.reconciliation_findings USING btree (other, kind);
CREATE INDEX reconciliation_other_entry ON registry.reconciliation_findings USING btree (other_entry_id) WHERE ((closed_at IS NULL) AND (other_entry_id IS NOT NULL));
CREATE INDEX reconciliation_owner ON registry.reconciliation_findings USING btree (owner, kind);
CREATE INDEX reconciliation_waits ON registry.reconciliation_findings USING btree (owner, waits_from) WHERE ((closed_at IS NULL) AND (waits_from IS NOT NULL));

create table registry.reconciliation_postponements (
  entry_id bigint not null,
  finding_key text not null,
  opened_at timestamp with time zone not null,
  until date,
  operator text not null,
  reason text not null,
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, finding_key, opened_at, recorded_from),
  CHECK ((opened_at < recorded_from)),
  CHECK ((operator <> ''::text)),
  CHECK ((reason <> ''::text))
);

create table registry.register_clock (
  one boolean not null default true,
  last_recorded timestamp with time zone not null,
  PRIMARY KEY (one),
  CHECK (one)
);

create table registry.register_numbers (
  comune text not null,
  id_soggetto text not null,
  entry_id bigint not null,
  PRIMARY KEY (comune, id_soggetto)
);

create table registry.registrations (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null default 'infinity'::date,
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
  recorded_from timestamp with time zone not null default recorded_now(),
  PRIMARY KEY (entry_id, valid_from, event_id, source_row),
  CHECK ((valid_from <= valid_to))
);
CREATE INDEX registrations_comune ON registry.registrations USING btree (comune, valid_to);
CREATE UNIQUE INDEX registrations_open ON registry.registrations USING btree (entry_id) WHERE (valid_to = 'infinity'::date);

create table registry.registrations_past (
  entry_id bigint not null,
  valid_from date not null,
  valid_to date not null,
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
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  closed_by bigint not null,
  CHECK ((recorded_from < recorded_to))
);
CREATE INDEX registrations_past_comune ON registry.registrations_past USING btree (comune);
CREATE INDEX registrations_past_key ON registry.registrations_past USING btree (entry_id);

create table registry.set_aside (
  supply_id bigint not null,
  comune text not null,
  file text not null,
  riga integer not null,
  id_soggetto text not null default ''::text,
  id_household text,
  id_evento text,
  digest text,
  waits_for text[],
  codice text not null,
  raw text not null,
  chiusa_da bigint,
  PRIMARY KEY (supply_id, file, riga)
);
CREATE INDEX set_aside_awaited ON registry.set_aside USING gin (waits_for) WHERE (waits_for IS NOT NULL);
CREATE INDEX set_aside_entry ON registry.set_aside USING btree (comune, id_soggetto) WHERE (id_soggetto <> ''::text);
CREATE INDEX set_aside_event ON registry.set_aside USING btree (comune, id_evento) WHERE (id_evento IS NOT NULL);
CREATE INDEX set_aside_ever ON registry.set_aside USING btree (comune, id_soggetto);
CREATE INDEX set_aside_waiting ON registry.set_aside USING btree (comune) WHERE ((waits_for IS NOT NULL) AND (chiusa_da IS NULL));

create table registry.supplies (
  supply_id bigint not null,
  comune text not null,
  progressivo integer not null,
  tipo text not null,
  door text not null default 'SIPOP'::text,
  file_name text not null,
  sha256 text not null,
  situazione_al date,
  generata timestamp with time zone,
  software_nome text,
  software_versione text,
  assenti text,
  ricevuta text not null,
  esito text not null,
  lette jsonb not null,
  applicate jsonb not null,
  scartate jsonb not null,
  segnalate jsonb not null,
  manifest jsonb,
  entry_base bigint,
  household_base bigint,
  received_at timestamp with time zone not null default clock_timestamp(),
  recorded_at timestamp with time zone,
  event_base bigint,
  confirmed boolean not null default false,
  richiesta text,
  id_operazione text,
  UNIQUE (ricevuta),
  PRIMARY KEY (supply_id),
  CHECK (((esito = 'RIFIUTATA'::text) = (recorded_at IS NULL))),
  CHECK ((esito = ANY (ARRAY['ACCETTATA'::text, 'ACCETTATA_CON_SEGNALAZIONI'::text, 'RIFIUTATA'::text]))),
  CHECK ((tipo = ANY (ARRAY['COMPLETA'::text, 'VARIAZIONI'::text, 'OPERAZIONE'::text, 'SCONOSCIUTA'::text])))
);
CREATE UNIQUE INDEX supplies_accepted ON registry.supplies USING btree (comune, progressivo) WHERE ((esito <> 'RIFIUTATA'::text) AND (tipo <> 'OPERAZIONE'::text));
CREATE INDEX supplies_comune ON registry.supplies USING btree (comune, supply_id);
CREATE UNIQUE INDEX supplies_operations ON registry.supplies USING btree (comune, id_operazione) WHERE ((esito <> 'RIFIUTATA'::text) AND (tipo = 'OPERAZIONE'::text));
CREATE INDEX supplies_operations_sent ON registry.supplies USING btree (comune, id_operazione) WHERE (tipo = 'OPERAZIONE'::text);

create table registry.supply_contents (
  supply_id bigint not null,
  chunk integer not null,
  bytes bytea not null,
  PRIMARY KEY (supply_id, chunk)
);

CREATE OR REPLACE FUNCTION access.raise_epoch()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'access', 'pg_temp'
AS $function$
begin
  update epoch set n = n + 1;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION registry.recorded_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select current_setting('sipop.recorded')::timestamptz
$function$;

CREATE OR REPLACE FUNCTION registry.take_instant()
 RETURNS timestamp with time zone
 LANGUAGE sql
AS $function$
  update registry.register_clock
     set last_recorded = greatest(clock_timestamp(), last_recorded + interval '1 microsecond')
  returning last_recorded
$function$;
