UPDATE editions SET published = ?2, device = ?3
WHERE operation = (SELECT number FROM operations WHERE id = ?1)
