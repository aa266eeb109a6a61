"""Pages of the dialogue: for everyone (`dialogues`), for those who contribute (`people`), for staff (`office`)."""
