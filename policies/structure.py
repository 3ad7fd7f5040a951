"""Whether a pack's drawing holds together, before anyone walks it."""

from __future__ import annotations

from collections.abc import Iterator

from policies import limits, overtaken
from policies.assess import holds, offered
from policies.counting import too_many
from policies.filing import Fault, fault
from policies.model import EMERGENCY, NOT_SURE, Citation, Outcome, Pack, Question


def faults(pack: Pack) -> list[Fault]:
    """What is wrong with the drawing; each group is looked at only when those before are well."""
    return (
        [*_too_long(pack)]
        or [*_ambiguous_names(pack), *_broken_arrows(pack)]
        or [*_cycles(pack)]
        or [*_unreachable(pack)]
        or [*_conditions(pack)]
        or [*_too_many_paths(pack)]
        or [
            *_dead_ends(pack),
            *_citations(pack),
            *overtaken.faults(pack),
            *_outcomes(pack),
            *_screens(pack),
        ]
    )


def _too_long(pack: Pack) -> Iterator[Fault]:
    if (count := len(pack.questions)) > limits.QUESTIONS:
        problem = f"{count:,} questions, more than {limits.QUESTIONS} that anybody could answer."
        yield fault(pack, "questions", problem, "Ask fewer, or split the pack.")
    for question in pack.questions:
        if (count := len(question.options)) > limits.ARROWS:
            problem = f"{count:,} options with their conditions, more than {limits.ARROWS}."
            yield fault(pack, question.id, problem, "Ask two questions instead of one.")


def _too_many_paths(pack: Pack) -> Iterator[Fault]:
    """Counted before anything follows them, so that a monster is refused and never walked."""
    if told := too_many(pack):
        problem = f"{told} more than {limits.PATHS:,} that can be proved."
        yield fault(pack, "questions", problem, "Ask fewer questions in one row.")


def _ambiguous_names(pack: Pack) -> Iterator[Fault]:
    nodes = [*(question.id for question in pack.questions), *(end.id for end in pack.outcomes)]
    kinds = {"nodes": nodes, "notices": [notice.id for notice in pack.notices]}
    kinds |= {"rules": [rule.id for rule in pack.rules]}
    kinds |= {"pieces of matter": [matter.id for matter in pack.matter]}
    kinds |= {"overtaken things": [old.id for old in pack.stale]}
    for kind, ids in kinds.items():
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield fault(pack, name, f"Two {kind} have this id.", "Rename one of them.")


def _broken_arrows(pack: Pack) -> Iterator[Fault]:
    arrows = [(q.id, f"{q.id}={o.value}", o.then) for q in pack.questions for o in q.options]
    arrows += [(o.id, o.id, o.then) for o in pack.outcomes if o.then]
    arrows += [(f"notice {n.id}", n.id, n.then) for n in pack.notices if n.then]
    for node, arrow, then in arrows:
        if then not in pack.nodes:
            problem = f"The arrow of {arrow} leads to '{then}', which is not here."
            yield fault(pack, node, problem, "Point it at a question or an outcome.")
    for outcome in pack.outcomes:
        # Going on without a question between would change the advice but not the answers.
        if outcome.then and isinstance(pack.nodes.get(outcome.then), Outcome):
            problem = f"Goes on to '{outcome.then}', which is an outcome."
            yield fault(pack, outcome.id, problem, "Point it at a question.")


def _cycles(pack: Pack) -> Iterator[Fault]:
    done: set[str] = set()

    def visit(node_id: str, trail: tuple[str, ...]) -> Iterator[Fault]:
        if node_id in trail:
            ring = " > ".join((*trail[trail.index(node_id) :], node_id))
            yield fault(pack, node_id, f"The arrows run in a ring: {ring}.", "Cut one of them.")
        elif node_id not in done:
            for then in _arrows(pack.nodes[node_id]):
                yield from visit(then, (*trail, node_id))
            done.add(node_id)

    return visit(pack.start, ())


def _unreachable(pack: Pack) -> Iterator[Fault]:
    seen: set[str] = set()
    waiting = [pack.start]
    while waiting:
        node_id = waiting.pop()
        if node_id not in seen:
            seen.add(node_id)
            waiting += _arrows(pack.nodes[node_id])
    for node_id in pack.nodes:
        if node_id not in seen:
            yield fault(pack, node_id, "No arrow leads here.", "Lead one here or take it out.")


def _arrows(node: Question | Outcome) -> list[str]:
    if isinstance(node, Outcome):
        return [node.then] if node.then else []
    return [option.then for option in node.options]


def _conditions(pack: Pack) -> Iterator[Fault]:
    """Conditions must read answers that exist: known questions, known values."""
    conditions = [(q.id, o.when) for q in pack.questions for o in q.options]
    conditions += [(f"notice {n.id}", n.when) for n in pack.notices]
    conditions += [(f"invariant {i.id}", i.when) for i in pack.invariants]
    conditions += [(f"invariant {i.id}", dict.fromkeys(i.never_asks, ())) for i in pack.invariants]
    values = {q.id: {option.value for option in q.options} for q in pack.questions}
    for node, when in conditions:
        for question, wanted in when.items():
            if question not in values:
                problem = f"Reads '{question}', which this pack does not ask."
                yield fault(pack, node, problem, "Name a question that comes before.")
            elif unknown := set(wanted) - values[question]:
                problem = f"Reads '{question}' as '{min(unknown)}', which is no option of it."
                yield fault(pack, node, problem, f"Use: {', '.join(sorted(values[question]))}.")


