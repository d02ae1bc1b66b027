INSERT INTO agencies (id, name, short, kind, parent, confirmed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
