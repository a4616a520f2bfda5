"""Material for communicators that is shipped with the project, each with its source."""
