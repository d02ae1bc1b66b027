INSERT INTO pillars (id, numeral, title, weight) VALUES (?1, ?2, ?3, ?4)
