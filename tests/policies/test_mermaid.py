"""A chart as Mermaid: every word as text, one shape for each verdict, one check's path."""

from policies.drawing import chart
from policies.mermaid import mermaid
from tests.policies.builders import Draft, option


def written(draft: Draft | None = None, **answers: str) -> list[str]:
    text = mermaid(chart((draft or Draft()).library().editions[0], answers))
    return [line.strip() for line in text.splitlines()]


def test_a_verdict_has_a_shape_and_a_word() -> None:
    lines = written()

    assert 'n_tell(["MAY SHARE<br>This is tell"]):::share' in lines
    assert 'n_act{{"ACT NOW<br>This is act"}}:::act_now' in lines
    assert r'n_refuse[/"DO NOT SHARE<br>This is refuse"\]:::do_not_share' in lines
    assert 'n_pause>"ASK FOR ADVICE<br>This is pause"]:::seek_advice' in lines


def test_an_arrow_carries_the_labels_of_its_answers() -> None:
    lines = written()

    assert 'n_risk -->|"• Adult<br>• No (if question 1 is no)"| n_purpose' in lines
    assert 'n_act -.->|"Then, if you wish: what else may I share?"| n_risk' in lines
    assert any(line.startswith("doubt[") and line.endswith("--> n_ask") for line in lines)


def test_words_of_a_pack_stay_words() -> None:
    draft = Draft()
    draft.find("risk")["text"] = 'A "<b>`#|'

    assert 'n_risk["Question 2 #91;?#93;<br>A #34;#60;b#62;#96;#35;#124;"]' in written(draft)


def test_the_path_of_one_check_is_thick_and_ticked() -> None:
    lines = written(danger="now", risk="child")

    assert 'n_risk ==>|"#10004; Child"| n_tell' in lines
    assert 'n_act ==>|"Then, if you wish: what else may I share?"| n_risk' in lines
    assert "class n_danger,n_risk,n_tell,n_act taken" in lines


def test_no_mark_is_explained_where_there_is_none() -> None:
    draft = Draft()
    for name in ("risk", "purpose", "consent", "danger"):
        draft.find(name)["options"].append(option("not_sure", "ask", when={"danger": ["no"]}))

    assert not any(line.startswith("doubt[") for line in written(draft))
