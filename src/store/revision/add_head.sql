INSERT INTO heads (revision) VALUES (?1)
