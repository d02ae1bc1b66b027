INSERT INTO tasks (id, pillar, short, text) VALUES (?1, ?2, ?3, ?4)
