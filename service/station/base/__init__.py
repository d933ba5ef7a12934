"""The base with the procuratorate 检察服务基地: events, warnings, typical cases, check-ups."""
