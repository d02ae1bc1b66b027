SELECT number, id, kind, author, time, subject, undoes, undone_by FROM operations ORDER BY number DESC LIMIT ?1
