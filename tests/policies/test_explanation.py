"""An advice is explained by what was not asked, what stands open, and what its words mean."""

from __future__ import annotations

from policies.assess import Advice, assess
from policies.explanation import Explanation, explain, question_texts
from policies.glossary import Glossary
from policies.model import NOT_SURE
from policies.parts import Term
from tests.policies.builders import Draft

BASIS = Term(term="lawful basis", gloss="A reason in law.", also=("lawful bases",))
WIDE = Term(term="recognised legitimate interests", gloss="A short list of good causes.")
NARROW = Term(term="legitimate interests", gloss="A cause that outweighs privacy.")
MASH = Term(term="MASH", gloss="A team of several agencies.")


def explained(draft: Draft, **answers: str) -> Explanation:
    pack = draft.resolved()
    advice = assess(pack, answers)
    assert isinstance(advice, Advice)
    return explain(pack, advice, answers)


def test_questions_that_made_no_difference_are_named() -> None:
    found = explained(Draft(), danger="no", risk="child")

    assert [question.id for question in found.unasked] == ["purpose", "consent"]
    assert found.doubt is None


def test_nothing_is_called_needless_while_advice_is_sought_or_danger_waits() -> None:
    assert explained(Draft(), danger="now").unasked == ()
    assert explained(Draft(), danger="no", risk=NOT_SURE).unasked == ()


def test_whoever_can_tell_is_named_with_their_number() -> None:
    draft = Draft()
    way = {"how": "Ask the head gardener.", "takes": "minutes", "ask": "lead"}
    draft.find("risk")["find_out"] = way

    found = explained(draft, danger="no", risk=NOT_SURE)

    assert found.ask
    assert found.ask.name == "The head gardener"


def test_where_nobody_need_be_asked_nobody_is_named() -> None:
    draft = Draft()
    draft.find("risk")["find_out"] = {"how": "Look again.", "takes": "minutes"}

    assert explained(draft, danger="no", risk=NOT_SURE).ask is None
    assert explained(Draft(), danger="no", risk=NOT_SURE).ask is None


def test_hard_words_of_an_advice_are_explained_in_their_order() -> None:
    draft = Draft()
    draft.standing["terms"] = [term.model_dump() for term in (BASIS, MASH)]
    draft.pack["terms"] = [{"term": "lawful basis", "gloss": "What the garden says it is."}]
    draft.find("tell").update(steps=["Call the MASH.", "Name your lawful basis."])

    found = explained(draft, danger="no", risk="child")

    assert [term.term for term in found.terms] == ["MASH", "lawful basis"]
    assert found.terms[1].gloss == "What the garden says it is."


def test_a_term_is_found_in_any_of_its_forms_and_whole_only() -> None:
    glossary = Glossary([BASIS, NARROW, WIDE, MASH])

    def found(*texts: str) -> list[str]:
        return [term.term for term in glossary.explains(texts)]

    assert found("Lawful bases differ.", "Your lawful basis.") == ["lawful basis"]
    assert found("Recognised legitimate interests fit.") == ["recognised legitimate interests"]
    assert found("Ask the MASH, or two MASHs. Again: MASH.") == ["MASH"]
    assert found("Mashed lawful basiswork.") == []
    assert Glossary(()).explains(["lawful basis"]) == ()


def test_a_question_s_screen_holds_its_options() -> None:
    question = Draft().resolved().nodes["consent"]

    texts = list(question_texts(question, question.options[:1]))  # type: ignore[union-attr,arg-type]

    assert texts == ["What about consent?", "", "Yes", ""]
