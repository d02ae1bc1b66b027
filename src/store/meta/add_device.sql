INSERT INTO devices (id, machine, path) VALUES (?1, ?2, ?3)
