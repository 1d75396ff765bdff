"""All words that the product knows of a language: typed access to `data/LANG.toml`, read and compiled at first use.

    Lexicon("de").months["marz"]             -> 3
    Lexicon("de").negation.search("wird nicht kommen")

One file a language; a table is looked up with the language, never pooled. A language without a file, or a file without a table,
has empty words and patterns that match nothing. What a table may be in TOML:

    words      one string, split at white space, or a list where a word has spaces in it
    numbers    a table, word = integer; or a string with a line for each number, "30 dreißig dreißigste"
    series     a string of words in their order, such as months: alternatives by "|", a space in a word as "_"
    pairs      a table: word = string
    named      a table: name = pattern; the alternatives of one expression, each a group of its name, the longer first
    flag       true
    pattern    rows: a string, or {pattern = "…", example = "…", counter = "…"}; alternatives of one regular expression

Words and patterns are folded here (`fold`), as the texts are that they are held against. `{months}` in a pattern stands for any
word of that table, or any row of it if it is a pattern's, and `{table.name}` for those of one name. Long tables are strings
between three apostrophes, which TOML reads ten times faster. `tests/index/text/test_lexicon.py` reads every row: its example
matches, its counter-example does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar, overload

from index.text.fold import fold
from index.text.verb_forms import Cue, Inflection, cues

T = TypeVar("T")
NEVER = re.compile(r"(?!)")
# Tables that other.toml has, too, for languages without a file.
SHARED = frozenset(
    "stopwords dotted_ordinals date_since source_according question_speech question_what "
    "credit_closing byline picture_words csv_columns walls wall_words".split()
)


class Table(Generic[T]):
    """A table of a language's file, made when it is first asked for."""

    name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, lexicon: None, owner: type) -> Table[T]: ...
    @overload
    def __get__(self, lexicon: Lexicon, owner: type) -> T: ...
    def __get__(self, lexicon: Lexicon | None, owner: type) -> Table[T] | T:
        if lexicon is None:
            return self
        made = lexicon.__dict__[self.name] = self.make(lexicon, lexicon.rows(self.name))  # found there from now on
        return made

    def make(self, lexicon: Lexicon, value: object) -> T:
        raise TypeError(f"{type(self).__name__} makes nothing")


class Words(Table[frozenset[str]]):
    """Words to be looked up, folded."""

    def make(self, lexicon: Lexicon, value: object) -> frozenset[str]:
        return frozenset(map(fold, listed(value)))


class Exact(Table[frozenset[str]]):
    """Words in lower case with their accents, which tell "él" from "el". `also`: other tables whose words belong to it."""

    def __init__(self, *also: str) -> None:
        self.also = also

    def make(self, lexicon: Lexicon, value: object) -> frozenset[str]:
        others = (word.lower() for table in self.also for word in table_words(lexicon.rows(table)))
        return frozenset(word.replace("’", "'") for word in (*listed(value), *others))


class Phrases(Table[tuple[str, ...]]):
    """Words in their order and as they are written."""

    def make(self, lexicon: Lexicon, value: object) -> tuple[str, ...]:
        return tuple(listed(value))


class WordRows(Table[tuple[tuple[str, ...], ...]]):
    """Phrases as their words, written with "_" between them: "de_acuerdo_con"."""

    def make(self, lexicon: Lexicon, value: object) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split("_")) for phrase in listed(value))


class Lines(Table[Mapping[str, str]]):
    """Name -> what stands behind the colon, of lines "name: …"."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, str]:
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {name.strip(): rest.strip() for name, _, rest in parted}


class Same(Table[Mapping[str, str]]):
    """Word -> the first word of its line: lines of words that mean one thing."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, str]:
        lines = [line.split() for line in str(value or "").splitlines() if line.strip()]
        return {word: line[0] for line in lines for word in line}


