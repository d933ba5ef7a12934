"""The one-stop station: intake desk, consultations, people, guidance of the bureau."""
