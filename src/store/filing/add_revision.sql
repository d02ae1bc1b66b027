INSERT INTO filing_revisions (filing, revision) VALUES (?1, ?2) ON CONFLICT DO NOTHING
