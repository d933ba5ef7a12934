"""Filing packs and letters: everything an office is handed, made from what was frozen."""
