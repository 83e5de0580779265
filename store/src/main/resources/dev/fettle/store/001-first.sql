-- One statement per paragraph. Only what SQLite and PostgreSQL share.

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  search TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  occurrences BIGINT NOT NULL,
  body TEXT NOT NULL
)

CREATE INDEX incident_by_last_seen ON incident (last_seen)

CREATE TABLE incident_hash (
  service TEXT NOT NULL,
  hash TEXT NOT NULL,
  incident TEXT NOT NULL,
  PRIMARY KEY (service, hash)
)

CREATE TABLE occurrence (
  incident TEXT NOT NULL,
  minute BIGINT NOT NULL,
  occurrences BIGINT NOT NULL,
  PRIMARY KEY (incident, minute)
)

CREATE TABLE seen (
  signal TEXT PRIMARY KEY,
  at BIGINT NOT NULL
)

CREATE INDEX seen_by_time ON seen (at)

CREATE TABLE journal (
  sequence BIGINT PRIMARY KEY,
  incident TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  data TEXT NOT NULL,
  at TEXT NOT NULL
)

CREATE INDEX journal_by_incident ON journal (incident, sequence)

CREATE TABLE case_file (
  incident TEXT PRIMARY KEY,
  body TEXT NOT NULL
)

CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  incident TEXT NOT NULL,
  channel TEXT NOT NULL,
  reference TEXT NOT NULL,
  at TEXT NOT NULL
)

CREATE INDEX delivery_by_incident ON delivery (incident)

CREATE TABLE outcome (
  sequence BIGINT PRIMARY KEY,
  delivery TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  at TEXT NOT NULL
)

CREATE INDEX outcome_by_delivery ON outcome (delivery, sequence)
