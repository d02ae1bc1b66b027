-- What was decided about a key stays; one that waits is let in where its packages are now accepted.
INSERT INTO keys (agency, device, key, first_seen, state) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (agency, device, key) DO UPDATE SET state = excluded.state
WHERE keys.state = 'waiting' AND excluded.state = 'seen'
