INSERT INTO operations (id, kind, author, time, subject, undoes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
