"""Law as data: markets, goods, authorities, deadlines and calendars."""
