"""What a case can undergo: opening, tracks, mediation, closing."""

import service.dispute.words  # noqa: F401  the verbs it tells are worded there
