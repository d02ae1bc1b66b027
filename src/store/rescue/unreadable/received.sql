DELETE FROM received
