-- Tout d’un coup, pour repartir de zéro en développement. La production suit api/migrations/.
CREATE TABLE IF NOT EXISTS course (id TEXT PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lesson (course TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, video TEXT, PRIMARY KEY (course, id));
CREATE TABLE IF NOT EXISTS enrolment (email TEXT NOT NULL, course TEXT NOT NULL, created_at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE IF NOT EXISTS hand_in (lesson TEXT NOT NULL, email TEXT NOT NULL, object TEXT NOT NULL, created_at TEXT DEFAULT CURRENT_TIMESTAMP);
