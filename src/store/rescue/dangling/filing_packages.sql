DELETE FROM filing_packages WHERE filing NOT IN (SELECT id FROM filings)
