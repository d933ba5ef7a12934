"""docs/notices.md lists every topic, and whether it is mailed."""

from service.notices.topics import TOPICS
from tests.docs.reading import CODE, page, rows


def test_the_table_of_topics_is_the_one_in_force() -> None:
    _, *lines = rows(page("notices.md"), "Topics")

    told = {CODE.findall(line[0])[0]: line[2] == "yes" for line in lines}
    assert told == {topic.value: kind.mailed for topic, kind in TOPICS.items()}
