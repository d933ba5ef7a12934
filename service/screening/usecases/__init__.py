"""What screening does: plan, search, judge, word, keep."""