class Groups(Table[Mapping[str, str]]):
    """Phrase -> the name of its line, of lines "name: phrase|phrase"."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, str]:
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {phrase.strip(): name.strip() for name, _, phrases in parted for phrase in phrases.split("|")}


class Respelling(Table[tuple[tuple["re.Pattern[str]", str], ...]]):
    """Lines of an expression and what is written instead, with a space between; nothing behind it: it is left out."""

    def make(self, lexicon: Lexicon, value: object) -> tuple[tuple[re.Pattern[str], str], ...]:
        rows = (line.partition(" ") for line in str(value or "").splitlines() if line.strip())
        return tuple((re.compile(pattern), instead) for pattern, _, instead in rows)


class Verbs(Table[Mapping[str, Cue]]):
    """Form -> the verb that announces speech (`verb_forms`)."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, Cue]:
        inflection = Inflection(
            lexicon.verb_endings, lexicon.verb_stems, lexicon.irregular_verbs, lexicon.verb_spelling, lexicon.verb_prefixes
        )
        return cues(str(value or ""), inflection)


class Flag(Table[bool]):
    """Whether something is so of the language."""

    def make(self, lexicon: Lexicon, value: object) -> bool:
        return bool(value)


class Numbers(Table[Mapping[str, int]]):
    """Folded word -> integer."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, int]:
        return {fold(word): int(number) for word, number in numbered(value).items()}


class Decimals(Table[Mapping[str, float]]):
    """Folded word -> number."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, float]:
        return {fold(word): number for word, number in numbered(value).items()}


class Series(Table[Mapping[str, int]]):
    """Folded word -> its place in the order, the first at `first`: months from 1, weekdays from 0."""

    def __init__(self, first: int) -> None:
        self.first = first

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, int]:
        places = enumerate(str(value or "").split(), self.first)
        return {fold(word): place for place, words in places for word in alternatives(words)}


class Pairs(Table[Mapping[str, str]]):
    """Folded word -> string."""

    def make(self, lexicon: Lexicon, value: object) -> Mapping[str, str]:
        return {fold(word): str(other) for word, other in dict(value or {}).items()}  # type: ignore[call-overload]


class Pattern(Table["re.Pattern[str]"]):
    """Rows as the alternatives of one expression over folded text. `whole`: it begins and ends at a word's border."""

    def __init__(self, *, whole: bool = True, cased: bool = False) -> None:
        self.whole, self.cased = whole, cased

    def make(self, lexicon: Lexicon, value: object) -> re.Pattern[str]:
        rows = [self.row(lexicon, row) for row in listed_rows(value)]
        if not rows:
            return NEVER
        either = "|".join(rows)
        return re.compile(bordered(either) if self.whole and not lexicon.unspaced else either)

    def row(self, lexicon: Lexicon, row: str | Mapping[str, str]) -> str:
        """The expression of one row, its words folded unless the table is about capitals."""
        text = lexicon.filled(row if isinstance(row, str) else row["pattern"])
        return text if self.cased else folded_pattern(text)


class PatternList(Table[tuple["re.Pattern[str]", ...]]):
    """Rows as expressions of their own, in order: for named groups, or where the first that matches decides."""

    def __init__(self, *, whole: bool = False, cased: bool = False) -> None:
        self.single = Pattern(whole=whole, cased=cased)

    def make(self, lexicon: Lexicon, value: object) -> tuple[re.Pattern[str], ...]:
        bordering = bordered if self.single.whole and not lexicon.unspaced else str
        return tuple(re.compile(bordering(self.single.row(lexicon, row))) for row in listed_rows(value))


class Named(Pattern):
    """Rows by name, each a group of the expression: `match.lastgroup` says which of them matched."""

    def make(self, lexicon: Lexicon, value: object) -> re.Pattern[str]:
        rows = self.made_of(value)
        if not rows:
            return NEVER
        groups = [
            f"(?P<{name}>{'|'.join(self.row(lexicon, row) for row in listed_rows(value))})" for name, value in rows.items()
        ]
        either = "|".join(groups)
        return re.compile(bordered(either) if self.whole and not lexicon.unspaced else either)

    @staticmethod
    def made_of(value: object) -> dict[str, object]:
        """The rows by their names."""
        return dict(value or {})  # type: ignore[call-overload, no-any-return]


class Kinds(Named):
    """The same, of lines "kind: pattern"."""

    @staticmethod
    def made_of(value: object) -> dict[str, object]:
        """The pattern of each kind."""
        parted = (line.partition(":") for line in str(value or "").splitlines() if line.strip())
        return {kind.strip(): pattern.strip() for kind, _, pattern in parted}


