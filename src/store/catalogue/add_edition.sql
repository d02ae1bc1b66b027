INSERT INTO editions (operation, version, hash, files) VALUES (?1, ?2, ?3, ?4)
