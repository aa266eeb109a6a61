"""Settings and a mail backend for a process that dies in the middle of sending."""
