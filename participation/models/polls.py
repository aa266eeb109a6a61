"""Polls: questions with their options, and secret ballots."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.models.access import works_on_dialogues
from participation.models.contributions import Publication
from participation.models.dialogues import Dialogue, Loop
from participation.models.phases import Act, Step
from step.models.access import Reader

HAS_VOTES = _("People have voted already, so the questions stay as they are. Make a new poll instead.")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    RANKING = "ranking", _("Ranking")
    SCALE = "scale", _("Scale")
    TEXT = "text", _("Own words")
    MATRIX = "matrix", _("Table: one choice per row")
    BUDGET = "budget", _("Distribute a sum")

    @property
    def has_options(self) -> bool:
        return self not in {QuestionKind.SCALE, QuestionKind.TEXT}

    @property
    def has_rows(self) -> bool:
        return self is QuestionKind.MATRIX


class Identification(models.TextChoices):
    """Who may vote; the stricter, the surer that each person votes once."""

    ANYONE = "anyone", _("Anyone: one vote per browser")
    EMAIL = "email", _("With a confirmed e-mail: one vote per address")
    ACCOUNT = "account", _("With an account: one vote per account")


class ResultsFrom(models.TextChoices):
    END = "end", _("After the end")
    ONCE = "once", _("At once, while people vote")


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, user: Reader) -> "PollQuerySet":
        """The only door to polls that are not public, or whose dialogue is not."""
        dialogues = Dialogue.objects.visible_to(user).order_by().values("pk")
        rows = self.filter(loop__dialogue__in=dialogues)
        return rows if works_on_dialogues(user) else rows.filter(is_public=True)

    def with_ballot_counts(self) -> "PollQuerySet":
        """Each with `ballot_count`: how many have voted."""
        return self.annotate(ballot_count=models.Count("ballots", distinct=True))

    def ended_on(self, day: dt.date) -> "PollQuerySet":
        """Polls whose step of participation is over."""
        return self.filter(Q(loop__feedback_from__lte=day) | Q(loop__closed_at__isnull=False))

    def for_lists(self) -> "PollQuerySet":
        return self.select_related("loop__dialogue")


class Poll(models.Model):
    """A poll within a loop, open while its loop lets people participate."""

    loop = models.ForeignKey(Loop, verbose_name=_("loop"), on_delete=models.PROTECT, related_name="polls")
    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"), blank=True)
    identification = models.CharField(
        _("who may vote"), max_length=8, choices=Identification.choices, default=Identification.ANYONE
    )
    may_change = models.BooleanField(
        _("votes may be changed"), default=True, help_text=_("Until the end; the last vote counts.")
    )
    results_from = models.CharField(
        _("results are shown"), max_length=4, choices=ResultsFrom.choices, default=ResultsFrom.END
    )
    is_public = models.BooleanField(_("public"), default=False)
    sealed_on = models.DateField(
        _("sealed"), null=True, editable=False, help_text=_("The voter keys are gone: no vote can be traced or added.")
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ["-loop__participate_from", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participation:poll", args=[self.pk])

    @property
    def identification_enum(self) -> Identification:
        return Identification(self.identification)

    @property
    def last_day(self) -> dt.date:
        """The last day on which votes are taken."""
        return self.loop.feedback_from - dt.timedelta(days=1)

    @property
    def has_votes(self) -> bool:
        return bool(self.pk) and self.ballots.exists()

    def in_order(self) -> list["PollQuestion"]:
        """Its questions with their options, in two queries."""
        return list(self.questions.prefetch_related("options"))

    def is_open(self, day: dt.date) -> bool:
        """Whether votes are taken on that day; the table of acts decides."""
        return self.is_public and not self.sealed_on and self.loop.allows(Act.VOTE, day)

    def is_over(self, day: dt.date) -> bool:
        """Whether no vote will come any more, as far as the dates say."""
        return bool(self.loop.closed_at) or self.loop.step_on(day) is Step.FEEDBACK or day > self.loop.ends_on


class PollQuestion(models.Model):
    """A question of a poll. It cannot change once somebody has voted."""

    poll = models.ForeignKey(Poll, verbose_name=_("poll"), on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    text = models.CharField(_("question"), max_length=240)
    help = models.TextField(_("explanation"), blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    min_choices = models.PositiveSmallIntegerField(_("at least"), default=0, help_text=_("For several choices."))
    max_choices = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, help_text=_("For several choices; empty: as many as there are.")
    )
    scale_steps = models.PositiveSmallIntegerField(
        _("steps of the scale"), default=5, validators=[MinValueValidator(2), MaxValueValidator(11)]
    )
    low_label = models.CharField(_("lowest step means"), max_length=60, blank=True)
    high_label = models.CharField(_("highest step means"), max_length=60, blank=True)
    budget_total = models.PositiveIntegerField(
        _("sum to distribute"), default=100, validators=[MinValueValidator(1), MaxValueValidator(1_000_000_000)]
    )
    budget_unit = models.CharField(_("unit of the sum"), max_length=20, blank=True, help_text=_("€, points …"))

    class Meta:
        verbose_name = _("question of the poll")
        verbose_name_plural = _("questions of the poll")
        ordering = ["poll", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_poll_question_choices",
                condition=Q(max_choices=None) | (Q(max_choices__gte=F("min_choices")) & Q(max_choices__gte=1)),
                violation_error_message=_("“At most” must not be less than “at least”."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once somebody has voted, whichever way it comes: votes would mean something else afterwards."""
        self._check_unvoted()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._check_unvoted()
        return super().delete(*args, **kwargs)

    def _check_unvoted(self) -> None:
        if Ballot.objects.filter(poll_id=self.poll_id).exists():
            raise ValidationError(HAS_VOTES, code="voted")

    @property
    def kind_enum(self) -> QuestionKind:
        return QuestionKind(self.kind)

    @property
    def choices(self) -> list["PollOption"]:
        """Its options in order; the columns of a table."""
        return [option for option in self.options.all() if not option.is_row]

    @property
    def rows(self) -> list["PollOption"]:
        """The rows of a table, in order."""
        return [option for option in self.options.all() if option.is_row]

    @property
    def steps(self) -> range:
        return range(1, self.scale_steps + 1)


