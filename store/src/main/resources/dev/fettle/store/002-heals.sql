-- Heals with the state before and after, and what people switched off.

CREATE TABLE heal (
  id TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  incident TEXT NOT NULL,
  at BIGINT NOT NULL,
  body TEXT NOT NULL
)

CREATE INDEX heal_by_time ON heal (at)

CREATE INDEX heal_by_site ON heal (site, at)

CREATE INDEX heal_by_incident ON heal (incident, at)

CREATE TABLE heal_off (
  site TEXT PRIMARY KEY
)
