-- Numbers that were given once are never given again. Copying the rows has made entries for tables that have some.
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) SELECT name, seq FROM source.sqlite_sequence
