"""Pure: who said what, in a text. `extraction.statements` is the pipeline; the other files are its parts."""

from index.quotes.extraction import UNCLEAR, Statement, statements
from index.quotes.speakers import is_pronoun
from index.text.name_cases import nominative
from index.text.person_names import same_person
from index.text.quotation_marks import Quote, paragraphs, quotes

__all__ = ["UNCLEAR", "Quote", "Statement", "is_pronoun", "nominative", "paragraphs", "quotes", "same_person", "statements"]
