"""Reads across modules: home pages, search, dashboards."""
