"""The only code that opens a connection to the web, and its manners."""
