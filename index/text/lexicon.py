"""All words that the product knows of a language: typed access to `data/LANG.toml`, read and compiled at first use.

    Lexicon("de").months["marz"]             -> 3
    Lexicon("de").negation.search("wird nicht kommen")

One file a language; a table is looked up with the language, never pooled. A language without a file, or a file without a table,
has empty words and patterns that match nothing. `lexicon_tables.py` says what a table may be in TOML;
`tests/index/text/test_lexicon.py` reads every row: its example matches, its counter-example does not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from index.text.fold import fold
from index.text.lexicon_tables import (
    Decimals,
    Exact,
    Flag,
    Groups,
    Kinds,
    Lines,
    Named,
    Numbers,
    Pairs,
    Pattern,
    PatternList,
    Phrases,
    Respelling,
    Same,
    Series,
    Verbs,
    WordRows,
    Words,
    folded_pattern,
    pattern_rows,
    table_words,
)
from index.text.verb_forms import Inflection

# Tables that other.toml has, too, for languages without a file.
SHARED = frozenset(
    "stopwords dotted_ordinals date_since source_according question_speech question_what "
    "credit_closing byline picture_words csv_columns walls wall_words".split()
)


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
    after_clock = Pattern(cased=True)  # "Tongan time" behind "10 a.m."
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
    teens = Words()  # ten, that is added to a digit before it: ثلاثة عشر
    place_values = Numbers()  # what a figure or a digit before them is multiplied by, written in one: 万
    place_digits = Numbers()  # one character each: 三
    counters = Words()  # behind a number, in one with it: 人
    rank_before = Words()  # makes a rank of a number: 第
    date_behind = Words()  # makes a date of a number: 月
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
    mail_headers = Lines()  # likewise, of the headers of a message
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
    or_words = Exact()  # conjunctions behind which a "nobody" before them still holds
    pronouns = Exact()
    relatives = Exact()
    according = WordRows()  # "according to"
    according_with_verb = WordRows()  # the same, where a verb of speech follows: Polish "jak podał X"
    no_sources = Exact()  # according to these nobody says anything: a plan, a timetable
    viewpoint = Exact()  # "for X, it is clear: “…”", at the head of a sentence with a quotation
    own_view = WordRows()  # "in his view": whose, the sentences before tell
    author_prepositions = Exact()  # behind a noun of speech: a tweet by X
    message_kinds = Exact()  # between somebody and their message: Ann Lee's first tweet
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
    nobody = Exact()  # pronouns that name no speaker
    no_speaker_articles = Exact()  # before those who do not speak: no organisation
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
    dative_articles = Exact()  # behind a noun, begin whom is spoken to
    dative_genitive_articles = Exact()  # may begin whom is spoken to, or whose somebody is
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
    office_changes = Exact()  # words, and heads of words, that make of an office another one: former, vice
    office_of = Exact()  # an office and these: its domain or place follows
    office_domains = Exact()  # that a capital makes no part of a name: the minister de Defensa
    kin = Exact()  # whom somebody is to another: Esposa de Ruiz
    kin_joins = Exact()
    name_months = Exact()  # months and days that are given names, too
    name_openers = Exact()  # with a capital before a name they are no part of it: "Take Ann Lee", "Rapper Bo Rann"
    bodies = Exact()  # a name with them is an organisation's or a place's
    campaigns = Exact()  # a name with them is somebody's people
    voices = Pattern()  # who speaks for somebody: his words may be asked for by the other's name
    he = Exact()  # pronouns for a man
    she = Exact()  # for a woman
    they = Exact()  # for several
    nobody_s = Pattern()  # a question whose pronoun is for several, or for no one: "waren sie", "y a-t-il"
    first_person = Exact()
    author_words = Exact()  # with which authors speak of themselves and to their readers
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
    compared_by = Named()  # what tells the figure by which two are compared: age, duration, money, share, figure
    asked_said = Phrases()  # how one asks what somebody said
    asks_whether = Pattern()  # the beginning of a question that yes or no answers
    asks_several = Pattern()
    overview_nouns = Words()  # name no matter, beside a name: "the Lind affair"
    asks_overview = Pattern()  # the beginning of a question for what happened in a matter as a whole
    still = Pattern()  # asks whether something has stayed as it was
    between_sides = Words()  # between the names of what is compared
    which_words = Words()  # before the noun that is asked for: "which hospital"
    who_words = Words()  # likewise, with a verb between: "who was the captain"
    between_parts = Exact()  # joins two things that one question asks for, beside `and_words`
    asking_words = Exact()  # that the second of them may begin with, with their accents: "y que dimitió" asks nothing
    told_by = Named()  # age, duration, money: what tells one, beside the units of `measures`
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
    news_new = Words()  # those of them that ask for the news also in the middle of a conversation
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
    follow_inside = Phrases()  # before a place; the first before a source or a time, too
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
    ask_sure = Pattern()
    ask_when = Pattern()
    ask_more = Pattern()
    ask_else = Pattern()
    person_pronouns = Words()
    language_names = Pairs()
    # --- retrieval and verification ------------------------------------------------------------------------------------------
    counted = Kinds()  # what is counted, by its kind
    fates = Kinds()  # what people do or suffer
    measures = Kinds()
    causes = Kinds()  # what befell
    no_one = Kinds()  # nobody, by itself or before a noun, and what shows that only some are meant: "nobody else"
    outcomes = Kinds()  # what an act comes to: convicted, acquitted
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
    takes_back = Pattern(whole=False)  # begins a sentence that says that the one before it is not so
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
    soon = Pattern()  # of a title: it looks ahead
    day_continues = Pattern(whole=False, cased=True)  # behind a day: " evening"
    next_words = Pattern()
    last_words = Pattern()
    was_to = Pattern()
    reply_labels = Words()
    about_passages = Pattern(whole=False)
    # --- briefings -----------------------------------------------------------------------------------------------------------
    own_texts = Exact()  # what a correction calls the report that it corrects
    corrects = Pattern()
    withdraws = Pattern()
    calls_off = Pattern()
    leaning_openings = Pattern(cased=True)
    page_words = Pattern()  # of a sentence that is the page's, not the article's
    teasing_titles = Pattern()  # that promise to tell in place of telling
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

    def inflection(self) -> Inflection:
        """How its verbs are inflected."""
        return Inflection(self.verb_endings, self.verb_stems, self.irregular_verbs, self.verb_spelling, self.verb_prefixes)

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
