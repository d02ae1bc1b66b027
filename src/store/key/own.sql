SELECT secret, since FROM own_keys ORDER BY number DESC
