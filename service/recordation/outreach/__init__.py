"""Outreach 主动服务: whom to call on first, why, and what came of it."""
