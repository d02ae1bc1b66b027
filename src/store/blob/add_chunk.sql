INSERT INTO blob_chunks (blob, number, data) VALUES (?1, ?2, ?3)