class Lexicon:
    """The words of one language. `Lexicon(lang)` is the same object each time."""

    # --- text: sentences, terms, names, numbers, dates, credits --------------------------------------------------------------
    stopwords = Words()
    unspaced = Flag()  # its words are not set apart by spaces: patterns match anywhere
    title_abbreviations = Exact()  # abbreviations without their full stop, for index/text/sentences.py
    small_titles = Flag()
    before_anything = Exact()
    before_number = Exact()
    maybe_last = Exact()
    abbreviation_endings = Phrases()
    name_particles = Exact()
    openers_in_names = Exact()
    clock_marks = Exact()
    after_clock = Exact()
    year_marks = Exact()
    dotted_ordinals = Flag()
    quote_goes_on = Pattern(whole=False, cased=True)
    months = Series(1)
    months_short = Series(1)
    months_ambiguous = Words()
    weekdays = Series(0)
    parts_of_day = Words()
    numerals = Numbers()
    ordinals = Numbers()
    dozens = Numbers()
    fractions = Decimals()
    shares = Decimals()  # parts of a whole, of which per cent may be told: "a fifth"
    numeral_links = Words()
    numerals_glued = Flag()
    scale_abbreviations = Numbers()
    money_scales = Numbers()
    number_idioms = Pattern()
    before_nouns = Pattern(whole=False)  # words before a noun that is no name
    counts = Numbers()  # one to twelve as dates count: "a week ago"
    time_units = Named()  # hour, day, week, fortnight, month, year
    relative_dates = Named()  # today, yesterday, …: the names of relative_dates.PERIODS
    weekday_phrase = Pattern(whole=False)  # where a weekday is no word: groups day, week0 (this week) to week2
    weekday_last = Pattern()
    weekday_this = Pattern()
    not_weekday_before = Pattern(whole=False)
    not_weekday_after = Pattern(whole=False)
    ago = PatternList(whole=True)  # groups n, unit; or two, of a dual
    ahead = PatternList(whole=True)
    within = PatternList(whole=True)
    month_parts = Named()  # early, mid, late, first, second
    of_the_month = Pattern(whole=False)
    the_month = Pattern()
    year_parts = Named()  # q1 to q4, h1, h2
    year_mark = Pattern()  # behind a year
    year_lead = Pattern()  # makes a number a year
    glued = Pattern(whole=False)  # written in one with the word behind it
    date_in_figures = Pattern(whole=False)  # its groups: dates._in_figures
    day_mark = Pattern(whole=False)
    date_prepositions = Pattern()
    date_articles = Pattern()
    date_link = Pattern()  # between "since" and its date
    date_of = Pattern(whole=False)  # "of ", "d'"
    ordinal_marks = Pattern(whole=False)
    not_date_before = Pattern(whole=False)  # makes a name of a date: "calle 3 de Mayo"
    date_since = Pattern(whole=False)
    date_after = Pattern()
    date_until = Pattern()
    date_before = Pattern()
    range_from = Pattern()
    range_to = Pattern(whole=False)
    publication_words = Pattern(whole=False, cased=True)
    publication_on = Pattern(whole=False, cased=True)
    walls = Named()  # pages that stand where an article should: index/ingest/formats/walls.py
    wall_words = Pattern()  # by which they speak to their reader
    csv_columns = Lines()  # field of a row: its names, in JSON and as headings of tables
    credit_closing = Pattern(whole=False, cased=True)  # index/text/credits.py
    desk_credit = Pattern(whole=False, cased=True)
    byline = Pattern(whole=False, cased=True)
    credit_and = Pattern(whole=False, cased=True)
    picture_words = Pattern(whole=False, cased=True)
    picture_from_archive = Pattern(whole=False, cased=True)
    date_labels = Words()  # before the date of a text: "Published: 2023-10"
    demonym_endings = Pattern(whole=False, cased=True)
    places = Lines()  # code of countries.toml: names, as there
    # --- search: filters read from a question (index/search/question_filters.py) ---------------------------------------------
    source_according = Pattern(whole=False)  # before a source
    source_verbs = Pattern(whole=False)  # what is done by a source, before "by"
    source_pieces = Pattern(whole=False)  # what a source publishes
    source_by = Pattern(whole=False)
    source_in = Pattern(whole=False)
    source_filler = Pattern(whole=False)  # between these and its name
    source_reports = Pattern(whole=False)  # what a source does, behind its name
    source_refused = Pattern(whole=False)
    source_and = Pattern(whole=False)
    source_before = Pattern(whole=False)  # right at its name, in scripts without spaces
    source_behind = Pattern(whole=False)
    glued_prepositions = Phrases()  # written in one with the name
    author_by = Pattern(whole=False)
    author_written = Pattern(whole=False)
    author_verbs = Pattern(whole=False)
    published = Pattern(whole=False)
    published_on = Pattern(whole=False)
    asks_of_picture = Pattern()
    press_languages = Named(whole=False)  # words for the press of a language, by its code
    press_names = Pattern(whole=False)
    press_in = Pattern(whole=False)
    press_of = Pattern(whole=False)
    press_written = Pattern(whole=False)
    press_phrase = Pattern()
    language_speaking = Pattern(whole=False)
    language_suffix = Pattern(whole=False)
    question_speech = Words()
    question_what = Words()
    # --- quotes: who said what -----------------------------------------------------------------------------------------------
    speech_verbs = Verbs()
    verb_endings = Lines()
    verb_stems = Lines()
    irregular_verbs = Lines()
    verb_spelling = Respelling()
    verb_prefixes = Phrases()
    that = Exact()
    auxiliaries = Exact()
    perfect_auxiliaries = Exact()  # one of which must stand before a participle
    clitics = Exact()  # unstressed pronouns right before a verb, that are no subject
    adverbs = Exact()
    determiners = Exact()
    subject_articles = Exact()  # with which a subject behind its verb may begin
    prepositions = Exact()
    adjunct_prepositions = Exact()  # may stand between a verb and the subject behind it
    inner_prepositions = Exact()  # may stay inside a speaker's description: "of", "de"
    clause_breaks = Exact()  # conjunctions and relatives that end a clause
    conjunctions = Exact()  # and, but: may join two speakers or two verbs
    pronouns = Exact()
    relatives = Exact()
    according = WordRows()  # "according to"
    according_with_verb = WordRows()  # the same, where a verb of speech follows: Polish "jak podał X"
    no_sources = Exact()  # according to these nobody says anything: a plan, a timetable
    viewpoint = Exact()  # "for X, it is clear: “…”", at the head of a sentence with a quotation
    own_view = WordRows()  # "in his view": whose, the sentences before tell
    speech_nouns = Exact()  # whose "of" names a speaker: "the answer of X was: “…”"
    time_nouns = Exact("months", "weekdays")  # and words such as "yesterday"
    subjunctive_verbs = Exact()  # show reported speech without "that": German "er habe", "sie sei"
    doubtful_verbs = Exact()  # announce nothing before one of `doubtful_before`: "contar con"
    doubtful_before = Exact()
    noun_forms = Exact()  # forms of verbs that are nouns behind a preposition: "de cuenta"
    surname_verbs = Exact()  # forms of verbs that are surnames, too: Lee
    finite_endings = Phrases()  # by which a verb is told where a table of verbs has it not
    preterite_endings = Phrases()  # by which a verb right behind a quotation is known for one of speech
    word_pieces = Pattern(whole=False, cased=True)  # parts of a word that are tokens: l'|hôpital, a|-t-il
    inverts = Flag()  # a subject may stand behind its verb anywhere, and what is reported begins with "that"
    elides_subject = Flag()  # "dijo" alone is a sentence
    name_ends_phrase = Flag()  # no article shows where the next noun begins: a name ends the phrase
    dash_speech = Flag()  # what follows a dash behind a full stop is spoken
    no_articles = Flag()  # a description may begin with any noun
    mends_spaces = Flag()  # names that a lost space has glued to the next word are cut
    capital_nouns = Flag()  # every noun is written like a name
    verb_negations = Exact()  # before a verb of speech
    negation_endings = Phrases()
    and_words = Exact()  # join two names
    contrast_words = Exact()  # conjunctions that join no two names
    name_joins = Exact()  # stand inside a name
    definite_articles = Exact()
    indefinite_articles = Exact()
    possessives = Exact()
    plural_determiners = Exact()
    plural_endings = Phrases()  # of nouns
    plural_verb_endings = Phrases()
    present_endings = Phrases()  # of verbs in the third person
    no_plurals = Exact()  # end in the same, and are no plurals
    bare_subjects = Exact()  # may speak without an article
    object_pronouns = Exact()  # before a verb, where they would be articles elsewhere
    expletives = Exact()  # no subject behind a verb
    neutral_words = Exact()  # mean nobody at the head of a sentence
    common_verbs = Exact()  # verbs that end a noun phrase and are none of speech
    no_verbs = Exact()  # end like a verb, and are none
    adverb_endings = Phrases()  # of adverbs of manner
    gerund_endings = Phrases()
    addressee_endings = Phrases()  # of whom is spoken to, behind a name
    name_prepositions = Exact()  # go on in a description only before a name
    infinitive_prepositions = Exact()
    source_prepositions = Exact()  # go on in a description, before a place or a body
    companion_prepositions = Exact()
    infinitive_marks = Exact()
    quoting_verbs = Exact()  # quoted X as saying
    citing_verbs = Exact()  # their object is the source of a source
    citing_forms = Exact()
    like_words = Exact()
    agent_prepositions = Exact()  # behind a passive
    passive_auxiliaries = Exact()
    inserted_verbs = Exact()  # may stand in front of their subject: “…, said Ann Lee, …”
    chief_verbs = Exact()
    channels = Exact()  # in which something is said, and whose name is no speaker
    contractions = Phrases()  # of a pronoun and an auxiliary
    possessive_endings = Phrases()
    impersonal_pronouns = Exact()  # se dice: nobody says
    impersonal_forms = Exact()
    caption_prepositions = Exact()  # se lee en: what is read there speaks
    opening_breaks = Exact()  # break a clause, but may begin a sentence
    article_prepositions = Exact()  # articles that are prepositions, too
    dative_prepositions = Exact()  # told to X
    oblique_relatives = Exact()
    addressees = Exact()  # pronouns and nouns for whom is spoken to
    verb_particles = Exact()  # pointed out
    topic_prepositions = Exact()  # behind a verb: what it is about
    complement_words = Exact()  # begin what is told
    case_prepositions = Exact()  # no adjunct begins with them
    if_words = Exact()
    source_fillers = Exact()  # between “according to” and the source
    noun_governors = Exact()  # a form behind them is a noun
    before_gerunds = Exact()  # of those, may stand before a gerund with “that”
    before_bases = Exact()  # an infinitive may follow
    to_prepositions = Exact()  # behind which “to” is a preposition
    after_nouns = Exact()  # a form before them is a noun
    light_verbs = Exact()  # make a noun of the form behind them: dar cuenta
    before_noun_forms = Exact()
    inner_speech = Exact()  # in a quotation: others are quoted in it
    clause_leads = Exact()  # stand between a statement and the next verb of speech
    governing_words = Exact()  # a name behind them is not who is meant: the minister of Defence
    occasion_breaks = Exact()  # what follows is a topic, no part of an occasion
    occasion_joins = Exact()  # may stand inside an occasion
    origin_prepositions = Exact()  # from New York
    object_prepositions = Lines()  # what is warned of, called for; … : other words may stand between
    frame_senses = Lines()  # a verb's other sense
    asked_participles = Pattern(cased=True)  # asked about it, she said: no subject
    titles = Exact()  # stand before a name and are no part of it
    person_titles = Exact()  # of those, the ones before nobody but a person
    small_joins = Exact()  # in a description they tell nothing
    reflexives = Exact()
    offices = Exact()  # offices and professions by which somebody is meant who was named: the minister
    same_offices = Same()  # one office in several words, a line each
    office_descriptions = Lines()  # an office described: its name
    office_fillers = Exact()  # in a description they tell nothing of whom it means
    office_of = Exact()  # an office and these: its domain or place follows
    office_domains = Exact()  # that a capital makes no part of a name: the minister de Defensa
    kin = Exact()  # whom somebody is to another: Esposa de Ruiz
    kin_joins = Exact()
    name_months = Exact()  # months and days that are given names, too
    bodies = Exact()  # a name with them is an organisation's or a place's
    campaigns = Exact()  # a name with them is somebody's people
    voices = Pattern()  # who speaks for somebody: his words may be asked for by the other's name
    he = Exact()  # pronouns for a man
    she = Exact()  # for a woman
    they = Exact()  # for several
    first_person = Exact()
    male_signs = Exact()  # right before a name they show a man's
    female_signs = Exact()
    male_words = Exact()  # near before a name
    female_words = Exact()
    male_articles = Exact()  # of a description: whoever is meant is a man
    female_articles = Exact()
    role_articles = Phrases()  # a description before a name begins with them
    role_breaks = Exact()  # end a description before a name
    role_ends = Exact()  # a description does not end with them
    no_role_starts = Exact()  # what begins so behind a name is no description
    spoken_to_bodies = Exact()  # an occasion, where it is spoken to
    occasion_openers = Exact()  # prepositions that an occasion begins with
    occasions = Exact()  # occasions and channels
    spoken_languages = Groups()  # languages that somebody may have spoken
    spoken_in = Pattern(cased=True)  # said in a language: verb … preposition
    no_speakers = Exact()  # labels before a colon that name nobody
    question_labels = Exact()  # before a question of an interview
    answer_labels = Exact()
    name_endings = Respelling()  # a name's ending in another case: in the nominative
    oblique_endings = Phrases()  # of a place or a body before a name, and of no given name: "Minister Estonii Mart Kask"
    institutions = Groups()  # whatever the language: what an institution is called, a line each
    occasion_kinds = Groups()  # kinds of occasion by their English names
    elided_words = Exact()  # written with an apostrophe for their first letters
    speech_signs = Phrases()  # Chinese, Japanese: verbs of speech
    sign_senses = Groups()  # what such a verb does, where it is more than to assert
    speech_insertions = Phrases()  # between the speaker and the verb
    source_signs = Phrases()  # behind a source
    office_signs = Phrases()  # before a name
    title_endings = Phrases()  # behind a name
    quote_attributions = Exact()  # verbs before which a quotation without its closing mark ends
    # --- questions -----------------------------------------------------------------------------------------------------------
    asks_count = Pattern()
    asks_when = Pattern()
    asks_said = Pattern()
    asks_who = Pattern()
    asks_why = Pattern()
    asks_where = Pattern()
    asks_for = Named()  # age, share, duration, money, name
    asks_to_compare = Pattern()
    between_sides = Words()  # between the names of what is compared
    which_words = Words()  # before the noun that is asked for: "which hospital"
    who_words = Words()  # likewise, with a verb between: "who was the captain"
    told_by = Named()  # age, money: what tells one, beside the units of `measures`
    said_words = Words()
    report_words = Words()
    saying = Pattern()  # a word that reports speech
    before_speaker = Pattern(whole=False)  # what stands before the name of whom a question asks about
    how_many = Words()  # before a noun: "How many", and not "How much did it cost"
    how_many_of = Words()  # may stand between the two
    countless = Words()  # what may be counted and names no thing: "times", "people", "days"
    who_reports = Pattern()
    gives_reason = Pattern()
    news_words = Words()
    news_around = Words()
    news_unspaced = Pattern(whole=False)  # of scripts without spaces
    say_verbs = Words()
    say_openly = Words()
    say_auxiliaries = Words()
    say_about = Words()
    say_nouns = Words()
    say_forms = PatternList()
    say_denials = Pattern()
    say_outlets = Pattern()
    say_original = Pattern(whole=False)
    say_occasion = Pattern()
    say_leads = Pattern(whole=False)  # what stands before the topic
    say_nothing = Words()  # no topic
    say_nobody = Words()  # no speaker
    speaker_groups = Words()  # under whose name nobody is on record: "the parties"
    say_breaks = Words()  # of half a sentence
    say_cut = Pattern(whole=False, cased=True)  # where a speaker's name ends and the topic begins
    according_first = Pattern(whole=False)
    according_last = Pattern(whole=False)
    according_in = Pattern(whole=False)
    outlet_articles = Words()
    loose_ends = Words()
    leaning_pronouns = Words()
    weak_pronouns = Words()
    follow_opening = Pattern()
    follow_according = Pattern(whole=False)
    follow_inside = Phrases()
    follow_from = Pattern()
    follow_only = Pattern(whole=False)
    follow_place = Phrases()
    name_articles = Phrases()
    name_links = Phrases()
    follow_about = Pattern(whole=False)
    follow_and = Pattern(whole=False)
    follow_narrowing = Pattern(whole=False)
    ask_shorter = Pattern()
    ask_language = Pattern()
    ask_after = Pattern()
    language_names = Pairs()
    # --- retrieval and verification ------------------------------------------------------------------------------------------
    counted = Kinds()  # what is counted, by its kind
    fates = Kinds()  # what people do or suffer
    measures = Kinds()
    causes = Kinds()  # what befell
    deeds = Kinds()  # what is done in numbers
    happenings = Kinds()  # what happens, in whatever form
    happened = Kinds()  # the forms that say that it has happened
    planned = Pattern()  # says that something is to come
    planned_endings = Pattern(cased=True)  # the verbs' endings that say so
    at_least = Pattern()  # before a number: a bound
    at_most = Pattern()
    about = Pattern()
    part_before = Pattern()  # before a number: it is a part, an addition, a rank, a rate
    part_after = Pattern(whole=False)  # likewise behind it
    rate = Pattern(whole=False)
    ordinal = Pattern()
    part_of = Pattern()  # between a part and its whole: "four of six"
    counted_of = Pattern()  # between a measure and the thing measured
    purpose = Pattern()  # before what a sum is for
    instead_of = Pattern()  # before a figure that is taken back
    claim_denials = Pattern()  # before a claim that is denied
    denied_favour = Pattern()  # what is denied to somebody, and no claim
    clause_openers = Pattern()  # behind a comma
    auxiliary_forms = Pattern()
    just_now = Pattern()  # says that something is of these days
    towards = Pattern(cased=True)  # before where a journey goes
    office_nouns = Pattern(whole=False)  # in a language that writes nouns like names
    negation = Pattern()  # says no
    denial = Pattern()  # says that something is not so
    refusal = Pattern()  # turns something down, or comes to nothing
    to_come = Pattern(cased=True)  # the future; over lower case with its accents, which make the tense
    done = Pattern(cased=True)  # what has happened; likewise
    helping_verbs = Words()
    inverting_verbs = Words()  # one of them stands before the subject of a question
    passive_verbs = Words()
    by_words = Words()
    to_somebody = Words()
    inverted_pronoun = Pattern(whole=False)  # "-t-il"
    mutual_verbs = Pattern()  # whoever of the two comes first
    third_person = Phrases()
    day_idioms = Pattern()
    next_words = Pattern()
    last_words = Pattern()
    was_to = Pattern()
    reply_labels = Words()
    about_passages = Pattern(whole=False)
    # --- briefings -----------------------------------------------------------------------------------------------------------
    corrects = Pattern()
    withdraws = Pattern()
    calls_off = Pattern()
    leaning_openings = Pattern(cased=True)
    page_words = Pattern()  # of a sentence that is the page's, not the article's
    teasing_titles = Pattern()  # that promise to tell in place of telling
    consequence = Kinds()  # deaths, war, election, …: what editors rank by
    service_titles = Pattern()  # of odds, deals, tips: no news
    newsletter_openings = Pattern()
    talk_number = Pattern(whole=False)  # group n: of an event
    talk_more = Pattern(whole=False)
    talk_that = Pattern(whole=False)
    talk_reports = Pattern()
    # --- conversation (bot/questions/small_talk.py) --------------------------------------------------------------------------
    chat_units = Kinds()  # what small talk is made of, by its kind
    chat_colleague = Pattern()  # how something begins that is said to a colleague
    chat_office = Pattern()  # whole lines between colleagues
    chat_you = Pattern()  # how something begins that is put to people
    chat_request = Pattern()  # and what is put to a bot all the same
    chat_opening = Pattern()  # how a question begins
    chat_check = Pattern()  # asks for a file's quotations to be checked
    vague_words = Words()  # that name nothing to look for

    lang: str

    def __new__(cls, lang: str) -> Lexicon:
        return _lexicon(lang)

    def rows(self, name: str) -> object:
        """A table as its file has it, or the file of the many languages that have no other; None if neither has it."""
        own = _file(self.lang)
        return _shared()[name].get(self.lang) if name in SHARED and name not in own else own.get(name)

    def pattern(self, template: str) -> re.Pattern[str]:
        """A pattern over folded text whose `{table}`s are filled from this language."""
        return _filled(self, template)

    def filled(self, pattern: str) -> str:
        """A pattern with `{table}` replaced by the words of that table, the longest first, or by its rows."""

        def either(match: re.Match[str]) -> str:
            table, value = vars(type(self))[match[1]], self.rows(match[1])
            if match[2]:
                value = (table.made_of(value) if isinstance(table, Named) else dict(value or {})).get(match[2])  # type: ignore[call-overload]
            if isinstance(table, Verbs):
                value = sorted(map(fold, getattr(self, match[1])))
            if isinstance(table, (Pattern, PatternList)):
                rows = pattern_rows(value)
                return f"(?:{'|'.join(self.filled(row) for row in rows)})" if rows else "(?!)"
            words = sorted(table_words(value), key=len, reverse=True)
            return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"

        return re.sub(r"(?<!\\)\{([a-z_]+)(?:\.([a-z_]+))?\}", either, pattern)

    def __repr__(self) -> str:
        return f"Lexicon({self.lang!r})"


