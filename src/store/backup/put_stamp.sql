INSERT INTO backup_stamp (digest, changes) VALUES (?1, ?2)
