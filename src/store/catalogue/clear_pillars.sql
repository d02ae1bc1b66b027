DELETE FROM pillars
