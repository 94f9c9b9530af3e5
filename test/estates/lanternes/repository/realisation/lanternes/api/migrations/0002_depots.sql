CREATE TABLE hand_in (lesson TEXT NOT NULL, email TEXT NOT NULL, object TEXT NOT NULL, created_at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX hand_in_by_email ON hand_in (email);
