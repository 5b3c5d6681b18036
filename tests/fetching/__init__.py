"""The one HTTP client, against real local servers, polite and hostile."""
