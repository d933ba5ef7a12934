"""The station report 统计: named figures over a period, each opening the rows behind it."""
