"""Pure: who said what, in a text. `statements` is the walk; the other files are its parts, each of one purpose."""

from index.quotes.extraction import PRONOUNS, UNCLEAR, Statement, statements
from index.text.person_names import same_person
from index.text.quote_pairs import Quote, paragraphs, quotes
from index.text.russian_names import nominative

__all__ = ["PRONOUNS", "UNCLEAR", "Quote", "Statement", "nominative", "paragraphs", "quotes", "same_person", "statements"]
