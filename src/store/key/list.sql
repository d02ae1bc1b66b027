SELECT agency, device, key, first_seen, state, officer, decided FROM keys ORDER BY agency, device, first_seen, key
