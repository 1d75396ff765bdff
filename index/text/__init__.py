"""What can be read off a text: pure functions of a text and its language."""
