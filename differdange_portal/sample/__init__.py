"""Generated data for demonstrations and measurements. Every record says that it is sample data."""
