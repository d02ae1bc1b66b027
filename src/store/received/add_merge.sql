INSERT INTO merges (operation, package) VALUES (?1, ?2)