def _dead_ends(pack: Pack) -> Iterator[Fault]:
    """At every question, in every state that its conditions can tell apart, one option a value."""
    seen: set[tuple[str | None, ...]] = set()

    def visit(node_id: str, facts: dict[str, str]) -> Iterator[Fault]:
        node = pack.nodes[node_id]
        asked = tuple(sorted(facts))
        key = (node_id, str(asked), *(facts.get(question) for question in pack.reads[node_id]))
        if key in seen:
            return
        seen.add(key)
        if isinstance(node, Outcome):
            yield from visit(node.then, facts) if node.then else ()
            return
        yield from _options(pack, node, facts)
        for option in offered(node, facts):
            yield from visit(option.then, {**facts, node.id: option.value})

    return visit(pack.start, {})


def _options(pack: Pack, question: Question, facts: dict[str, str]) -> Iterator[Fault]:
    told = ", ".join(f"{name}={answer}" for name, answer in facts.items()) or "the start"
    for option in question.options:
        if holds({read: option.when[read] for read in option.when if read in facts}, facts):
            for read in sorted(option.when.keys() - facts.keys()):
                problem = f"Reads '{read}', which may not have been answered. On: {told}."
                yield fault(pack, question.id, problem, "Read only what every path has asked.")
    values = [option.value for option in offered(question, facts)]
    if not set(values) - {NOT_SURE}:
        yield fault(pack, question.id, f"No option applies. On: {told}.", "Add one that does.")
    if len(values) > len(set(values)):
        twice = next(value for value in values if values.count(value) > 1)
        problem = f"Two options '{twice}' apply at once. On: {told}."
        yield fault(pack, question.id, problem, "Set their conditions apart.")
    if NOT_SURE not in values:
        yield fault(pack, question.id, f"not_sure is not offered. On: {told}.", "Always offer it.")
    if len(values) > limits.OPTIONS:
        problem = f"{len(values)} options, more than {limits.OPTIONS}."
        yield fault(pack, question.id, problem, "Offer fewer.")


def _citations(pack: Pack) -> Iterator[Fault]:
    known = {source.id for source in pack.sources}
    cited: list[tuple[str, Citation]] = [(q.id, q.source) for q in pack.questions]
    cited += [(f"notice {n.id}", n.source) for n in pack.notices]
    cited += [(f"rule {r.id}", r.source) for r in pack.rules]
    cited += [(o.id, o.source) for o in pack.outcomes]
    cited += [(f"matter {m.id}", m.source) for m in pack.matter]
    for node, citation in cited:
        if citation.doc not in known:
            problem = f"Cites '{citation.doc}', which is not among the sources."
            yield fault(pack, node, problem, f"Add it, or use: {', '.join(sorted(known))}.")
    for node_id, rule in _named_rules(pack):
        if rule not in pack.rules_by_id:
            problem = f"Names the rule '{rule}', which is not here."
            yield fault(pack, node_id, problem, "Add it to the rules or take the name out.")


def _named_rules(pack: Pack) -> Iterator[tuple[str, str]]:
    for question in pack.questions:
        yield from ((question.id, rule) for rule in question.rules)
    for outcome in pack.outcomes:
        yield from ((outcome.id, rule) for rule in outcome.rules)


def _outcomes(pack: Pack) -> Iterator[Fault]:
    if EMERGENCY not in pack.contacts_by_role:
        problem = f"There is no contact '{EMERGENCY}', whom every screen shows."
        yield fault(pack, "contacts", problem, "Add it to the standing advice.")
    for question in pack.questions:
        if question.find_out and question.find_out.ask:
            yield from _role(pack, question.id, question.find_out.ask)
    for outcome in pack.outcomes:
        if not outcome.call:
            yield fault(pack, outcome.id, "Names no role to call.", "Fill in call.")
        for role in outcome.call:
            yield from _role(pack, outcome.id, role)
        if not outcome.record:
            yield fault(pack, outcome.id, "Does not say what to record.", "Fill in record.")


def _role(pack: Pack, node: str, role: str) -> Iterator[Fault]:
    if role not in pack.contacts_by_role:
        problem = f"Says to call '{role}', who is not among the contacts."
        have = ", ".join(sorted(pack.contacts_by_role))
        yield fault(pack, node, problem, f"Add it, or use: {have}.")


def _screens(pack: Pack) -> Iterator[Fault]:
    """What the model's own lengths cannot see: an advice as a whole must fit one message."""
    for outcome in pack.outcomes:
        extra = sum(1 for n in pack.notices if not n.verdicts or outcome.verdict in n.verdicts)
        blocks = len(outcome.steps) + len(outcome.call) + extra
        if blocks > limits.MODAL_BLOCKS // 2:
            problem = f"The advice may run to {blocks} paragraphs; a screen takes half of them."
            yield fault(pack, outcome.id, problem, "Say less, or split the outcome.")
