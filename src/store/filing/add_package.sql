INSERT INTO filing_packages (filing, part, sha256) VALUES (?1, ?2, ?3)
