"""Every example of the rule language holds, and the printed book is current."""

from pathlib import Path

import pytest

from simpul.packs import folder, load
from simpul.packs.book import pages
from simpul.packs.spec import Spec

HERE = Path(__file__).parent
SPEC = Spec(HERE, folder(), load())
EXAMPLES = list(SPEC.examples())


@pytest.mark.parametrize(
    ("chapter", "example"),
    EXAMPLES,
    ids=[f"{c.name}:{n}:{e.about or e.rule}" for n, (c, e) in enumerate(EXAMPLES)],
)
def test_example(chapter, example):
    assert SPEC.failure_of(example) == ""


def test_every_word_has_an_example():
    said = " ".join(example.rule for _, example in EXAMPLES)
    said += " ".join(str(example.service) for _, example in EXAMPLES)
    pack = load()
    said += " ".join(
        f"{indicator.written['counted']} {indicator.written['reached']}"
        for indicator in pack.indicators.values()
    )
    said += " ".join(str(v.written) for s in pack.services.values() for v in s.versions)
    for word in [*SPEC.vocabulary.names, *SPEC.vocabulary.words]:
        assert word in said, f"no example and no rule uses {word}"


@pytest.mark.parametrize("name", ["rules", "services", "facts", "indicators"])
def test_book_is_current(name):
    page = HERE.parents[1] / "docs" / "generated" / f"{name}.md"
    made = pages(load(), HERE)[name]
    assert page.read_text(encoding="utf-8") == made, "run: simpul pack book docs/generated"
