DELETE FROM editions
