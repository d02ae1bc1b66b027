SELECT number FROM revisions ORDER BY number