class PollOption(models.Model):
    """Something that can be chosen, ranked or given money to; or a row of a table."""

    question = models.ForeignKey(
        PollQuestion, verbose_name=_("question"), on_delete=models.CASCADE, related_name="options"
    )
    is_row = models.BooleanField(_("row of a table"), default=False)
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("option"), max_length=160)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["question", "is_row", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "is_row", "position"], name="participation_poll_option_position"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Ballot(models.Model):
    """One vote. It knows no person, no time and no order: its key is random, and `voter_key` cannot be turned back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, verbose_name=_("poll"), on_delete=models.CASCADE, related_name="ballots")
    voter_key = models.CharField(_("voter key"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [models.UniqueConstraint(fields=["poll", "voter_key"], name="participation_one_ballot_per_voter")]

    def __str__(self) -> str:
        return str(self.pk)


class PollAnswer(models.Model):
    """One mark on a ballot: an option, a step of a scale, a rank, an amount, or own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, verbose_name=_("ballot"), on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        PollQuestion, verbose_name=_("question"), on_delete=models.CASCADE, related_name="answers"
    )
    row = models.ForeignKey(
        PollOption, verbose_name=_("row"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    option = models.ForeignKey(
        PollOption, verbose_name=_("option"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    value = models.PositiveIntegerField(_("value"), null=True, help_text=_("Step, rank or amount."))
    text = models.TextField(_("own words"), max_length=2000, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Publication.choices, default=Publication.WAITING, editable=False
    )

    class Meta:
        verbose_name = _("answer in a poll")
        verbose_name_plural = _("answers in polls")
        indexes = [models.Index(fields=["question", "status"], name="participation_poll_texts")]

    def __str__(self) -> str:
        return self.text[:60] or str(self.pk)
