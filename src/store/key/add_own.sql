INSERT INTO own_keys (secret, since) VALUES (?1, ?2)
