"""A chart as DOT: every word as text, boxes for answers, the danger lane, one check's path."""

from policies.dot import dot
from policies.drawing import chart
from policies.model import Verdict
from tests.policies.builders import Draft, option, outcome


def written(draft: Draft | None = None, **answers: str) -> str:
    return dot(chart((draft or Draft()).library().editions[0], answers))


def line(text: str, name: str) -> str:
    """The one line that begins with this."""
    [found] = [line.strip() for line in text.splitlines() if line.strip().startswith(name)]
    return found


def test_the_same_pack_is_written_the_same() -> None:
    assert written() == written()


def test_a_verdict_has_a_shape_and_a_word() -> None:
    text = written()

    assert r'label="MAY SHARE\nThis is tell", shape="ellipse"' in line(text, '"tell" [')
    assert r'label="ACT NOW\nThis is act", shape="octagon"' in line(text, '"act" [')
    assert r'label="DO NOT SHARE\nThis is refuse", shape="hexagon"' in line(text, '"refuse" [')
    assert r'label="ASK FOR ADVICE\nThis is pause", shape="note"' in line(text, '"pause" [')


def test_an_answer_is_a_box_between_a_question_and_where_it_leads() -> None:
    text = written()

    assert r'label="• Adult\l• No (if question 1 is no)\l"' in line(text, '"risk>purpose" [')
    assert line(text, '"risk" -> "risk>purpose"')
    assert line(text, '"risk>purpose" -> "purpose"')


def test_the_danger_question_stands_in_a_frame() -> None:
    text = written()

    frame = text[text.index("subgraph") : text.index("  }\n")]
    assert all(name in frame for name in ('"danger" [', '"act" [', '"danger>act" ['))
    assert '"risk" [' not in frame


def test_words_of_a_pack_stay_words() -> None:
    draft = Draft()
    draft.find("risk")["text"] = 'Is "this" \\N &lt;b&gt; ]; x?'

    assert r"Is \"this\" \\N &amp;lt;b&amp;gt;" in line(written(draft), '"risk" [')


def test_outcomes_beyond_a_row_stand_lower() -> None:
    draft = Draft()
    ends = [f"end_{number}" for number in range(5)]
    draft.find("consent")["options"] = [option(f"to_{end}", end) for end in ends]
    draft.pack["outcomes"] += [outcome(end, "share", "Consent is not needed.") for end in ends]

    text = written(draft)

    assert "minlen" not in line(text, '"consent>end_2" -> ')
    assert 'minlen="3"' in line(text, '"consent>end_3" -> ')


def test_one_box_goes_on_from_every_outcome_that_does() -> None:
    text = written()

    assert 'style="dashed"' in line(text, '"act" -> ">risk"')
    assert line(text, '">risk" -> "risk"')


def test_the_mark_of_a_doubt_is_explained_where_there_is_one() -> None:
    draft = Draft()
    for name in ("risk", "purpose", "consent", "danger"):
        draft.find(name)["options"].append(option("not_sure", "ask", when={"danger": ["no"]}))

    assert line(written(), '"?>ask" -> "ask"')
    assert "?>" not in written(draft)


def test_the_path_of_one_check_is_thick_and_ticked() -> None:
    text = written(danger="now", risk="child")

    assert 'penwidth="4"' in line(text, '"tell" [')
    assert 'penwidth="1"' in line(text, '"refuse" [')
    assert r'label="✔ Child\l"' in line(text, '"risk>tell" [')
    assert 'penwidth="4"' in line(text, '">risk" -> "risk"')


def test_every_verdict_has_a_shape() -> None:
    draft = Draft()
    draft.find("tell")["verdict"] = Verdict.MUST_SHARE.value

    assert 'peripheries="2"' in line(written(draft), '"tell" [')
