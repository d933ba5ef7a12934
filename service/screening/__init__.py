"""A name against the registers that bind a market: verdicts, hits, and what was not searched."""
