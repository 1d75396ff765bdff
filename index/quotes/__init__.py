"""Pure: who said what, in a text. `statements` is the walk; the other files are its parts, each of one purpose."""

from index.quotes.cases import nominative
from index.quotes.marks import Quote, paragraphs, quotes
from index.quotes.names import same_person
from index.quotes.statements import PRONOUNS, UNCLEAR, Statement, statements

__all__ = ["PRONOUNS", "UNCLEAR", "Quote", "Statement", "nominative", "paragraphs", "quotes", "same_person", "statements"]
