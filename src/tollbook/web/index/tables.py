"""The tables of the copy. Rows are flat: what a list shows and what a filter asks."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE document (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, first_seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  key TEXT, outlet TEXT, title TEXT, url TEXT, language TEXT, published TEXT, sha256 TEXT, raw_sha256 TEXT,
  raw_kept INTEGER NOT NULL, readings INTEGER NOT NULL, claims INTEGER NOT NULL, statements INTEGER NOT NULL,
  reprint_of TEXT
);

CREATE TABLE claim (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, outlet TEXT, published TEXT, incident TEXT,
  seq INTEGER NOT NULL, position INTEGER NOT NULL, harm TEXT NOT NULL, low INTEGER, high INTEGER,
  qualifier TEXT NOT NULL, status TEXT, event TEXT, date_from TEXT, date_to TEXT, date_precision TEXT, place TEXT,
  country TEXT, lat REAL,
  lon REAL, precision TEXT, blamed TEXT, origin TEXT,
  stance TEXT NOT NULL, scope TEXT NOT NULL, review TEXT NOT NULL,
  by_hand INTEGER NOT NULL, score REAL NOT NULL, doubt INTEGER NOT NULL, year TEXT
);

CREATE TABLE incident (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, seq INTEGER NOT NULL, status TEXT NOT NULL,
  grade TEXT, date_from TEXT, date_to TEXT, date_precision TEXT, year TEXT, place TEXT, country TEXT, lat REAL,
  lon REAL,
  precision TEXT, event TEXT, killed_low INTEGER, killed_high INTEGER, injured_low INTEGER, injured_high INTEGER,
  blamed TEXT,
  killed INTEGER NOT NULL, injured INTEGER NOT NULL, documents INTEGER NOT NULL, outlets INTEGER NOT NULL,
  origins_low INTEGER NOT NULL, origins_high INTEGER NOT NULL, claims INTEGER NOT NULL, waiting INTEGER NOT NULL,
  contradictions INTEGER NOT NULL, review TEXT NOT NULL, headline TEXT
);

CREATE TABLE party (incident INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (incident, name)) WITHOUT ROWID;
CREATE TABLE told (incident INTEGER NOT NULL, outlet TEXT NOT NULL, PRIMARY KEY (incident, outlet)) WITHOUT ROWID;

CREATE TABLE changed (kind TEXT NOT NULL, n INTEGER NOT NULL);

CREATE VIRTUAL TABLE document_words USING fts5 (body, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE claim_words USING fts5 (body, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE incident_words USING fts5 (body, tokenize = "unicode61 remove_diacritics 2");
"""

# Made after the rows when all of them are written at once; ``incident`` ones last, since filling those asks the others.
INDEXES = """
CREATE INDEX IF NOT EXISTS document_outlet ON document (outlet);
CREATE INDEX IF NOT EXISTS document_published ON document (published, id);
CREATE INDEX IF NOT EXISTS document_first ON document (first_seq);
CREATE INDEX IF NOT EXISTS document_text ON document (sha256);
CREATE INDEX IF NOT EXISTS document_claims ON document (claims, id);
CREATE INDEX IF NOT EXISTS document_named ON document (outlet IS NULL, outlet, id);
CREATE INDEX IF NOT EXISTS document_state ON document (state);
CREATE INDEX IF NOT EXISTS document_language ON document (language);
CREATE INDEX IF NOT EXISTS claim_document ON claim (document, position);
CREATE INDEX IF NOT EXISTS claim_incident ON claim (incident);
CREATE INDEX IF NOT EXISTS claim_date ON claim (date_from, n);
CREATE INDEX IF NOT EXISTS claim_oldest ON claim (date_from IS NULL, date_from, n);
CREATE INDEX IF NOT EXISTS claim_toll ON claim (coalesce(low, high) DESC, n);
CREATE INDEX IF NOT EXISTS claim_doubt ON claim (doubt DESC, n);
CREATE INDEX IF NOT EXISTS claim_year ON claim (year);
CREATE INDEX IF NOT EXISTS claim_spot ON claim (lat, lon, precision);
CREATE INDEX IF NOT EXISTS claim_queue ON claim (review, doubt DESC, n);
CREATE INDEX IF NOT EXISTS claim_total ON claim (scope, country, date_from);
CREATE INDEX IF NOT EXISTS claim_harm ON claim (harm);
CREATE INDEX IF NOT EXISTS claim_country ON claim (country);
CREATE INDEX IF NOT EXISTS claim_event ON claim (event);
CREATE INDEX IF NOT EXISTS claim_origin ON claim (origin);
CREATE INDEX IF NOT EXISTS claim_outlet ON claim (outlet);
CREATE INDEX IF NOT EXISTS claim_stance ON claim (stance);
CREATE INDEX IF NOT EXISTS incident_date ON incident (coalesce(date_from, '') DESC, id);
CREATE INDEX IF NOT EXISTS incident_oldest ON incident (date_from IS NULL, date_from, id);
CREATE INDEX IF NOT EXISTS incident_country ON incident (country, date_from);
CREATE INDEX IF NOT EXISTS incident_event ON incident (event);
CREATE INDEX IF NOT EXISTS incident_status ON incident (status);
CREATE INDEX IF NOT EXISTS incident_grade ON incident (grade);
CREATE INDEX IF NOT EXISTS incident_year ON incident (year);
CREATE INDEX IF NOT EXISTS incident_review ON incident (review);
CREATE INDEX IF NOT EXISTS incident_spot ON incident (lat, lon, precision, killed_low);
CREATE INDEX IF NOT EXISTS incident_toll ON incident (killed_low DESC, id);
CREATE INDEX IF NOT EXISTS incident_contradictions ON incident (contradictions DESC, id);
CREATE INDEX IF NOT EXISTS party_name ON party (name, incident);
CREATE INDEX IF NOT EXISTS told_outlet ON told (outlet, incident);
"""

# Which rows a refresh wrote, so that their columns are read again; not while all of them are written at once.
TRIGGERS = {
    f"{table}_{verb}": f"CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table} BEGIN "
    f"INSERT INTO changed VALUES ('{table}', {row}.n); END"
    for table in ("document", "claim", "incident")
    for verb, row in (("insert", "new"), ("update", "new"), ("delete", "old"))
}

EVERYTHING = (
    "document", "claim", "incident", "party", "told", "document_words", "claim_words", "incident_words",
)  # fmt: skip