@cache
def _filled(lexicon: Lexicon, template: str) -> re.Pattern[str]:
    return re.compile(folded_pattern(lexicon.filled(template)))


@cache
def _lexicon(lang: str) -> Lexicon:
    lexicon = object.__new__(Lexicon)
    lexicon.lang = lang
    return lexicon


@cache
def _file(lang: str) -> Mapping[str, object]:
    if not lang.isalpha():
        return {}
    file = files("index.text") / "data" / f"{lang}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def _shared() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("index.text") / "data" / "other.toml").read_text(encoding="utf-8"))


def languages_of(name: str) -> tuple[str, ...]:
    """Codes of the languages that a shared table has words of."""
    return tuple(_shared()[name])


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages that have a file."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in (files("index.text") / "data").iterdir() if len(file.name) == 7)
    )


def every_row(name: str) -> str:
    """The rows of a table in all languages, as alternatives: for what stands in texts of any language, as credits do."""
    own = [row for lang in languages() for row in pattern_rows(Lexicon(lang).rows(name))]
    return "|".join(dict.fromkeys([*own, *map(str, _shared().get(name, {}).values())]))


def listed(value: object) -> list[str]:
    """The words of a table: a string is split at white space; the keys of a mapping."""
    if value is None:
        return []
    return value.split() if isinstance(value, str) else [str(word) for word in value]  # type: ignore[attr-defined]


