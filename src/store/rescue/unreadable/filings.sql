DELETE FROM filings
