INSERT INTO filing_packages (filing, part, sha256) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
