DELETE FROM own_keys
