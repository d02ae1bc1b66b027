UPDATE keys SET state = 'confirmed', officer = ?3, decided = ?4 WHERE agency = ?1 AND key = ?2
