SELECT number, id, kind, author, time, subject, undoes, undone_by FROM operations ORDER BY number LIMIT ?1 OFFSET ?2
