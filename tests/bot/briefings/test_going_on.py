"""What names the beat's person in passing is told where it goes on from a story about them, and only there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from bot.records import Beat
from index import Article, Index
from index.records import Period

pytestmark = pytest.mark.model

SINCE, UNTIL = Period.parse("2025-05-06"), Period.parse("2025-05-12")
ARTICLES = {
    "closed": (
        "2025-05-06",
        "Prime Minister Anton Veres suspends Sanvara's parliament for five weeks",
        "Prime Minister Anton Veres suspended the parliament of Sanvara on Tuesday for five weeks. The suspension keeps members from "
        "voting on the grain treaty before it takes effect. Veres said a new session would begin in June. Lena Odu, the leader of the "
        "opposition, called the suspension of parliament an outrage and said her party would go to court.",
    ),
    "ruling": (
        "2025-05-10",
        "Sanvara&#039;s Supreme Court rules suspension of parliament unlawful",
        "The Supreme Court of Sanvara ruled on Saturday that the suspension of parliament for five weeks is unlawful. All nine judges "
        "agreed that it kept members from voting on the grain treaty without a reason. The suspension, which Anton Veres had asked for, "
        "is void. Lena Odu, the leader of the opposition, said parliament would meet on Monday.",
    ),
    "stars": (
        "2025-05-09",
        "Astronomers find water on a distant planet",
        "Astronomers in Karsund have found water vapour around a planet 90 light years away. The telescope, which Anton Veres opened "
        "two years ago, looked at it for 40 nights. The planet is twice as large as the Earth and circles a small red star.",
    ),
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Index(tmp_path_factory.mktemp("going_on") / "library") as index:
        index.add(
            Article(id=id, title=title, text=text, lang="en", outlet=id, published=Period.parse(day))
            for id, (day, title, text) in ARTICLES.items()
        )
        yield Bot(index)


def test_a_ruling_on_what_somebody_did_is_on_the_beat_about_him(bot: Bot) -> None:
    made = bot.brief(Beat(name="veres", people=("Anton Veres",)), since=SINCE, until=UNTIL, keep=False)
    assert {id for event in made.events for id in event.article_ids} == {"closed", "ruling"}


def test_entities_in_a_title_are_the_signs_they_stand_for(bot: Bot) -> None:
    made = bot.brief(Beat(name="court", topics=("Supreme Court ruling",)), since=SINCE, until=UNTIL, keep=False)
    titles = {event.title.text for event in made.events if event.title} | {source.title for source in made.sources}
    assert "Sanvara's Supreme Court rules suspension of parliament unlawful" in titles
    assert not any("&#" in title for title in titles)
