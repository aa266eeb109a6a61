"""Sample comments and supports: lively threads beside quiet ones, plainly labelled."""

import datetime as dt
from random import Random

from accounts.models import User
from accounts.roles import Role
from participation.models import Comment, Contribution, Publication, Support, Voice

SAYINGS = {
    "de": ["Das sehe ich auch so.", "Bei uns in der Straße ist es genauso.", "Wer soll das bezahlen?"],
    "fr": ["Tout à fait d’accord.", "Et les personnes âgées ?", "Bonne idée, surtout près de l’école."],
    "lb": ["Dat ass eng gutt Iddi.", "Dat gëllt och fir Uewerkuer.", "Do muss een oppassen."],
    "en": ["I agree.", "What about the evenings?", "That would help families."],
    "pt": ["Concordo plenamente.", "E as crianças?", "Seria bom também em Niederkorn."],
}
OFFICE = "Danke für den Hinweis. Wir prüfen ihn und antworten in der Rückmeldung."
NAMES = ["Anna", "Bruno", "Carla", "Dario", "Emma", "Filipe", ""]


class TalkMaker:
    """Makes about two comments and four supports for each published contribution; the same seed makes the same ones."""

    def __init__(self, rng: Random, now: dt.datetime, people: dict[Role, User]) -> None:
        self.rng, self.now, self.people = rng, now, people

    def make(self) -> int:
        """Everything in bulk, counters included; the number of comments."""
        rows = list(Contribution.objects.filter(is_sample=True).published().order_by("pk"))
        sizes = {row.pk: self._size() for row in rows}
        roots = Comment.objects.bulk_create(
            [self._comment(row) for row in rows for _one in range(sizes[row.pk])], batch_size=1000
        )
        by_key = {row.pk: row for row in rows}
        replied = [root for root in roots if root.is_published and self.rng.random() < 0.4]
        replies = Comment.objects.bulk_create(
            [self._comment(by_key[root.contribution_id], root) for root in replied], batch_size=1000
        )
        self._count(rows, [*roots, *replies])
        self._support(rows, [comment for comment in [*roots, *replies] if comment.is_published])
        return len(roots) + len(replies)

    def _size(self) -> int:
        """Most are talked about little, a few a lot."""
        return self.rng.choices([0, 1, 3, 30], [55, 25, 18, 2])[0]

    def _comment(self, about: Contribution, parent: Comment | None = None) -> Comment:
        rng = self.rng
        language = rng.choice(list(SAYINGS))
        office = parent is not None and rng.random() < 0.3
        after = parent.created_at if parent else about.published_at or about.created_at
        moment = after + (self.now - after) * rng.random()
        return Comment(
            contribution=about,
            parent=parent,
            text=f"Beispiel: {OFFICE if office else rng.choice(SAYINGS[language])}",
            language="de" if office else language,
            author=self.people[Role.PLANNER] if office else None,
            author_name="" if office else rng.choice(NAMES),
            voice=Voice.OFFICE if office else Voice.VISITOR,
            status=Publication.PUBLISHED if office or rng.random() < 0.95 else Publication.WAITING,
            created_at=moment,
            is_sample=True,
        )

    def _count(self, rows: list[Contribution], comments: list[Comment]) -> None:
        counts = dict.fromkeys((row.pk for row in rows), 0)
        for comment in comments:
            counts[comment.contribution_id] += comment.is_published
        for row in rows:
            row.comment_count = counts[row.pk]
        Contribution.objects.bulk_update(rows, ["comment_count"], batch_size=500)

    def _support(self, rows: list[Contribution], comments: list[Comment]) -> None:
        made: list[Support] = []
        targets: list[Contribution | Comment] = [*rows, *comments]
        for target in targets:
            name = "comment" if isinstance(target, Comment) else "contribution"
            target.support_count = min(int(self.rng.expovariate(0.25)), 60)
            made += [
                Support(**{name: target}, visitor=f"sample-{number}", at=self.now, is_sample=True)
                for number in range(target.support_count)
            ]
        Support.objects.bulk_create(made, batch_size=2000)
        Contribution.objects.bulk_update(rows, ["support_count"], batch_size=500)
        Comment.objects.bulk_update(comments, ["support_count"], batch_size=500)