def alternatives(words: str) -> list[str]:
    """
    >>> alternatives("Januar|Jan_uar")
    ['Januar', 'Jan uar']
    """
    return [word.replace("_", " ") for word in words.split("|")]


def numbered(value: object) -> dict[str, float]:
    """word -> number, of a table or of lines "30 thirty thirtieth"."""
    if value is None or isinstance(value, Mapping):
        return {str(word): float(number) for word, number in (value or {}).items()}
    lines = [line.split() for line in str(value).splitlines() if line.strip()]
    return {word.replace("_", " "): float(number) for number, *words in lines for word in words}


def table_words(value: object) -> list[str]:
    """All words of a table that is no pattern's, in whichever form it is written."""
    if isinstance(value, str) and re.search(r"(?m)^\s*[\d.]+ ", value):
        return list(numbered(value))
    return [word for words in listed(value) for word in alternatives(words)]


def pattern_rows(value: object) -> list[str]:
    """The patterns of a pattern's table, or of all names of a named one."""
    if isinstance(value, Mapping) and "pattern" not in value:
        return [row for rows in value.values() for row in pattern_rows(rows)]
    return [row if isinstance(row, str) else row["pattern"] for row in listed_rows(value)]


def bordered(pattern: str) -> str:
    """The pattern as whole words."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def listed_rows(value: object) -> list[str | Mapping[str, str]]:
    """The rows of a pattern's table."""
    if value is None:
        return []
    return [value] if isinstance(value, (str, Mapping)) else list(value)  # type: ignore[call-overload]


def folded_pattern(pattern: str) -> str:
    r"""A pattern with its words folded and its escapes as they are.

    >>> folded_pattern(r"äuße\S+|D'après")
    "ausse\\S+|d'apres"
    """
    return re.sub(
        r"\(\?P<\w+>|\(\?P=\w+\)|\\.|[^\\(]+|\(", lambda part: part[0] if part[0][0] in "\\(" else fold(part[0]), pattern
    )
