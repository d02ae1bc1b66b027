SELECT f.id, f.agency, f.period, f.filing, f.officer, f.device, f.time, f.previous, f.answers, f.software, f.size_limit
FROM filing_revisions r JOIN filings f ON f.id = r.filing WHERE r.revision = ?1 ORDER BY f.number DESC
